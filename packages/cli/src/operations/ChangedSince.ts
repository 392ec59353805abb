import type { ChangedSince, Obstacle } from "@todo/domain/operations/OperationProblems"
import { TaskId } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { printable } from "../terminal/TerminalText.ts"

/** So many things are named; more would not help anybody. */
const mostNamed = 5

const reasons: Readonly<Record<string, string>> = {
  changed: "was changed since",
  gone: "is gone",
  taken: "its id is taken",
  limit: "there are as many as there may be"
}

/** What a thing is called where it can be found, in the trash too, or else its id. */
const nameOf = Effect.fnUntraced(function*({ id, noun }: Obstacle) {
  const { tasks, trash } = yield* ApiClient
  const params = { id: TaskId.make(id) }
  const inTrash = trash.get({ params, query: {}, headers: {} })
  const found = noun !== "task"
    ? undefined
    : yield* tasks.get({ params, query: {}, headers: {} }).pipe(
      Effect.catch(() => inTrash),
      Effect.orElseSucceed(() => undefined)
    )
  return found === undefined ? `${noun} ${id}` : `${found.body.number}  ${printable(found.body.title)}`
})

/** The failure of an undo that something is in the way of: what, and what to do about it. Nothing was undone. */
export const changedSince = Effect.fn("changedSince")(function*({ changes, code, status }: ChangedSince) {
  const named = yield* Effect.forEach(
    changes.slice(0, mostNamed),
    (obstacle) => Effect.map(nameOf(obstacle), (name) => `${name} (${reasons[obstacle.reason] ?? obstacle.reason})`)
  )
  const more = changes.length - named.length
  return new Failure({
    exitCode: ExitCode.conflict,
    code,
    message: `Nothing was undone, for what is in the way: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
    status,
    hints: ["`todo undo --partial` undoes the rest; `todo history <ref>` shows what was done with a task since."]
  })
})
