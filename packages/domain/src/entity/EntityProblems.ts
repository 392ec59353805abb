import { batchIndex } from "../http/BatchIndex.ts"
import { ProblemClass } from "../http/ProblemClass.ts"

/** Something of the user's has the id that was chosen, or had it, and is not what is to be made (409). */
export class IdTaken extends ProblemClass<IdTaken>()(
  "id_taken",
  "Something of the user's has, or had, the id that the request chose, and it is not what the request makes.",
  batchIndex
) {}

/** The answer to an `Idempotency-Key` that came before is about what has been deleted for good since (410). */
export class Gone extends ProblemClass<Gone>()(
  "gone",
  "The request was answered before, and what the answer was about has been deleted for good since."
) {}
