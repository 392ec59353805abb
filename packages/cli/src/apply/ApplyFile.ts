import { isDate } from "@todo/domain/dates/DateOnly"
import { oneLine, Text } from "@todo/domain/http/Text"
import { TagNames } from "@todo/domain/tags/TagName"
import { ExternalId } from "@todo/domain/tasks/ExternalId"
import { ExtraPatch } from "@todo/domain/tasks/Extra"
import { TaskDescription, TaskPriority, TaskTitle } from "@todo/domain/tasks/Task"
import { Schema } from "effect"
import { dateShape } from "../tasks/DateShape.ts"

/** A member that null clears. */
const clearable = <S extends Schema.Top>(schema: S) => Schema.optionalKey(Schema.NullOr(schema))

/** A date in figures: what words mean is another day tomorrow, and a file says the same every day. */
const date = Text.check(
  Schema.makeFilter((text: string) =>
    !dateShape.test(text) || isDate(text.slice(0, 10)) || `There is no day ${text.slice(0, 10)}`
  ),
  Schema.isPattern(dateShape, {
    message: "Expected a date in figures, such as 2026-10-31 or 2026-10-31 09:30: what words mean changes every day"
  })
)

const dateMember = (what: string) =>
  clearable(date.annotate({
    description: `${what}: a day, a time of it, or a time in a zone, in figures.`,
    examples: ["2026-10-31", "2026-10-31 09:30", "2026-10-31 09:30 Europe/Berlin"]
  }))

const repeatWords = Text.check(Schema.isBetweenCodePoints(1, 200, { message: "Expected 1 to 200 characters" }))

const repeat = Schema.Union([
  repeatWords,
  Schema.Struct({
    rule: repeatWords.annotate({ description: "An RRULE (RFC 5545).", examples: ["FREQ=WEEKLY;BYDAY=MO"] }),
    from: Schema.optionalKey(Schema.Literals(["schedule", "completion"])),
    missed: Schema.optionalKey(Schema.Literals(["skip", "each"]))
  })
]).annotate({
  message:
    "Expected words such as every monday, an RRULE, or its rule, from (schedule, completion) and missed (skip, each)",
  description: "How it repeats from `due` on: words, an RRULE, or a rule with what it is counted from.",
  examples: ["every monday", "FREQ=WEEKLY;BYDAY=MO", { rule: "FREQ=DAILY;INTERVAL=3", from: "completion" }]
})

/** The values of `extra` that are kept here, and no file's. */
export const reserved = "apply."

const extra = ExtraPatch.check(
  Schema.makeFilter((texts: Readonly<Record<string, string | null>>) =>
    !Object.keys(texts).some((name) => name.startsWith(reserved)) ||
    `What begins with ${reserved} is kept by todo apply`
  )
)

const members = {
  externalId: ExternalId.annotate({
    description: "What the file calls the task: of no other task in it.",
    examples: ["release:notes"]
  }),
  title: Schema.optionalKey(TaskTitle.annotate({ description: "What is to be done.", examples: ["Write the notes"] })),
  description: clearable(TaskDescription),
  project: clearable(
    Text.check(
      Schema.isPattern(/\S/u, { message: "Expected the name or the path of a project, or null for the Inbox" }),
      Schema.isPattern(oneLine, { message: "Expected a name without control characters" })
    ).annotate({
      description: "The project, by its name or path; one that there is not is made. null is the Inbox.",
      examples: ["Work", "Work/Releases"]
    })
  ),
  tags: clearable(TagNames.annotate({ description: "All of its tags; those that there are not are made." })),
  priority: clearable(TaskPriority),
  start: dateMember("When it can begin"),
  due: dateMember("When it is due; of what repeats its first date"),
  repeat: clearable(repeat),
  parent: clearable(ExternalId.annotate({
    description: "The external id of the task that it is below, in whose project it is then.",
    examples: ["release"]
  })),
  after: clearable(
    Schema.Array(ExternalId).check(Schema.isMaxLength(100, { message: "Expected at most 100 tasks" })).annotate({
      description: "The external ids of all tasks that it waits for.",
      examples: [["release:notes"]]
    })
  ),
  completed: Schema.optionalKey(
    Schema.Boolean.annotate({ description: "Whether it is done; left out, that is for others to say." })
  ),
  extra: Schema.optionalKey(
    Schema.NullOr(extra).annotate({ description: "Texts by names that are kept with it; null takes one away." })
  )
} as const

/** What a file says of a task. What it leaves out stays as it is, and null clears. */
export interface TaskOfFile extends Schema.Struct.Type<typeof members> {
  readonly tasks?: ReadonlyArray<TaskOfFile>
}

interface EncodedTask extends Schema.Struct.Encoded<typeof members> {
  readonly tasks?: ReadonlyArray<EncodedTask>
}

const inside = Schema.suspend((): Schema.Codec<TaskOfFile, EncodedTask> => TaskOfFile)

const TaskOfFile: Schema.Codec<TaskOfFile, EncodedTask> = Schema.Struct({
  ...members,
  tasks: Schema.optionalKey(Schema.Array(inside).annotate({ description: "What is below it." }))
}).annotate({
  identifier: "Task",
  description: "A task, by its external id. What is left out stays as it is, and null clears."
})

/** The name of a set: of tasks that are made by the same files. */
export const SetName = Text.check(
  Schema.isPattern(/^\S+$/u, { message: "Expected a name without blanks" }),
  Schema.isBetweenCodePoints(1, 100, { message: "Expected a name of 1 to 100 characters" })
).annotate({
  description: "What these tasks are called together, for --prune.",
  examples: ["release"]
})

/** A file of `todo apply`, or one document of it. */
export const ApplyFile = Schema.Struct({
  $schema: Schema.optionalKey(Schema.String.annotate({ description: "Where this schema is, for editors." })),
  set: Schema.optionalKey(SetName),
  tasks: Schema.Array(TaskOfFile)
}).annotate({
  description: "Tasks as they are to be, for `todo apply -f`.",
  examples: [{
    set: "release",
    tasks: [{ externalId: "release:notes", title: "Write the notes", due: "2026-10-31", tags: ["release"] }]
  }]
})
export interface ApplyFile extends Schema.Schema.Type<typeof ApplyFile> {}

/** The members of a task, of a document, and of a repetition. */
export const memberNames = {
  task: [...Object.keys(members), "tasks"],
  file: Object.keys(ApplyFile.fields),
  repeat: ["rule", "from", "missed"]
}
