import { assert, describe, it as plain } from "@effect/vitest"
import { problemKinds } from "@todo/domain/http/ProblemKinds"
import {
  authProblems,
  deviceProblems,
  ownProblems,
  type ProblemEntry,
  problemReference
} from "@todo/domain/http/ProblemReference"
import { Effect } from "effect"
import { readFileSync } from "node:fs"
import { operations } from "../isolation/Operations.ts"
import { assertProblem, newPerson, send } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { publicUrl } from "../support/TestService.ts"

const browser = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8" }
const entries = [...problemReference.values()]

/** The rows of the tables of docs/http.md, without links. */
const documented = readFileSync(new URL("../../../../docs/http.md", import.meta.url), "utf8")
  .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) => line.slice(1, -1).split("|").map((cell) => cell.trim()))

const row = ({ code, remedy, statuses, when }: ProblemEntry) => [statuses.join(", "), `\`${code}\``, when, remedy]

describe("docs/http.md", () => {
  plain("has a row for each problem, and none for another", () => {
    const withStatus = documented.filter(([status, code]) => /^\d{3}/.test(status!) && /^`\w+`$/.test(code!))
    assert.deepStrictEqual(withStatus, [...ownProblems, ...authProblems].map(row))
    for (const { code, remedy, when } of deviceProblems) {
      assert.deepInclude(documented, [`\`${code}\``, when, remedy])
    }
  })
})

describe("the contract", () => {
  plain("has no code without a page", () => {
    const text = readFileSync(new URL("../../../../docs/openapi.json", import.meta.url), "utf8")
    const { components } = JSON.parse(text) as {
      readonly components: {
        readonly schemas: Record<string, { readonly properties?: Record<string, Record<string, unknown>> }>
      }
    }
    const codes = Object.values(components.schemas).flatMap(({ properties }) =>
      properties?.["requestId"] === undefined
        ? []
        : [properties["code"]?.["const"], ...(properties["code"]?.["enum"] as ReadonlyArray<unknown> | undefined ?? [])]
    ).filter((code) => code !== undefined)
    assert.isAtLeast(codes.length, 15)
    assert.deepStrictEqual(codes.filter((code) => !Object.hasOwn(problemKinds, code as string)), [])
  })
})

suite("the pages of problems", (it) => {
  it.effect("are what the type of every problem leads to", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const answers = [
        yield* send("/api/v1/tasks"),
        yield* pat.get("/api/v1/tasks?limit=0"),
        yield* pat.get("/api/v1/tasks/01980000-0000-7000-8000-000000000000"),
        yield* send("/api/auth/token"),
        yield* send("/nothing"),
        yield* send("/api/v1/tasks", { method: "PUT" })
      ]
      for (const { body } of answers) {
        assert.strictEqual(body.type, `${publicUrl}/problems/${body.code}`)
        const told = yield* send(new URL(body.type).pathname)
        assert.include(told.body, { type: body.type, code: body.code, title: body.title })
        assert.include(told.body.statuses, body.status)
      }
    }))

  it.effect("are there for each code, for people, for programs, and as plain text", () =>
    Effect.gen(function*() {
      for (const { code, remedy, statuses, title, when } of entries) {
        const told = yield* send(`/problems/${code}`)
        assert.deepStrictEqual(told.body, {
          type: `${publicUrl}/problems/${code}`,
          code,
          statuses,
          title,
          when,
          remedy
        })
        const shown = yield* send(`/problems/${code}`, { headers: browser })
        assert.strictEqual(shown.headers.get("content-type"), "text/html; charset=utf-8")
        assert.include(shown.text, `<h1>${title}</h1>`)
        assert.include(shown.text, `>${code}</code>`)
        const plain = yield* send(`/problems/${code}`, { headers: { accept: "text/plain" } })
        assert.match(plain.headers.get("content-type")!, /^text\/plain/)
        assert.include(plain.text, remedy)
        for (const { headers, status } of [told, shown, plain]) {
          assert.strictEqual(status, 200)
          assert.strictEqual(headers.get("vary"), "Accept, Origin")
          assert.match(headers.get("cache-control")!, /^public/)
        }
      }
    }))

  it.effect("are listed, and there are no others", () =>
    Effect.gen(function*() {
      const listed = yield* send("/problems")
      assert.deepStrictEqual(listed.body.items.map(({ code }: { code: string }) => code), [...problemReference.keys()])
      const shown = yield* send("/problems", { headers: browser })
      for (const { code } of entries) assert.include(shown.text, `href="/problems/${code}"`)
      for (const path of ["/problems/nothing", "/problems/constructor", "/problems/Task_not_found"]) {
        assertProblem(yield* send(path), 404, "not_found")
        assert.match((yield* send(path, { headers: browser })).headers.get("content-type")!, /^text\/html/)
      }
      assertProblem(yield* send("/problems", { method: "POST" }), 405, "method_not_allowed")
    }))

  it.effect("know every status that the contract's own errors have", () =>
    Effect.sync(() => {
      const statuses = new Set(operations.flatMap(({ errors }) => [...errors.keys()]))
      const known = new Set(entries.flatMap((entry) => entry.statuses))
      assert.deepStrictEqual([...statuses].filter((status) => !known.has(status)), [])
    }))
})
