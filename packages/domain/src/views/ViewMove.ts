import { Schema } from "effect"
import { moves } from "../entity/Moves.ts"
import { ViewId, ViewPosition } from "./View.ts"

const one = "0198c0de-7a5c-7000-8000-0000000000d1" as ViewId
const another = "0198c0de-7a5c-7000-8000-0000000000d2" as ViewId

/** The id of a view beside which others are to stand. */
const viewRef = (description: string) =>
  Schema.String.check(Schema.isUUID()).pipe(Schema.brand("ViewId")).annotate({ description, examples: [another] })

const { after, at, before, ids } = moves(ViewId, viewRef, { one: "view", several: "views", example: one })

/** Which views move, and where to. */
export const ViewMove = Schema.Union([
  Schema.Struct({ ids, before }),
  Schema.Struct({ ids, after }),
  Schema.Struct({ ids, at: Schema.optionalKey(at) })
]).annotate({
  identifier: "ViewMove",
  message: "Expected ids, and before, after or at",
  description: "Which views move, and where to: beside another, or to an end.",
  examples: [{ ids: [one], at: "first" }, { ids: [one], before: another }, { ids: [one], after: another }]
})
export type ViewMove = typeof ViewMove.Type

const MovedView = Schema.Struct({
  id: ViewId,
  position: ViewPosition,
  version: Schema.Int.annotate({ description: "At which the move has left it.", examples: [2] })
}).annotate({ identifier: "MovedView", description: "Where a view stands." })

/** Where views stand that were to move. */
export const MovedViews = Schema.Struct({
  items: Schema.Array(MovedView).annotate({ description: "The views, in the order of `ids`." })
}).annotate({ identifier: "MovedViews", description: "Where the views stand now." })
