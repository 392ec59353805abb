import { Task, TaskId } from "@todo/domain/tasks/Task"
import { Schema } from "effect"
import { lenient } from "../../src/client/LenientAnswer.ts"

const read = Schema.decodeUnknownSync(lenient(Task))

/** A task of a service that answers no more of it than there has to be: a member that may be null is. */
export const openTask = (fields: Partial<Task> = {}): Task => ({
  ...read({
    id: TaskId.make("0198c0de-7a5c-7000-8000-0000000000a1"),
    number: 7,
    title: "Buy milk",
    completed: false,
    createdAt: "2026-11-23T10:00:00.000Z",
    updatedAt: "2026-11-23T10:00:00.000Z",
    version: 1
  }),
  ...fields
})
