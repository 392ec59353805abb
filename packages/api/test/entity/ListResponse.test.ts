import { assert, it } from "@effect/vitest"
import { maxPageBytes } from "@todo/domain/http/Page"
import { Effect } from "effect"
import { HttpServerResponse } from "effect/http"
import * as fc from "fast-check"
import { listResponse } from "../../src/entity/ListResponse.ts"

const bodyOf = (response: HttpServerResponse.HttpServerResponse) =>
  Effect.promise(() => HttpServerResponse.toWeb(response).text())

const cursor = "x".repeat(500)

/** The page of things that are these texts, of which so many may be on it. */
const page = (texts: ReadonlyArray<string>, limit: number) =>
  bodyOf(listResponse({
    found: texts.map((text, index) => ({ id: String(index), version: 1, text })),
    limit,
    json: (row) => JSON.stringify({ text: row["text"] }),
    cursorAfter: () => cursor
  }, undefined))

it("a page is JSON of all that it has, and says whether there is more", () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: "binary" }), { maxLength: 20 }), fc.nat(20), (texts, limit) =>
      Effect.runPromise(Effect.map(page(texts, limit + 1), (text) => {
        assert.deepStrictEqual(JSON.parse(text), {
          items: texts.slice(0, limit + 1).map((text) => ({ text })),
          nextCursor: texts.length > limit + 1 ? cursor : null
        })
      })))
  ))

it.effect("a page has as many things as fit in 1 MiB, and says that there are more", () =>
  Effect.gen(function*() {
    for (const length of [0, 800, 1000, 5000, 20_000]) {
      for (const character of ["a", "é", "€", "\"", "\u0001", "\u{1F642}"]) {
        const texts = Array.from({ length: 200 }, () => character.repeat(length))
        const text = yield* page(texts, 200)
        const { items, nextCursor } = JSON.parse(text) as {
          items: ReadonlyArray<{ text: string }>
          nextCursor: unknown
        }
        assert.deepStrictEqual(items.map((item) => item.text), texts.slice(0, items.length))
        assert.strictEqual(nextCursor, items.length < 200 ? cursor : null)
        assert.isAtMost(Buffer.byteLength(text), maxPageBytes)
        if (items.length < 200) {
          // Another would not have fitted, but for the room kept for the cursor.
          assert.isAbove(Buffer.byteLength(text) + Buffer.byteLength(JSON.stringify(items[0])), maxPageBytes - 5000)
        }
      }
    }
  }))
