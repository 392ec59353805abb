import { Schema } from "effect"
import { Comment } from "../comments/Comment.ts"
import { instant } from "../http/Instant.ts"
import { pageLimit } from "../http/IntegerParameter.ts"
import { ChangedProject } from "../projects/Project.ts"
import { Settings } from "../settings/Settings.ts"
import { ChangedTag } from "../tags/Tag.ts"
import { ChangedTask } from "../tasks/ChangedTask.ts"
import { View } from "../views/View.ts"

/** A place in what has happened: opaque, good for the same user only, and for `changes` and `events` alike. */
export const ChangeCursor = Schema.String.check(Schema.isMaxLength(500)).pipe(Schema.brand("ChangeCursor")).annotate({
  description: "`cursor` of a page of changes, or `id` of an event, unchanged.",
  examples: ["WyIwMTk4YzBkZS0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMGFiYmEiLDQyXQ" as never]
})
export type ChangeCursor = typeof ChangeCursor.Type

const changeOf = <const Noun extends string, Value extends Schema.Top>(noun: Noun, value: Value) =>
  Schema.Struct({
    noun: Schema.Literal(noun).annotate({ description: "What the thing is.", examples: [noun] }),
    id: Schema.String.check(Schema.isUUID()).annotate({
      description: "The id of the thing.",
      examples: ["0198c0de-7a5c-7000-8000-0000000000a1"]
    }),
    operationId: Schema.NullOr(
      Schema.String.annotate({
        description: "The `Operation-Id` of the write that has changed it; null in the snapshot.",
        examples: ["0198c0de-7a5c-7000-8000-0000000000c1"]
      })
    ),
    at: Schema.NullOr(instant("When it was changed.")).pipe(
      Schema.annotateEncoded({ description: "When it was changed; null in the snapshot." })
    ),
    value: Schema.NullOr(value).annotate({
      description: "The thing as the change left it; null where it was deleted for good."
    })
  })

/** What has become of a thing by one change, or what there was at first. */
export const Change = Schema.Union([
  changeOf("task", ChangedTask).annotate({ identifier: "TaskChange", description: "What has become of a task." }),
  changeOf("project", ChangedProject).annotate({
    identifier: "ProjectChange",
    description: "What has become of a project."
  }),
  changeOf("tag", ChangedTag).annotate({ identifier: "TagChange", description: "What has become of a tag." }),
  changeOf("comment", Comment).annotate({
    identifier: "CommentChange",
    description: "What has become of a comment."
  }),
  changeOf("view", View).annotate({ identifier: "ViewChange", description: "What has become of a view." }),
  changeOf("settings", Settings).annotate({
    identifier: "SettingsChange",
    description: "What has become of the settings."
  })
]).annotate({
  identifier: "Change",
  description: "What has become of a thing. A release may add nouns: pass over those that you do not know."
})
export type Change = typeof Change.Type

/** From where on, and how many at once (1 to 200, 50 when absent). */
export const ChangeQuery = Schema.Struct({
  cursor: Schema.optionalKey(ChangeCursor),
  limit: Schema.optionalKey(
    pageLimit("How many items at the most. A page ends at 1 MiB of JSON, too: it may have fewer.")
  )
})
export interface ChangeQuery extends Schema.Schema.Type<typeof ChangeQuery> {}

/** Some of what has happened, in the order in which it did. */
export const ChangePage = Schema.Struct({
  items: Schema.Array(Change).annotate({ description: "In the order in which it happened." }),
  cursor: ChangeCursor.annotate({ description: "Pass it as `cursor` for what comes after these items." }),
  more: Schema.Boolean.annotate({
    description: "Whether there may be more by now. Where there is not, ask again later, or listen to the events.",
    examples: [false]
  })
}).annotate({ identifier: "ChangePage", description: "Some of what has happened." })
export interface ChangePage extends Schema.Schema.Type<typeof ChangePage> {}
