import { type Task, TaskId } from "@todo/domain/tasks/Task"
import { DateTime, Effect, Result } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { unavailable } from "../client/ConnectionFailure.ts"
import type { ApiError } from "../client/HttpFailure.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure, usage } from "../failures/Failure.ts"
import { Offline } from "../offline/Offline.ts"
import { queuedBlockers } from "./QueuedBlockers.ts"

/** The number behind the sign of a reference such as `+1`, which names a new task that waits for the service. */
export const labelIn = (ref: string): number | undefined => {
  const digits = /^\+([1-9]\d{0,5})$/.exec(ref)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** A task that the service does not have yet, as far as others need it: its id. It has no number, and goes by its sign. */
const provisional = (id: TaskId, title: string, { at, blockedBy, label }: {
  readonly label: number
  readonly at: DateTime.Utc
  readonly blockedBy: ReadonlyArray<TaskId>
}): Task => ({
  id,
  number: -label,
  title,
  blockedBy,
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
  position: "",
  externalId: null,
  extra: {},
  dueAt: null,
  startAt: null,
  overdue: false,
  blocked: false,
  ready: true,
  openChildren: 0,
  createdAt: at,
  updatedAt: at,
  completedAt: null,
  version: 1
})

/** Whether a task waits for the service, so that little is known of it. */
export const isProvisional = ({ number }: Task): boolean => number < 0

/** Finds what a reference names as `resolve` does, and stops where much has to be known of it and little is. */
export const knownToService = (
  resolve: (ref: string) => Effect.Effect<Task, ApiError>,
  what: string
) =>
(ref: string): Effect.Effect<Task, ApiError> =>
  Effect.filterOrFail(
    resolve(ref),
    (task) => !isProvisional(task),
    () => unavailable("unreachable", `${what} ${ref} before the service has it: the service cannot be reached`, null)
  )

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
    const waiting = ((yield* offline.queue)?.pending() ?? []).map(({ write }) => write)
    const made = waiting.find((write) => write.tasks.some(({ id }) => id === found.id))
    if (made !== undefined) {
      const blockedBy = queuedBlockers(waiting, found.id)
      return provisional(TaskId.make(found.id), found.title, { at: DateTime.makeUnsafe(made.at), blockedBy, label })
    }
    return yield* Result.isFailure(answer) ? answer.failure : notThere(label)
  }
)
