import { Schema } from "effect"
import { pageLimit } from "../http/IntegerParameter.ts"
import { View } from "./View.ts"

/** Where a page of views ended: opaque, good for the same user only. */
export const ViewCursor = Schema.String.check(Schema.isMaxLength(2000)).pipe(Schema.brand("ViewCursor")).annotate({
  description: "`nextCursor` of the page before, unchanged.",
  examples: ["eyJhZnRlciI6N30" as never]
})
export type ViewCursor = typeof ViewCursor.Type

/** How many views to list (1 to 200, 50 when absent), and from where on. */
export const ViewQuery = Schema.Struct({
  limit: Schema.optionalKey(
    pageLimit("How many views at the most. A page ends at 1 MiB of JSON, too: it may have fewer.")
  ),
  cursor: Schema.optionalKey(ViewCursor)
})
export interface ViewQuery extends Schema.Schema.Type<typeof ViewQuery> {}

/** Some of the user's views, in their order. */
export const ViewPage = Schema.Struct({
  items: Schema.Array(View).annotate({ description: "By `position`." }),
  nextCursor: Schema.NullOr(ViewCursor).annotate({
    description: "Pass it as `cursor` for more; null when there is none."
  })
}).annotate({ identifier: "ViewPage", description: "Some of the user's views." })
export interface ViewPage extends Schema.Schema.Type<typeof ViewPage> {}
