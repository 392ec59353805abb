import { Schema } from "effect"
import { NotFound } from "../http/NounProblems.ts"
import { ProblemClass } from "../http/ProblemClass.ts"

/** The user has no operation of that id on record (404). */
export class OperationNotFound extends NotFound<OperationNotFound>()("operation", "operation on record") {}

/** A change that cannot be undone, and why. */
export const Obstacle = Schema.Struct({
  noun: Schema.String.annotate({ description: "What the thing is.", examples: ["task"] }),
  id: Schema.String.annotate({ description: "The thing's id.", examples: ["0198c0de-7a5c-7000-8000-0000000000a1"] }),
  reason: Schema.String.annotate({
    description:
      "`changed`: a member has another value since. `gone`: the thing is not there any more. `taken`: its id or its name is another's. `limit`: there are as many as there may be. `referred`: another thing refers to it. `project_gone`, `project_archived`: of the project that it would be in. `parent`: of what it would be below, or it would be too deep there. `cycle`: it would lead to itself. There will be more of them.",
    examples: ["changed"]
  })
}).annotate({ identifier: "Obstacle", description: "A change that cannot be undone, and why." })
export interface Obstacle extends Schema.Schema.Type<typeof Obstacle> {}

/** What the operation changed was changed since; nothing was undone (409). */
export class ChangedSince extends ProblemClass<ChangedSince>()(
  "changed_since",
  "What the operation changed was changed since: see `changes`. Nothing was undone.",
  { changes: Schema.Array(Obstacle).annotate({ description: "What cannot be undone." }) }
) {}

/** The operation has been undone, or nothing of it is left on record (409). */
export class NotUndoable extends ProblemClass<NotUndoable>()(
  "not_undoable",
  "The operation has been undone already, or nothing undoes it: it deleted for good, or what it changed has been deleted for good since."
) {}

/** Nothing that this session or token has done can be undone (409). */
export class NothingToUndo extends ProblemClass<NothingToUndo>()(
  "nothing_to_undo",
  "This session or token has done nothing in 30 days, among the user's last 10,000 operations, that is not undone."
) {}

/** The operation was done more than 30 days ago (410). */
export class UndoExpired extends ProblemClass<UndoExpired>()(
  "undo_expired",
  "The operation was done more than 30 days ago."
) {}
