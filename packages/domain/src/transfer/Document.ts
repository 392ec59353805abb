import { Schema } from "effect"
import { Comment, CommentId, CommentText } from "../comments/Comment.ts"
import { TimeZoneName } from "../dates/TimeZoneName.ts"
import { instant } from "../http/Instant.ts"
import { Text } from "../http/Text.ts"
import { ChangedProject, NewProject, ProjectId } from "../projects/Project.ts"
import { Occurrence } from "../repetition/Occurrence.ts"
import { maxCount } from "../repetition/Rule.ts"
import { ChangedTag } from "../tags/Tag.ts"
import { TagName } from "../tags/TagName.ts"
import { NewTask, RecordedTask, TaskId, TaskNumber } from "../tasks/Task.ts"
import { NewView, View, ViewId } from "../views/View.ts"

/** What a document of this kind calls itself. */
export const documentFormat = "todo"
/** The version of its form. A later one may have more members. */
export const documentVersion = 1

/** How many things one request may bring. */
export const mostImported = 10_000
/** The longest document of one request, in bytes. */
export const maxImportBytes = 4 * 1024 * 1024
/** How many members and elements it may have in all: what an export has of 8,000 tasks or so. */
export const maxImportValues = 100_000

/** The nouns of a document, in the order in which they are imported. */
export const nounsOfDocument = ["projects", "tags", "views", "tasks", "comments"] as const

const head = {
  format: Schema.Literal(documentFormat).annotate({ description: "What the document is.", examples: ["todo"] }),
  version: Schema.Literal(documentVersion).annotate({ description: "The version of its form.", examples: [1] })
}
const exportedAt = instant("When it was exported.")

/** Where a repetition has come to, beside the date that the task is now. */
export const RepeatSeries = Schema.Struct({
  first: Occurrence,
  ordinal: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: maxCount })).annotate({
    description: "Which one of COUNT the date is that the task is now, from 1.",
    examples: [3]
  }),
  timeZone: Schema.NullOr(TimeZoneName).annotate({
    description: "The zone of its times; null where they float, or there are none.",
    examples: [null]
  })
}).annotate({
  identifier: "RepeatSeries",
  description: "Where a repetition has come to: its first date, from which intervals count, and which one it is now."
})
export interface RepeatSeries extends Schema.Schema.Type<typeof RepeatSeries> {}

const series = Schema.NullOr(RepeatSeries).annotate({
  description: "Where its repetition has come to, or null."
})

/** A task as an export has it: as the record does, and where its repetition has come to. */
export const ExportedTask = Schema.Struct({ ...RecordedTask.fields, series }).annotate({
  identifier: "ExportedTask",
  description: "A task as an export has it."
})

const things = <Item extends Schema.Top>(item: Item, what: string) =>
  Schema.Array(item).annotate({ description: `${what} of this part of the document.` })

/** All that an account has, or a part of it. */
export const ExportDocument = Schema.Struct({
  ...head,
  exportedAt,
  projects: things(ChangedProject, "The projects"),
  tags: things(ChangedTag, "The tags"),
  views: things(View, "The views"),
  tasks: things(ExportedTask, "The tasks"),
  comments: things(Comment, "The comments"),
  nextCursor: Schema.NullOr(Schema.String).annotate({
    description: "Pass it as `cursor` for the next part; null in the last one.",
    examples: [null]
  })
}).annotate({
  identifier: "ExportDocument",
  description: "All that an account has, or a part of it, for `POST /api/v1/import`."
})
export interface ExportDocument extends Schema.Schema.Type<typeof ExportDocument> {}

/** Members of an exported thing that an import does not take over. */
const left = {
  updatedAt: Schema.optionalKey(instant("Not taken over.")),
  version: Schema.optionalKey(Schema.Int.annotate({ description: "Not taken over.", examples: [1] }))
}
const createdAt = Schema.optionalKey(instant("When it was made; one that is yet to come counts as now."))
const position = Schema.optionalKey(
  Text.check(Schema.isMaxLength(100)).annotate({
    description: "Where it stands among its like in the document: they keep this order.",
    examples: ["80000007"]
  })
)
const version7 = Schema.isUUID(7)
/** A name or a title, of which a document has what is sent. */
const called = <S extends Schema.Top>(schema: S, description: string) =>
  schema.pipe(Schema.annotateEncoded({ description, examples: ["Garden"] })) as S

const { id: _project, ...projectFields } = NewProject.fields

/** A project to import. */
export const ImportedProject = Schema.Struct({
  id: ProjectId.check(version7),
  ...projectFields,
  name: called(projectFields.name, "What it is called: 1 to 120 characters on one line."),
  position,
  archived: Schema.optionalKey(Schema.Boolean.annotate({ description: "Whether it is put away.", examples: [false] })),
  archivedAt: Schema.optionalKey(Schema.NullOr(instant("When it was put away; or null."))),
  createdAt,
  ...left
}).annotate({
  identifier: "ImportedProject",
  description: "A project to import.",
  examples: [{ id: "0198c0de-7a5c-7000-8000-0000000000b7" as never, name: "Garden" }]
})
export interface ImportedProject extends Schema.Schema.Type<typeof ImportedProject> {}

/** A tag to import, which is known by its name. */
export const ImportedTag = Schema.Struct({
  id: Schema.optionalKey(
    Schema.String.check(Schema.isUUID()).annotate({
      description: "Not taken over: a tag is known by its name.",
      examples: ["0198c0de-7a5c-4000-8000-0000000000e1"]
    })
  ),
  name: called(TagName, "What it is called: 1 to 60 characters on one line."),
  color: NewProject.fields.color,
  createdAt: Schema.optionalKey(instant("Not taken over.")),
  ...left
}).annotate({
  identifier: "ImportedTag",
  description: "A tag to import, which is known by its name.",
  examples: [{ name: "home", color: "#3366ff" }]
})
export interface ImportedTag extends Schema.Schema.Type<typeof ImportedTag> {}

const { id: _view, ...viewFields } = NewView.fields

/** A view to import. */
export const ImportedView = Schema.Struct({
  id: ViewId.check(version7),
  ...viewFields,
  name: called(viewFields.name, "What it is called: 1 to 120 characters on one line."),
  position,
  createdAt,
  ...left
}).annotate({
  identifier: "ImportedView",
  description: "A view to import.",
  examples: [{ id: "0198c0de-7a5c-7000-8000-0000000000d7" as never, name: "Soon", filter: "open and p1" }]
})
export interface ImportedView extends Schema.Schema.Type<typeof ImportedView> {}

const { dueText: _due, id: _task, repeatText: _repeat, startText: _start, ...taskFields } = NewTask.fields

/** A task to import. */
export const ImportedTask = Schema.Struct({
  id: TaskId.check(version7),
  ...taskFields,
  title: called(taskFields.title, "What is to be done: 1 to 500 characters."),
  number: Schema.optionalKey(
    TaskNumber.annotate({ description: "Its number elsewhere: the tasks are numbered here in the same order." })
  ),
  position,
  occurrence: Schema.optionalKey(
    Schema.NullOr(Occurrence).annotate({ description: "The date of the repetition that the task is now, or null." })
  ),
  series: Schema.optionalKey(series),
  completed: Schema.optionalKey(Schema.Boolean.annotate({ description: "Whether it is done.", examples: [false] })),
  completedAt: Schema.optionalKey(Schema.NullOr(instant("When it was done; null where it is open."))),
  createdAt,
  ...left
}).annotate({
  identifier: "ImportedTask",
  description: "A task to import.",
  examples: [{ id: "0198c0de-7a5c-7000-8000-0000000000a7" as never, title: "Prune the roses", tags: ["home"] }]
})
export interface ImportedTask extends Schema.Schema.Type<typeof ImportedTask> {}

/** A comment to import. */
export const ImportedComment = Schema.Struct({
  id: CommentId.check(version7),
  taskId: TaskId,
  text: CommentText,
  createdAt,
  ...left
}).annotate({
  identifier: "ImportedComment",
  description: "A comment to import.",
  examples: [{
    id: "0198c0de-7a5c-7000-8000-0000000000e7" as never,
    taskId: "0198c0de-7a5c-7000-8000-0000000000a7" as never,
    text: "Before March"
  }]
})
export interface ImportedComment extends Schema.Schema.Type<typeof ImportedComment> {}

const optional = <Item extends Schema.Top>(item: Item, what: string) =>
  Schema.optionalKey(Schema.Array(item).annotate({ description: `The ${what} to import.` }))

/** What is to be imported: a document, or a part of one. */
export const ImportDocument = Schema.Struct({
  format: Schema.optionalKey(head.format),
  // No literal: what lacks it is told what else is wrong with it.
  version: Schema.Int.check(Schema.isBetween({ minimum: documentVersion, maximum: documentVersion })).annotate({
    description: "The version of its form.",
    examples: [1]
  }),
  exportedAt: Schema.optionalKey(
    Text.check(Schema.isMaxLength(100)).annotate({
      description: "As an export has it; it means nothing here.",
      examples: ["2026-10-01T09:30:00.000Z"]
    })
  ),
  nextCursor: Schema.optionalKey(
    Schema.NullOr(Text).annotate({ description: "As an export has it; it means nothing here." })
  ),
  projects: optional(ImportedProject, "projects"),
  tags: optional(ImportedTag, "tags"),
  views: optional(ImportedView, "views"),
  tasks: optional(ImportedTask, "tasks"),
  comments: optional(ImportedComment, "comments")
}).annotate({
  identifier: "ImportDocument",
  description: "What is to be imported: what an export answered, or the like, of 10,000 things at the most.",
  examples: [{
    version: 1,
    projects: [{ id: "0198c0de-7a5c-7000-8000-0000000000b7" as never, name: "Garden" }],
    tasks: [{
      id: "0198c0de-7a5c-7000-8000-0000000000a7" as never,
      title: "Prune the roses",
      tags: ["outside"]
    }]
  }]
})
export interface ImportDocument extends Schema.Schema.Type<typeof ImportDocument> {}
