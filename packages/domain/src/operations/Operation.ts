import { Schema } from "effect"
import { Comment } from "../comments/Comment.ts"
import { instant } from "../http/Instant.ts"
import { pageLimit } from "../http/IntegerParameter.ts"
import { ChangedProject } from "../projects/Project.ts"
import { Settings } from "../settings/Settings.ts"
import { ChangedTag } from "../tags/Tag.ts"
import { ChangedTask } from "../tasks/ChangedTask.ts"
import { View } from "../views/View.ts"

/** The id of an operation, which `Operation-Id` named when it was done. */
export const OperationId = Schema.String.check(Schema.isUUID()).pipe(Schema.brand("OperationId")).annotate({
  identifier: "OperationId",
  description: "The operation's id, a UUID of version 7: what `Operation-Id` said.",
  examples: ["0198c0de-7a5c-7000-8000-0000000000c1" as never]
})
export type OperationId = typeof OperationId.Type

/** Who did an operation, by the name that the session or the token had at that time. */
const Actor = Schema.Struct({
  kind: Schema.Literals(["session", "token", "service"]).annotate({
    description: "A session, a token for scripts, or the service itself.",
    examples: ["session"]
  }),
  name: Schema.NullOr(Schema.String).annotate({
    description: "What the session's client or the token was called; null where it was called nothing.",
    examples: ["todo-cli/1.0.0"]
  })
}).annotate({ identifier: "Actor", description: "Who did an operation." })

const change = {
  noun: Schema.String.annotate({ description: "What the thing is.", examples: ["task"] }),
  id: Schema.String.annotate({
    description: "The thing's id.",
    examples: ["0198c0de-7a5c-7000-8000-0000000000a1"]
  }),
  members: Schema.Array(Schema.String).annotate({
    description: "The members that it wrote; none where it made the thing or took it away.",
    examples: [["title"]]
  })
}

const ChangeSummary = Schema.Struct({
  ...change,
  cleared: Schema.Array(Schema.String).annotate({
    description: "Those of `members` that it left without a value: `completedAt` where it made a task open again.",
    default: [],
    examples: [[]]
  }),
  number: Schema.NullOr(Schema.Int).annotate({
    description: "The thing's number; null where it has none.",
    examples: [7]
  }),
  title: Schema.NullOr(Schema.String).annotate({
    description: "What the thing was called then; null where it has been deleted for good since.",
    examples: ["Buy milk"]
  })
}).annotate({ identifier: "ChangeSummary", description: "One thing that an operation changed." })

const recorded = <const Noun extends string, Value extends Schema.Top>(noun: Noun, value: Value) =>
  Schema.Struct({
    ...change,
    noun: Schema.Literal(noun).annotate({ description: "What the thing is.", examples: [noun] }),
    value: Schema.NullOr(value).annotate({
      description: "The thing as the change left it; null where it is gone, then or since."
    })
  })

/** One thing that an operation changed, as it left it. */
export const RecordedChange = Schema.Union([
  recorded("task", ChangedTask).annotate({
    identifier: "RecordedTaskChange",
    description: "A task that an operation changed, as the operation left it."
  }),
  recorded("project", ChangedProject).annotate({
    identifier: "RecordedProjectChange",
    description: "A project that an operation changed, as the operation left it."
  }),
  recorded("tag", ChangedTag).annotate({
    identifier: "RecordedTagChange",
    description: "A tag that an operation changed, as the operation left it."
  }),
  recorded("comment", Comment).annotate({
    identifier: "RecordedCommentChange",
    description: "A comment that an operation changed, as the operation left it."
  }),
  recorded("view", View).annotate({
    identifier: "RecordedViewChange",
    description: "A view that an operation changed, as the operation left it."
  }),
  recorded("settings", Settings).annotate({
    identifier: "RecordedSettingsChange",
    description: "Settings that an operation changed, as the operation left them."
  })
]).annotate({
  identifier: "RecordedChange",
  description: "One thing that an operation changed, as the operation left it."
})
export type RecordedChange = typeof RecordedChange.Type

const operation = {
  id: OperationId,
  kind: Schema.String.annotate({
    description: "What was done: a noun and a verb, or `undo`. There will be more of them.",
    examples: ["task.update"]
  }),
  at: instant("When it was done."),
  by: Actor,
  undoes: Schema.NullOr(OperationId).annotate({ description: "Of an undo, the operation that it undid; else null." }),
  undoneBy: Schema.NullOr(OperationId).annotate({
    description: "The undo by which it is undone now; null where it is not."
  }),
  count: Schema.Int.annotate({ description: "How many changes it made.", examples: [1] })
}

/** A write that was done, by which it can be shown in a line. */
export const Operation = Schema.Struct({
  ...operation,
  changes: Schema.Array(ChangeSummary).annotate({
    description: "The first three changes in their order; in a task's history its own."
  })
}).annotate({ identifier: "Operation", description: "A write that was done." })
export interface Operation extends Schema.Schema.Type<typeof Operation> {}

/** Where a page of operations, or of changes, ended. */
export const OperationCursor = Schema.String.check(Schema.isMaxLength(500)).pipe(Schema.brand("OperationCursor"))
  .annotate({
    description: "`nextCursor` of the page before, unchanged.",
    examples: ["eyJhZnRlciI6N30" as never]
  })
export type OperationCursor = typeof OperationCursor.Type

const nextCursor = Schema.NullOr(OperationCursor).annotate({
  description: "Pass it as `cursor` for more; null when there is none."
})

/** An operation with its changes, a page of them. */
export const OperationWithChanges = Schema.Struct({
  ...operation,
  changes: Schema.Array(RecordedChange).annotate({ description: "A page of its changes, in their order." }),
  nextCursor
}).annotate({ identifier: "OperationWithChanges", description: "A write that was done, with what it changed." })

/** Some of the user's operations, newest first. */
export const OperationPage = Schema.Struct({
  items: Schema.Array(Operation).annotate({ description: "Newest first." }),
  nextCursor
}).annotate({ identifier: "OperationPage", description: "Some of the user's operations." })

/** How many operations to list (1 to 200, 50 when absent), and from where on. */
export const OperationQuery = Schema.Struct({
  limit: Schema.optionalKey(pageLimit("How many operations at the most.")),
  cursor: Schema.optionalKey(OperationCursor)
})
export interface OperationQuery extends Schema.Schema.Type<typeof OperationQuery> {}

/** How many changes to list (1 to 200, 50 when absent), and from where on. */
export const RecordedChangeQuery = Schema.Struct({
  limit: Schema.optionalKey(pageLimit("How many changes at the most. A page ends at 1 MiB of JSON, too.")),
  cursor: Schema.optionalKey(OperationCursor)
})

/** How an undo is to be done. */
export const Undo = Schema.Struct({
  partial: Schema.optionalKey(
    Schema.Boolean.annotate({
      description: "true leaves out what was changed since, where without it nothing is undone.",
      default: false,
      examples: [true]
    })
  )
}).annotate({ identifier: "Undo", description: "How an undo is to be done.", examples: [{}, { partial: true }] })
export interface Undo extends Schema.Schema.Type<typeof Undo> {}
