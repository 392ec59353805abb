import { batchIndex } from "../http/BatchIndex.ts"
import { Changed } from "../http/NounProblems.ts"
import { ProblemClass } from "../http/ProblemClass.ts"
import { ChangedTag } from "./Tag.ts"

/** The user has no tag of that name (404). */
export class TagNotFound extends ProblemClass<TagNotFound>()(
  "tag_not_found",
  "The user has no tag of this name.",
  batchIndex
) {}

export class TagChanged extends Changed<TagChanged>()("tag", ChangedTag) {}
