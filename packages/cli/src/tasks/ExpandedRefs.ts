import { Effect } from "effect"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure, usage } from "../failures/Failure.ts"
import { Offline } from "../offline/Offline.ts"
import { isInOrder, type NumberRange, rangesIn } from "../refs/Ranges.ts"
import { allTasks } from "./AllTasks.ts"

/** So many numbers are looked up one by one at most. */
const mostByThemselves = 100

const told = ({ from, to }: NumberRange) => from === to ? String(from) : `${from}-${to}`

/** The numbers of a range that tasks have: what is gone of it is passed over. */
const numbersIn = Effect.fnUntraced(function*(range: NumberRange) {
  const { from, to } = range
  if (!isInOrder(range)) return yield* usage(`${told(range)} is no range: the smaller number comes first`)
  if (from === to) return [String(from)]
  const offline = yield* Offline
  const numbers = yield* allTasks({ filter: `all and number >= ${from} and number <= ${to}`, sort: "number" }).pipe(
    Effect.map((tasks) => tasks.map(({ number }) => number)),
    // Without the service nobody knows which are gone; each that is known here is found by itself.
    Effect.catchIf(
      () => offline.without().isAway && to - from < mostByThemselves,
      () => Effect.succeed(Array.from({ length: to - from + 1 }, (_, index) => from + index))
    )
  )
  if (numbers.length > 0) return numbers.map(String)
  return yield* new Failure({
    exitCode: ExitCode.notFound,
    code: "task_not_found",
    message: `There is no task from ${from} to ${to}`,
    status: null,
    hints: ["`todo list --all` lists them."]
  })
})

/** What refs name, and whether that is one thing, whatever there is. */
export interface Named {
  readonly refs: ReadonlyArray<string>
  readonly isOne: boolean
}

/** Refs, of which `3-7,9` is several. */
export const expandedRefs = Effect.fn("expandedRefs")(function*(refs: ReadonlyArray<string>) {
  const all = yield* Effect.forEach(refs, (ref) => {
    const ranges = rangesIn(ref)
    return ranges === undefined
      ? Effect.succeed([ref])
      : Effect.map(Effect.forEach(ranges, numbersIn), (all) => all.flat())
  })
  return { refs: all.flat(), isOne: refs.length === 1 && rangesIn(refs[0]!) === undefined } satisfies Named
})
