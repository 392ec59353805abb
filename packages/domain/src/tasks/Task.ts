import { Schema } from "effect"
import { clearable, entity, given, patchable, settable } from "../entity/Entity.ts"
import { instant } from "../http/Instant.ts"
import { Text } from "../http/Text.ts"

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

const chosen = TaskId.check(Schema.isUUID(7)).annotate({
  description:
    "The id of the new task, a UUID of version 7, if the client chooses it, so that the request sent again makes no second task. Left out, the service makes one.",
  examples: ["0198c0de-7a5c-7000-8000-0000000000a1" as never]
})

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
  completed: patchable(
    Schema.Boolean.annotate({
      description: "true marks it done (the time is kept from the first), false reopens it.",
      examples: [true]
    }),
    Schema.Boolean.annotate({ description: "Whether it is done.", examples: [false] })
  ),
  completedAt: given(
    Schema.NullOr(instant("When it was done.")).pipe(Schema.annotateEncoded({
      description: "When it was done; null while it is open.",
      examples: [null]
    }))
  )
})

/** A task as its owner sees it. */
export const Task = shapes.answer.annotate({ identifier: "Task", description: "Something to do." })
export interface Task extends Schema.Schema.Type<typeof Task> {}

/** A task to make. */
export const NewTask = shapes.creation.annotate({
  identifier: "NewTask",
  description: "A task to make.",
  examples: [{ title: "Buy milk", description: "Oat, two litres" }, { title: "Call Grace" }]
})
export interface NewTask extends Schema.Schema.Type<typeof NewTask> {}

/** A change of a task, as a JSON merge-patch (RFC 7396): a member that is absent stays as it is, null clears. */
export const TaskPatch = shapes.patch.annotate({
  identifier: "TaskPatch",
  description: "A merge-patch (RFC 7396): what is absent stays, null clears, {} changes nothing.",
  examples: [{ completed: true }, { title: "Buy oat milk", description: null }]
})
export interface TaskPatch extends Schema.Schema.Type<typeof TaskPatch> {}
