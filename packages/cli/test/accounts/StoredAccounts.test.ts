import { describe, expect, it } from "@effect/vitest"
import { array, assert, boolean, constantFrom, property, record } from "fast-check"
import { accountsIn, changed, type Entries, type Entry, entryOf, inUse } from "../../src/accounts/StoredAccounts.ts"

const services = ["http://a", "http://a/base", "https://a"]
const emails = ["ada@b.c", "Ada@b.c", "bob@b.c", "bob@b.c#d", "http://a"]

const entryFor = (email: string, sessionToken: string): Entry => ({
  sessionToken,
  user: { name: "Ada", email },
  jwt: null,
  jwtExpiresAt: null
})

/** What somebody does, at which service, as whom; undefined as who is in use. */
const step = record({
  what: constantFrom("add", "use", "renew", "rename", "remove"),
  apiUrl: constantFrom(...services),
  email: constantFrom(...emails),
  isNamed: boolean(),
  to: constantFrom("cy@b.c", "dee@b.c")
})

/** What there has to be: tokens by service and address, and who is in use where. */
class Model {
  readonly tokens = new Map<string, string>()
  readonly current = new Map<string, string>()
  keyOf = (apiUrl: string, email: string) => `${apiUrl} ${email.toLowerCase()}`
  emailsAt = (apiUrl: string) =>
    [...this.tokens.keys()].filter((key) => key.startsWith(`${apiUrl} `)).map((key) => key.slice(apiUrl.length + 1))
  /** Whom a command is for. */
  whose = (apiUrl: string, email: string | undefined): string | undefined => {
    const all = this.emailsAt(apiUrl)
    if (email !== undefined) return all.find((one) => one === email.toLowerCase())
    return this.current.get(apiUrl) ?? (all.length === 1 ? all[0] : undefined)
  }
}

describe("stored accounts", () => {
  it("are what was done to each of them, whatever is done to the others", () => {
    assert(property(array(step, { maxLength: 25 }), (steps) => {
      let entries: Entries = {}
      const model = new Model()
      let count = 0
      for (const { apiUrl, email, isNamed, to, what } of steps) {
        const token = String(count++)
        const named = isNamed ? email : undefined
        const entry = entryOf(entries, apiUrl, named)
        const whose = model.whose(apiUrl, named)
        expect(entry?.sessionToken).toBe(whose === undefined ? undefined : model.tokens.get(model.keyOf(apiUrl, whose)))
        if (what === "add") {
          entries = inUse(entries, apiUrl, entryFor(email, token))
          model.tokens.set(model.keyOf(apiUrl, email), token)
          model.current.set(apiUrl, email.toLowerCase())
        } else if (entry !== undefined && whose !== undefined) {
          const key = model.keyOf(apiUrl, whose)
          if (what === "use") {
            entries = inUse(entries, apiUrl, entry)
            model.current.set(apiUrl, whose)
          } else if (what === "renew") {
            entries = changed(entries, { apiUrl, email: named }, { ...entry, sessionToken: token })
            model.tokens.set(key, token)
          } else if (what === "remove") {
            entries = changed(entries, { apiUrl, email: named }, undefined)
            model.tokens.delete(key)
            if (model.current.get(apiUrl) === whose) model.current.delete(apiUrl)
          } else if (model.whose(apiUrl, to) === undefined) {
            entries = changed(entries, { apiUrl, email: named }, { ...entry, user: { ...entry.user, email: to } })
            model.tokens.delete(key)
            model.tokens.set(model.keyOf(apiUrl, to), entry.sessionToken)
            if (model.current.get(apiUrl) === whose) model.current.set(apiUrl, to)
          }
        }
        const all = accountsIn(entries)
        expect(new Map(all.map((one) => [model.keyOf(one.apiUrl, one.email), one.entry.sessionToken])))
          .toEqual(model.tokens)
        for (const url of services) {
          expect(all.find((one) => one.apiUrl === url && one.isInUse)?.email.toLowerCase())
            .toBe(model.whose(url, undefined))
        }
      }
    }))
  })

  it("have the one in use where the releases before look for it", () => {
    const ada = inUse({}, "http://a", entryFor("ada@b.c", "1"))
    expect(ada).toEqual({ "http://a": entryFor("ada@b.c", "1") })
    expect(inUse(ada, "http://a", entryFor("bob@b.c", "2"))).toEqual({
      "http://a": entryFor("bob@b.c", "2"),
      "http://a#ada@b.c": entryFor("ada@b.c", "1")
    })
  })
})
