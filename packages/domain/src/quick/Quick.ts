import { Schema } from "effect"
import { Due } from "../dates/Due.ts"
import { Text } from "../http/Text.ts"
import { ProjectId } from "../projects/Project.ts"
import { Occurrence } from "../repetition/Occurrence.ts"
import { NewTask, Task, TaskPriority } from "../tasks/Task.ts"
import { Parsed, SpokenRepeat } from "./Parsed.ts"

/** The longest text that is read as tasks, in UTF-16 code units. */
export const maxQuickLength = 20_000
/** The most lines that it has, each of which is a task. */
export const maxQuickLines = 200

const text = Text.check(
  // What ends the last line begins no other.
  Schema.makeFilter((text: string) =>
    text.replace(/\r?\n$/, "").split("\n", maxQuickLines + 1).length <= maxQuickLines ||
    `Expected at most ${maxQuickLines} lines`
  ),
  Schema.isMaxLength(maxQuickLength, { message: `Expected a text of at most ${maxQuickLength} characters` })
).annotate({
  description: "Tasks as people write them, one a line: what is further in, or begins with `- `, is below another.",
  examples: ["Pay rent friday 9am every month #Home @bank p1"]
})

const { id: _id, title: _title, ...others } = NewTask.fields

/** Tasks to make of a text. */
export const NewQuick = Schema.Struct({
  text,
  create: Schema.optionalKey(
    Schema.Array(Schema.Literal("projects")).check(Schema.isMaxLength(1)).annotate({
      description: "What may be made that the text names: `projects`. Tags always are.",
      examples: [["projects"]]
    })
  ),
  task: Schema.optionalKey(
    Schema.Struct(others).annotate({
      description: "What each task at the top has beside the text, and before it; its tags come to those of the text."
    })
  )
}).annotate({
  identifier: "NewQuick",
  description: "Tasks to make of a text.",
  examples: [
    { text: "Pay rent friday 9am every month @bank p1" },
    { text: "Pack\n- passports\n- charger @tech", create: ["projects"] }
  ]
})
export interface NewQuick extends Schema.Schema.Type<typeof NewQuick> {}

/** A text to read. */
export const TextToRead = Schema.Struct({ text }).annotate({
  identifier: "TextToRead",
  description: "A text to read.",
  examples: [{ text: "Call the dentist next friday" }]
})

/** The tasks that were made of a text. */
export const QuickTasks = Schema.Struct({
  tasks: Schema.Array(Task).annotate({ description: "The tasks, in the order of the lines." }),
  parsed: Parsed
}).annotate({ identifier: "QuickTasks", description: "The tasks that were made of the text." })
export interface QuickTasks extends Schema.Schema.Type<typeof QuickTasks> {}

/** A task as a text says it, before it is made. */
export const ReadTask = Schema.Struct({
  parent: Schema.NullOr(Schema.Int).annotate({
    description: "Which of these tasks it is below, from 0; null at the top.",
    examples: [0]
  }),
  title: Schema.String.annotate({ description: "What is left of the line.", examples: ["Pay rent"] }),
  description: Schema.NullOr(Schema.String).annotate({
    description: "What stands behind `//`.",
    examples: ["By wire"]
  }),
  start: Schema.NullOr(Due).annotate({ description: "When it can begin, or null." }),
  due: Schema.NullOr(Due).annotate({ description: "When it is due, or null." }),
  repeat: Schema.NullOr(SpokenRepeat).annotate({ description: "How it repeats, or null." }),
  occurrences: Schema.Array(Occurrence).annotate({
    description: "Its first dates, five at the most, where it repeats; else none.",
    examples: [["2026-10-25" as never]]
  }),
  priority: Schema.NullOr(TaskPriority).annotate({ description: "How much it matters, or null.", examples: ["p1"] }),
  project: Schema.NullOr(Schema.String).annotate({
    description: "The name or the path of a project, as it is written; or null.",
    examples: ["Home"]
  }),
  projectId: Schema.NullOr(ProjectId).annotate({
    description: "The one project that is called so; null where there is none, or several."
  }),
  tags: Schema.Array(Schema.String).annotate({ description: "The names of its tags.", examples: [["bank"]] }),
  problems: Schema.Array(Schema.String).annotate({
    description: "Why there may be no such task, for people; none where there may.",
    default: [],
    examples: [["Expected a title of 1 to 255 characters"]]
  })
}).annotate({ identifier: "ReadTask", description: "A task as the text says it." })
export interface ReadTask extends Schema.Schema.Type<typeof ReadTask> {}

/** What a text says. */
export const ReadText = Schema.Struct({
  tasks: Schema.Array(ReadTask).annotate({ description: "The tasks that it is, in the order of the lines." }),
  parsed: Parsed
}).annotate({ identifier: "ReadText", description: "What the text says." })
export interface ReadText extends Schema.Schema.Type<typeof ReadText> {}
