import { Schema } from "effect"
import { pageLimit } from "../http/IntegerParameter.ts"
import { Tag } from "./Tag.ts"

/** Where a page of tags ended: opaque, good for the same user only. */
export const TagCursor = Schema.String.check(Schema.isMaxLength(2000)).pipe(Schema.brand("TagCursor")).annotate({
  description: "`nextCursor` of the page before, unchanged.",
  examples: ["eyJhZnRlciI6N30" as never]
})
export type TagCursor = typeof TagCursor.Type

/** How many tags to list (1 to 200, 50 when absent), and from where on. */
export const TagQuery = Schema.Struct({
  limit: Schema.optionalKey(pageLimit("How many tags at the most.")),
  cursor: Schema.optionalKey(TagCursor)
})
export interface TagQuery extends Schema.Schema.Type<typeof TagQuery> {}

/** Some of the user's tags, by name. */
export const TagPage = Schema.Struct({
  items: Schema.Array(Tag).annotate({ description: "By name, without regard to case." }),
  nextCursor: Schema.NullOr(TagCursor).annotate({
    description: "Pass it as `cursor` for more; null when there is none."
  })
}).annotate({ identifier: "TagPage", description: "Some of the user's tags." })
export interface TagPage extends Schema.Schema.Type<typeof TagPage> {}
