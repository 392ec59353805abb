import type { Command } from "@commander-js/extra-typings"
import { Operation, OperationId, OperationWithChanges, type Undo } from "@todo/domain/operations/Operation"
import { Clock, DateTime, Effect, Schema } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { lenient } from "../client/LenientAnswer.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { relativeTime } from "../terminal/RelativeTime.ts"
import { changedSince } from "./ChangedSince.ts"
import { makeOperationResolver } from "./OperationResolver.ts"
import { thingsOf, verbOf } from "./OperationWords.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("undo")
    .description(withExamples(
      "Undo what you did last; again, what was before it",
      "todo undo",
      "todo undo 0198c0de",
      "todo undo --partial 0198c0de"
    ))
    .argument("[operation]", "an id as `todo history` shows it, or the first 6 or more characters that only one has")
    .option("--partial", "leave out what was changed since, where otherwise nothing is undone")
    .action((ref, { partial }) => dispatch({ ref, partial: partial === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("operations.undo")(function*({ partial, ref }: {
  readonly ref: string | undefined
  readonly partial: boolean
}) {
  const { columns } = yield* Settings
  const output = yield* Output
  const { operations } = yield* ApiClient
  const id = ref === undefined ? undefined : (yield* (yield* makeOperationResolver)(ref)).id
  const undo = yield* undoing(id, partial ? { partial } : {})
  // A token that may write only cannot see it; it is undone all the same.
  const undone = undo.undoes === null ? undefined : yield* Effect.orElseSucceed(
    operations.get({ params: { id: OperationId.make(undo.undoes) }, query: { limit: 3 } }),
    () => undefined
  )
  const now = yield* Clock.currentTimeMillis
  yield* output.result({
    json: () => operationJson(undo),
    quiet: () => [undo.id],
    human: () => [undoneLine(undo, undone, now)]
  })
  if (columns !== undefined) yield* output.note(`\`todo undo ${undo.id.slice(0, shownLength)}\` takes that back.`)
})

/** The time of an id of version 7: no other operation of somebody's has it but by chance. */
const shownLength = 13

/** Undoes what has this id, or the latest. */
const undoing = Effect.fnUntraced(function*(id: OperationId | undefined, payload: Undo) {
  const { operations } = yield* ApiClient
  const options = { headers: {}, payload }
  if (id === undefined) return (yield* operations.undoLatest(options)).body
  return (yield* operations.undo({ params: { id }, ...options })).body
}, Effect.catchTag("ChangedSince", (problem) => Effect.flatMap(changedSince(problem), Effect.fail)))

const operationJson = Schema.encodeSync(lenient(Operation))

/** What was undone, in a line; an undo that is undone is done again. */
const undoneLine = (undo: Operation, undone: typeof OperationWithChanges.Type | undefined, now: number): string => {
  // The last is undone first, and told last.
  const changes = undo.count === undo.changes.length ? undo.changes.toReversed() : undo.changes
  const things = thingsOf({ kind: undone?.kind ?? undo.kind, count: undo.count, changes })
  if (undone === undefined) return `Undone: ${things}`
  const at = relativeTime(DateTime.toEpochMillis(undone.at), now)
  const left = undone.count - undo.count
  return [
    undone.undoes !== null ? `Done again: ${things} (undone ${at})` : `Undone: ${verbOf(undone)} ${things} (${at})`,
    ...left > 0 ? [`${left} of ${undone.count} changes left as they are`] : []
  ].join(", ")
}
