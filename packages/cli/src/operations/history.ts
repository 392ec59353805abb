import type { Command } from "@commander-js/extra-typings"
import { Operation } from "@todo/domain/operations/Operation"
import { TaskId } from "@todo/domain/tasks/Task"
import { Clock, Effect, Schema } from "effect"
import { lenient } from "../client/LenientAnswer.ts"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import { positiveInteger } from "../commandLine/PositiveInteger.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { makeAnyTaskResolver } from "../trash/AnyTaskResolver.ts"
import { allOperations } from "./AllOperations.ts"
import { renderOperations } from "./OperationTable.ts"

/** The record has up to a million: who wants more of them says so. */
const defaultLimit = 50

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("history")
    .description(withExamples(
      "List what was done, to one task or to all",
      "todo history",
      "todo history 7",
      "todo history --limit 1000 --json | jq -r '.[].kind'"
    ))
    .argument("[ref]", refs)
    .option("-n, --limit <number>", `at most so many (default: ${defaultLimit})`, positiveInteger)
    .action((ref, { limit = defaultLimit }) => dispatch({ ref, limit }))

export const hintsOnLostResult = []

export const run = Effect.fn("operations.history")(function*({ limit, ref }: {
  readonly ref: string | undefined
  readonly limit: number
}) {
  const settings = yield* Settings
  const output = yield* Output
  const task = ref === undefined ? undefined : yield* (yield* makeAnyTaskResolver("todo list --all"))(ref)
  // One more tells whether there are more.
  const found = yield* allOperations(limit + 1, task === undefined ? undefined : TaskId.make(task.id))
  const operations = found.slice(0, limit)
  const now = yield* Clock.currentTimeMillis
  yield* output.result({
    json: () => operations.map((operation) => operationJson(operation)),
    quiet: () => operations.map(({ id }) => id),
    human: () => renderOperations(operations, { ...settings, now }),
    isLookedThrough: true
  })
  if (operations.length === 0) yield* output.note("Nothing is on record.")
  if (found.length > limit) yield* output.note(`There is more: --limit ${limit * 2} shows it.`)
})

const operationJson = Schema.encodeSync(lenient(Operation))
