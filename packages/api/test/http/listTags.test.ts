import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { belongings, call } from "../isolation/Calls.ts"
import { absent } from "../isolation/IdPlaces.ts"
import { operations } from "../isolation/Operations.ts"
import { newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const reads = operations.filter(({ method, parameters, path }) =>
  method === "GET" && parameters.length === 0 && path.startsWith("/api/v1/")
)

suite("the ETag of a list", (it) => {
  const noLists = ["settings.get", "tasks.count", "transfer.export"]
  for (const operation of reads.filter(({ group, name }) => group in belongings && !noLists.includes(name))) {
    it.effect(`${operation.name} answers 304 until something changes`, () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        yield* belongings[operation.group]!(pat)
        const ask = (headers: Record<string, string>) => call(operation, pat, pat.jwt, absent, headers)
        const first = yield* ask({})
        assert.isArray(first.body.items)
        const etag = first.headers.get("etag")!
        assert.match(etag, /^W\/"[0-9a-z.]+"$/)
        assert.strictEqual((yield* ask({})).headers.get("etag"), etag)
        for (const named of [etag, etag.slice(2), `"x", ${etag}`, "*"]) {
          const same = yield* ask({ "if-none-match": named })
          assert.strictEqual(same.status, 304, named)
          assert.strictEqual(same.text, "")
          assert.strictEqual(same.headers.get("etag"), etag)
          assert.include(same.headers.get("vary")!, "Authorization")
        }
        yield* belongings[operation.group]!(pat)
        const changed = yield* ask({ "if-none-match": etag })
        assert.strictEqual(changed.status, 200)
        assert.notStrictEqual(changed.headers.get("etag"), etag)
        assert.isAbove(changed.body.items.length, first.body.items.length)
      }))
  }

  it.effect("changes with the text of a thing, and with what the list is of", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("Buy milk")
      const tagOf = (query = "") => Effect.map(pat.get(`/api/v1/tasks${query}`), ({ headers }) => headers.get("etag")!)
      const tags = [yield* tagOf(), yield* tagOf("?completed=true")]
      for (const patch of [{ title: "Buy silk" }, { title: "Buy milk" }, { completed: true }, { completed: false }]) {
        yield* pat.json("PATCH", `/api/v1/tasks/${task.id}`, patch)
        tags.push(yield* tagOf())
      }
      assert.strictEqual(new Set(tags).size, tags.length)
    }))
})
