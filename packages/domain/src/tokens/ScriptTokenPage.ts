import { Schema } from "effect"
import { pageLimit } from "../http/IntegerParameter.ts"
import { ScriptToken } from "./ScriptToken.ts"

/** Where a page of tokens ended: opaque, good for the same user only. */
export const ScriptTokenCursor = Schema.String.check(Schema.isMaxLength(500)).pipe(Schema.brand("ScriptTokenCursor"))
  .annotate({
    description: "`nextCursor` of the page before, unchanged.",
    examples: ["eyJhZnRlciI6N30" as never]
  })
export type ScriptTokenCursor = typeof ScriptTokenCursor.Type

/** How many tokens to list (1 to 200, 50 when absent), and from where on. */
export const ScriptTokenQuery = Schema.Struct({
  limit: Schema.optionalKey(pageLimit("How many tokens at the most.")),
  cursor: Schema.optionalKey(ScriptTokenCursor)
})
export interface ScriptTokenQuery extends Schema.Schema.Type<typeof ScriptTokenQuery> {}

/** Some of the user's tokens, newest first. */
export const ScriptTokenPage = Schema.Struct({
  items: Schema.Array(ScriptToken).annotate({ description: "Newest first." }),
  nextCursor: Schema.NullOr(ScriptTokenCursor).annotate({
    description: "Pass it as `cursor` for more; null when there is none."
  })
}).annotate({ identifier: "ScriptTokenList", description: "Some of the user's tokens." })
export interface ScriptTokenPage extends Schema.Schema.Type<typeof ScriptTokenPage> {}
