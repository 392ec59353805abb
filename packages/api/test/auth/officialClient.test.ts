import { assert } from "@effect/vitest"
import { createAuthClient } from "better-auth/client"
import { jwtClient } from "better-auth/client/plugins"
import { Effect } from "effect"
import { sectionOf } from "../support/readme.ts"
import { origin } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { TestService } from "../support/TestService.ts"

/** The rows of the README's table of what works. */
const rows = sectionOf("## From a browser")
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split("|").slice(1, 3).map((cell) => cell.trim()) as [calls: string, what: string])

/** The calls that a row names: those of the client, or its `$fetch` where the client's own is not enough. */
const callsOf = ([calls, what]: [calls: string, what: string]) => {
  const fetched = /\$fetch\("([^"]+)"/.exec(what)?.[1]
  return fetched === undefined ? [...calls.matchAll(/`([\w.]+)`/g)].map(([, name]) => name!) : [fetched]
}

suite("what the README says of Better Auth's client", (it) => {
  it.effect("is so: each call finds an operation, and those that are 404 do not", () =>
    Effect.gen(function*() {
      const { url } = yield* TestService
      const statuses: Array<number> = []
      const client = createAuthClient({
        baseURL: url,
        plugins: [jwtClient()],
        fetchOptions: {
          headers: origin,
          customFetchImpl: async (input, init) => {
            const response = await fetch(input, init)
            statuses.push(response.status)
            return response
          }
        }
      })
      const call = (name: string): Promise<unknown> => {
        if (name.startsWith("/")) return client.$fetch(name, { method: "POST", body: {} })
        // The hook of a framework asks for the session.
        const path = (name === "useSession" ? "getSession" : name).split(".")
        const found = path.reduce(
          (part, key) => part[key] as Record<string, unknown>,
          client as unknown as Record<string, unknown>
        )
        return (found as unknown as (options: object) => Promise<unknown>)({})
      }
      assert.lengthOf(rows, 6)
      for (const row of rows) {
        for (const name of callsOf(row)) {
          statuses.length = 0
          yield* Effect.promise(() => call(name))
          assert.lengthOf(statuses, 1, name)
          assert.strictEqual(statuses[0] === 404, row[1].startsWith("404"), `${name} is ${statuses[0]}`)
        }
      }
    }))
})
