import { type Task, TaskId } from "@todo/domain/tasks/Task"
import { Effect, Result } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import type { ApiError } from "../client/HttpFailure.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure, usage } from "../failures/Failure.ts"
import { Offline } from "../offline/Offline.ts"

/** The number behind the sign of a reference such as `+1`, which names a new task that waits for the service. */
export const labelIn = (ref: string): number | undefined => {
  const digits = /^\+([1-9]\d{0,5})$/.exec(ref)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** A task that the service does not have yet, as far as others need it: its id. It has no number, and goes by its sign. */
const provisional = (id: string, title: string, label: number): Task =>
  ({
    id: TaskId.make(id),
    number: -label,
    title,
    description: null,
    completed: false,
    occurrence: null,
    repeat: null,
    due: null,
    start: null,
    priority: null,
    projectId: null,
    parentId: null,
    tags: [],
    version: 1
  }) as unknown as Task

const notThere = (label: number): Failure =>
  new Failure({
    exitCode: ExitCode.notFound,
    code: "task_not_found",
    message: `No new task +${label} waits in the queue`,
    status: null,
    hints: ["What was sent has a number: `todo list` shows it. `todo queue` shows what waits, and what was refused."]
  })

/** The task that `+1` and such name: as the service has it, if it was sent before this command. */
export const newTask = Effect.fnUntraced(
  function*(label: number): Effect.fn.Return<Task, ApiError, ApiClient | Offline> {
    const offline = yield* Offline
    const [found, ...others] = yield* offline.newTask(label)
    if (found === undefined) return yield* notThere(label)
    if (others.length > 0) {
      return yield* usage(
        `Several new tasks go by +${label}`,
        ...[found, ...others].map(({ id, title }) => `  ${id}  ${title}`),
        "Give the id of one when they were sent."
      )
    }
    const { tasks } = yield* ApiClient
    const answer = yield* Effect.result(
      tasks.get({ params: { id: TaskId.make(found.id) }, query: {}, headers: {} })
    )
    if (Result.isSuccess(answer) && answer.success !== undefined) return answer.success.body
    const waiting = (yield* offline.queue)?.pending().some(({ write }) => write.tasks.some(({ id }) => id === found.id))
    if (waiting === true) return provisional(found.id, found.title, label)
    return yield* Result.isFailure(answer) ? answer.failure : notThere(label)
  }
)
