import { Schema } from "effect"
import { HttpApiSchema } from "effect/http-api"
import { timeZoneHeader } from "../dates/AskingZone.ts"

/** The `ETag` of a list (RFC 9110, 8.8.3): of its text, a weak validator. */
const ListTag = Schema.String.check(
  // The slash as its number, as in Preconditions.ts.
  Schema.isPattern(/^W\x2F"[0-9a-z.]+"$/u, { expected: "a weak entity tag" })
).annotate({ description: "A weak entity tag of what the list is now.", examples: ["W/\"1x2y3z.a4\""] })

/** The options of an endpoint that lists, beside its query: a reader who has the list as it is now is told so. */
export const tagged = <Page extends Schema.Top>(page: Page) => ({
  headers: {
    // What is no list names nothing, and the whole answer is never wrong.
    "if-none-match": Schema.optionalKey(Schema.String.annotate({
      description: "Answer 304 if the list's `ETag` is among these (RFC 9110, 13.1.2)."
    }))
  },
  success: [
    HttpApiSchema.WithHeaders(page, { etag: ListTag }),
    HttpApiSchema.Empty(304).annotate({ description: "The list is still as `If-None-Match` says." })
  ] as const
})

/** The same of a list that depends on where whoever asks is. */
export const taggedInZone = <Page extends Schema.Top>(page: Page) => {
  const { headers, success } = tagged(page)
  return { headers: { ...headers, ...timeZoneHeader }, success }
}
