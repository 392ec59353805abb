import { ProblemClass } from "../http/ProblemClass.ts"

/** What has happened since the cursor is not on record any more: only a new snapshot says how things are (410). */
export class CursorExpired extends ProblemClass<CursorExpired>()(
  "cursor_expired",
  "What has happened since the cursor is not on record any more; begin again without one."
) {}
