import { assert } from "@effect/vitest"
import type { Answer } from "../support/requests.ts"

/** A key as clients make them. */
export const newKey = () => ({ "idempotency-key": crypto.randomUUID() })

const own = ["date", "x-request-id", "idempotency-replayed"]

/** An answer, byte for byte, without what is of this very request. */
const content = ({ headers, status, text }: Answer) => ({
  status,
  headers: [...headers].filter(([name]) => !own.includes(name)),
  text: text.replaceAll(headers.get("x-request-id")!, "<request id>")
})

/** Whether it says that it was stored. */
export const isReplay = ({ headers }: Answer) => headers.get("idempotency-replayed") === "true"

/** Asserts that `again` is the stored answer that was `first`. */
export const assertReplay = (first: Answer, again: Answer) => {
  assert.isFalse(first.headers.has("idempotency-replayed"))
  assert.isTrue(isReplay(again), again.text)
  assert.deepStrictEqual(content(again), content(first))
}
