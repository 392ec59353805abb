import { Schema } from "effect"
import { dateWords, repeatWords } from "../dates/DateWords.ts"
import { Due, DuePatch, NewDue } from "../dates/Due.ts"
import {
  clearable,
  derived,
  entity,
  given,
  mergeable,
  patchable,
  referring,
  settable,
  several,
  spoken
} from "../entity/Entity.ts"
import { instant } from "../http/Instant.ts"
import { Text } from "../http/Text.ts"
import { projectRef } from "../projects/Project.ts"
import { Occurrence } from "../repetition/Occurrence.ts"
import { NewRepeat, Repeat, RepeatPatch } from "../repetition/Repeat.ts"
import { TagNames } from "../tags/TagName.ts"
import { ExternalId } from "./ExternalId.ts"
import { Extra, ExtraPatch, howExtra, NewExtra } from "./Extra.ts"
import { priorities } from "./Priority.ts"

/** The id of a task: a UUID of version 7, made by the service. */
export const TaskId = Schema.String.check(Schema.isUUID()).pipe(Schema.brand("TaskId")).annotate({
  identifier: "TaskId",
  description: "The task's id, a UUID of version 7.",
  examples: ["0198c0de-7a5c-7000-8000-0000000000a1" as never]
})
export type TaskId = typeof TaskId.Type

/** What people type: 1, 2, 3 … for each user, in the order of creation, never reused. */
export const TaskNumber = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 2_147_483_647 })).annotate({
  description: "Counts the user's own tasks: 1, 2, 3 …; never reused.",
  examples: [7]
})

/** The longest title, in characters (Unicode code points), after trimming. */
export const maxTitleLength = 500
/** The longest description, in characters (Unicode code points). */
export const maxDescriptionLength = 20_000

/** What is to be done: 1 to 500 characters once white space around it is gone. */
export const TaskTitle = Schema.Trim.pipe(
  Schema.decodeTo(
    Text.check(Schema.isBetweenCodePoints(1, maxTitleLength, {
      message: `Expected a title of 1 to ${maxTitleLength} characters`
    })).annotate({
      description: "What is to be done: 1 to 500 characters, after white space around it is removed.",
      examples: ["Buy milk"]
    })
  )
)

/** More about it: up to 20,000 characters, kept as they are. */
export const TaskDescription = Text.check(Schema.isMaxCodePoints(maxDescriptionLength, {
  message: `Expected a description of at most ${maxDescriptionLength} characters`
})).annotate({
  description: "More about it, as plain text: up to 20,000 characters.",
  examples: ["Oat, two litres"]
})

/** How much it matters: p1 the most. A number would be read both ways round. */
export const TaskPriority = Schema.Literals(priorities).annotate({
  message: "Expected p1 (the highest), p2 or p3",
  description: "How much it matters: p1 is the highest.",
  examples: ["p1"]
})

/** The id of another task of the user's. */
export const TaskReference = TaskId.annotate({
  identifier: "TaskReference",
  description: "The id of another task.",
  examples: ["0198c0de-7a5c-7000-8000-0000000000b2" as never]
})

/** Where a task stands: opaque, and made by the service alone. */
export const TaskPosition = Schema.String.annotate({
  description:
    "Where it stands among the tasks with the same `parentId`, or of the same project where that is null: compared by code unit it gives their order. `POST /api/v1/tasks/move` changes it; it means nothing else.",
  default: "",
  examples: ["80000007"]
})

/** What a task waits for. */
export const TaskBlockers = Schema.Array(TaskReference).check(
  Schema.isUnique({ message: "Expected each task once" })
).annotate({
  description:
    "The ids of the tasks that it waits for, 100 at the most. What is done, in the trash or gone is waited for no more; of one that repeats, its current date counts.",
  examples: [["0198c0de-7a5c-7000-8000-0000000000b1" as never]]
})

const chosen = TaskId.check(Schema.isUUID(7)).annotate({
  description:
    "The id of the new task, a UUID of version 7, if the client chooses it, so that the request sent again makes no second task. Left out, the service makes one.",
  examples: ["0198c0de-7a5c-7000-8000-0000000000a1" as never]
})

const maybeInstant = (description: string) =>
  Schema.NullOr(instant(description)).pipe(Schema.annotateEncoded({ description, examples: [null] }))

const shapes = entity({ answer: TaskId, chosen }, {
  number: given(TaskNumber),
  title: settable(
    TaskTitle,
    Schema.String.annotate({ description: "What is to be done.", examples: ["Buy milk"] })
  ),
  description: clearable(
    TaskDescription,
    Schema.String.annotate({ description: "More about it, or null.", examples: ["Oat, two litres"] })
  ),
  projectId: clearable(
    projectRef("The project that it is to be in; null is the Inbox."),
    projectRef("The project that it is in; null is the Inbox.")
  ),
  parentId: referring(
    TaskReference,
    "The task that it is below, of 8 levels at the most, which is in the same project; or null."
  ),
  position: given(TaskPosition),
  priority: clearable(
    TaskPriority,
    TaskPriority.annotate({ description: "How much it matters, p1 the most; or null.", examples: ["p1"] })
  ),
  tags: several(
    TagNames,
    Schema.Array(Schema.String).annotate({
      description: "The names of its tags, in order; there may be none.",
      examples: [["home"]],
      default: []
    })
  ),
  startText: spoken(dateWords("start")),
  dueText: spoken(dateWords("due")),
  repeatText: spoken(repeatWords),
  start: mergeable(NewDue, DuePatch, Due, "When it can begin, or null: before, it is not ready."),
  due: mergeable(NewDue, DuePatch, Due, "When it is due, or null."),
  dueAt: derived(maybeInstant("The instant at which it is due, for who asks; null where it has no time.")),
  startAt: derived(maybeInstant("The instant at which it starts, for who asks; null where it has no time.")),
  repeat: mergeable(NewRepeat, RepeatPatch, Repeat, "How it repeats, which needs a `due`, or null."),
  occurrence: given(
    Schema.NullOr(Occurrence).annotate({
      description: "The date of the repetition that the task is now, which stays where only `due` is moved; or null."
    })
  ),
  blockedBy: several(TaskBlockers, TaskBlockers.annotate({ default: [] })),
  overdue: derived(
    Schema.Boolean.annotate({
      description: "Whether it is open and late: past its time, or all day long past the end of its day, for who asks.",
      default: false,
      examples: [false]
    })
  ),
  ready: derived(
    Schema.Boolean.annotate({
      description:
        "Whether it can be done now: it is open, has started, waits for nothing, and its project is not archived.",
      default: true,
      examples: [true]
    })
  ),
  blocked: derived(
    Schema.Boolean.annotate({
      description: "Whether it waits for a task that is open, now.",
      default: false,
      examples: [false]
    })
  ),
  openChildren: derived(
    Schema.Int.annotate({
      description: "How many tasks right below it are open, now; those that repeat do not count.",
      default: 0,
      examples: [0]
    })
  ),
  externalId: clearable(ExternalId, ExternalId),
  extra: {
    ...several(NewExtra, Extra),
    creation: Schema.optionalKey(Schema.NullOr(NewExtra).annotate({ description: howExtra })),
    patch: Schema.optionalKey(
      Schema.NullOr(ExtraPatch).annotate({
        description: `${howExtra} Each is changed by itself, and null takes it away.`
      })
    )
  },
  completed: patchable(
    Schema.Boolean.annotate({
      description: "true marks it done (the time is kept from the first), false reopens it.",
      examples: [true]
    }),
    Schema.Boolean.annotate({ description: "Whether it is done.", examples: [false] })
  ),
  completedAt: given(
    Schema.NullOr(instant("When it was done.")).pipe(Schema.annotateEncoded({
      description: "When it was done; null while it is open, as a task that repeats is until its last date.",
      examples: [null]
    }))
  )
})

/** A task as its owner sees it. */
export const Task = shapes.answer.annotate({ identifier: "Task", description: "Something to do." })
export interface Task extends Schema.Schema.Type<typeof Task> {}

/** A task as the record has it: without what is made for whoever asks. */
export const RecordedTask = shapes.recorded

/** A task to make. */
export const NewTask = shapes.creation.annotate({
  identifier: "NewTask",
  description: "A task to make.",
  examples: [
    { title: "Buy milk", description: "Oat, two litres" },
    {
      title: "Put the bins out",
      due: { date: "2026-10-27" as never, time: "07:00" as never },
      repeat: { rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU" }
    },
    { title: "Call Grace" }
  ]
})
export interface NewTask extends Schema.Schema.Type<typeof NewTask> {}

/** A change of a task, as a JSON merge-patch (RFC 7396): a member that is absent stays as it is, null clears. */
export const TaskPatch = shapes.patch.annotate({
  identifier: "TaskPatch",
  description: "A merge-patch (RFC 7396): what is absent stays, null clears, {} changes nothing.",
  examples: [
    { completed: true },
    { title: "Buy oat milk", description: null },
    { due: { date: "2026-10-26" as never } }
  ]
})
export interface TaskPatch extends Schema.Schema.Type<typeof TaskPatch> {}

const { externalId: _externalId, ...putFields } = TaskPatch.fields

/** What a task of an external id is to be: makes it, or changes what there is, as a JSON merge-patch (RFC 7396). */
export const ExternalTask = Schema.Struct(putFields).annotate({
  identifier: "ExternalTask",
  description:
    "A merge-patch (RFC 7396) of the task of an external id, which makes the task where there is none: then it needs a `title`.",
  examples: [
    { title: "Fix the leak", tags: ["home"], extra: { source: "jira" } },
    { completed: true }
  ]
})
export interface ExternalTask extends Schema.Schema.Type<typeof ExternalTask> {}

/** How many tasks stand above each other at the most, the lowest among them. */
export const mostLevels = 8
