import { ChangeCursor } from "@todo/domain/changes/Change"
import { Effect, Schema } from "effect"
import { HttpClientError } from "effect/http"
import { ApiClient } from "../client/ApiClient.ts"
import { asFailure } from "../client/HttpFailure.ts"

/** A page of whatever nouns: those that this release does not know are passed on, too. */
const Page = Schema.Struct({
  items: Schema.Array(Schema.Record(Schema.String, Schema.Unknown)),
  cursor: Schema.String,
  more: Schema.Boolean
})

const decode = Schema.decodeUnknownEffect(Page)

/** The most that the service gives in one answer. */
const largest = 200

const ask = Effect.fnUntraced(function*(query: { readonly limit: number; readonly cursor?: ChangeCursor }) {
  const { changes } = yield* ApiClient
  const response = yield* changes.list({ query, responseMode: "response-only" })
  if (response.status === 200) return yield* decode(yield* response.json)
  return yield* new HttpClientError.HttpClientError({
    reason: new HttpClientError.StatusCodeError({ request: response.request, response })
  })
}, asFailure)

/** What has happened next, one change so that its cursor is known. */
export const nextChange = (cursor: string) => ask({ limit: 1, cursor: ChangeCursor.make(cursor) })

/** The cursor of now, behind all that there is. */
export const cursorOfNow = Effect.fn("cursorOfNow")(function*() {
  let page = yield* ask({ limit: largest })
  while (page.more) page = yield* ask({ limit: largest, cursor: ChangeCursor.make(page.cursor) })
  return page.cursor
})
