import { Effect } from "effect"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure, usage } from "../failures/Failure.ts"
import { isInOrder, type NumberRange, rangesIn } from "../refs/Ranges.ts"
import { allTasks } from "./AllTasks.ts"

const told = ({ from, to }: NumberRange) => from === to ? String(from) : `${from}-${to}`

/** The numbers of a range that tasks have: what is gone of it is passed over. */
const numbersIn = Effect.fnUntraced(function*(range: NumberRange) {
  const { from, to } = range
  if (!isInOrder(range)) return yield* usage(`${told(range)} is no range: the smaller number comes first`)
  if (from === to) return [String(from)]
  const tasks = yield* allTasks({ filter: `all and number >= ${from} and number <= ${to}`, sort: "number" })
  if (tasks.length > 0) return tasks.map(({ number }) => String(number))
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
