import { type Task, TaskId } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import type { ApiError } from "../client/HttpFailure.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure, usage } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { allTasks } from "../tasks/AllTasks.ts"
import { digitsOf, parseTaskRef } from "./TaskRef.ts"

/**
 * Makes a function that finds the one task a reference names. It fails with
 * exit code 3 when there is none and 2 when there are several. Prefixes are
 * looked up in the whole list, which is fetched once at most.
 */
export const makeTaskResolver = Effect.gen(function*() {
  const client = yield* ApiClient
  const tasks = yield* client.tasks
  const settings = yield* Settings
  const all = yield* Effect.cached(
    allTasks({}).pipe(Effect.provideService(ApiClient, client), Effect.provideService(Settings, settings))
  )

  const byId = Effect.fnUntraced(function*(id: TaskId) {
    const answer = yield* tasks.get({ params: { id }, headers: {} })
    // 304 is part of the contract, but answers `If-None-Match` only.
    return answer === undefined ? undefined : answer.body
  })

  const byNumber = (number: number) => Effect.map(tasks.list({ query: { number } }), ({ items }) => items[0])

  const byPrefix = Effect.fnUntraced(function*(ref: string, prefix: string) {
    const candidates = (yield* all).filter(({ id }) => digitsOf(id).startsWith(prefix))
    if (candidates.length > 1) return yield* ambiguous(ref, candidates)
    return candidates[0]
  })

  return Effect.fnUntraced(function*(text: string): Effect.fn.Return<Task, ApiError> {
    const ref = yield* Effect.fromResult(parseTaskRef(text))
    switch (ref.kind) {
      case "Id":
        return (yield* byId(TaskId.make(ref.id))) ?? (yield* notFound(text))
      case "Prefix":
        return (yield* byPrefix(text, ref.prefix)) ?? (yield* notFound(text))
      case "Number":
        return (yield* byNumber(ref.number)) ??
          (ref.orPrefix === null ? undefined : yield* byPrefix(text, ref.orPrefix)) ??
          (yield* notFound(text))
    }
  })
})

const notFound = (ref: string): Failure =>
  new Failure({
    exitCode: ExitCode.notFound,
    code: "task_not_found",
    message: `There is no task ${ref}`,
    status: null,
    hints: ["`todo list --all` lists them."]
  })

/** So many candidates are named; more would not help anybody. */
const maxCandidates = 10

const ambiguous = (ref: string, candidates: ReadonlyArray<Task>): Failure => {
  const named = candidates.slice(0, maxCandidates).map(({ id, number }) => `${id} (${number})`)
  const more = candidates.length - named.length
  return usage(
    `${ref} is the beginning of ${candidates.length} ids: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
    "Give more of the id, or the task's number."
  )
}
