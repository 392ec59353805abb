import { Schema } from "effect"
import { batchIndex } from "../http/BatchIndex.ts"
import { Changed, NotFound } from "../http/NounProblems.ts"
import { ProblemClass } from "../http/ProblemClass.ts"
import { View } from "./View.ts"

export class ViewNotFound extends NotFound<ViewNotFound>()("view", "view", batchIndex) {}

export class ViewChanged extends Changed<ViewChanged>()("view", View) {}

/** The filter of a view names what there is not any more (409). */
export class ViewBroken extends ProblemClass<ViewBroken>()(
  "view_broken",
  "The filter of the view names what there is not any more, or cannot be read: `word` says what of it.",
  {
    word: Schema.String.annotate({ description: "What of its filter it is.", examples: ["in:Work"] })
  }
) {}
