import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { send } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const paths = ["/docs", "/openapi.json"]
const codings = ["br", "gzip", "identity"]

suite("the documentation", (it) => {
  it.effect("is the same in every coding, each with an entity tag of its own, and smaller", () =>
    Effect.gen(function*() {
      for (const path of paths) {
        const answers = yield* Effect.forEach(
          codings,
          (coding) => send(path, { headers: { "accept-encoding": coding } })
        )
        const tags = new Set(answers.map(({ headers }) => headers.get("etag")))
        assert.strictEqual(tags.size, 3)
        for (const tag of tags) assert.match(tag!, /^"[\w-]{22}"$/)
        assert.deepStrictEqual(answers.map(({ headers }) => headers.get("content-encoding")), ["br", "gzip", null])
        assert.strictEqual(new Set(answers.map(({ text }) => text)).size, 1)
        const [br, gzip, identity] = answers.map(({ headers }) => Number(headers.get("content-length")))
        assert.isBelow(br!, gzip!)
        assert.isBelow(gzip!, identity! / 3)
        assert.strictEqual(new Set(answers.map(({ headers }) => headers.get("content-security-policy"))).size, 1)
        for (const { headers } of answers) assert.strictEqual(headers.get("vary"), "Accept-Encoding, Accept, Origin")
      }
    }))

  it.effect("is not sent again to who has it", () =>
    Effect.gen(function*() {
      for (const path of paths) {
        for (const coding of codings) {
          const ask = (tag: string, method = "GET") =>
            send(path, { method, headers: { "accept-encoding": coding, "if-none-match": tag } })
          const first = yield* ask("\"another\"")
          assert.strictEqual(first.status, 200)
          assert.strictEqual(first.headers.get("cache-control"), "public, max-age=60, must-revalidate")
          const tag = first.headers.get("etag")!
          for (const known of [tag, `W/${tag}`, `"other", ${tag}`, "*"]) {
            const again = yield* ask(known)
            assert.deepStrictEqual([again.status, again.text], [304, ""])
            assert.strictEqual(again.headers.get("etag"), tag)
          }
          const head = yield* ask("\"another\"", "HEAD")
          assert.strictEqual(head.headers.get("content-length"), first.headers.get("content-length"))
        }
      }
    }))
})
