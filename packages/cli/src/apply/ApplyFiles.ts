import { maxBatchLength } from "@todo/domain/batch/Batch"
import { Cause, Effect, Option } from "effect"
import { type ApiError, asFailure } from "../client/HttpFailure.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure, usage } from "../failures/Failure.ts"
import { unexpected } from "../failures/FailureReport.ts"
import { AlreadyReported } from "../refs/ForEach.ts"
import { Settings } from "../Settings.ts"
import { agreement } from "../terminal/Agreement.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { applied } from "./Applied.ts"
import { readWanted } from "./Entries.ts"
import { lookUp } from "./Known.ts"
import { isEmpty, type PlannedTask, planOf } from "./Plan.ts"
import { planLines, printPlan } from "./PlanOutput.ts"
import { writesOf } from "./Writes.ts"

/** The exit codes of `diff`: 1 says that there are differences, and so trouble is 2 or what it is elsewhere, above that. */
export const comparingExitCodes = <A, R>(
  compared: Effect.Effect<A, ApiError | AlreadyReported, R>
): Effect.Effect<A, Failure | AlreadyReported, R | Settings> =>
  compared.pipe(
    Effect.catchCause((cause): Effect.Effect<never, Failure | AlreadyReported, Settings> => {
      const error = Option.getOrElse(
        Cause.findErrorOption(cause),
        () => new Failure({ ...unexpected(Cause.squash(cause)), cause })
      )
      if (error instanceof AlreadyReported) return Effect.fail(error)
      return asFailure(Effect.fail(error))
    }),
    Effect.mapError((error) =>
      error instanceof Failure && error.exitCode === ExitCode.unexpected
        ? new Failure({ ...error, message: error.message, exitCode: ExitCode.usage })
        : error
    )
  )

const headline = (word: string, { externalId, title }: PlannedTask): string =>
  `${word} ${printable(externalId)}  ${printable(title)}`

/** Makes tasks as files say, as one operation, and prints what that was; with `dryRun` what it would be. */
export const applyFiles = Effect.fn("applyFiles")(function*({ dryRun, files, prune, set, yes }: {
  readonly dryRun: boolean
  readonly files: ReadonlyArray<string>
  readonly prune: boolean
  readonly set: string | undefined
  readonly yes: boolean
}) {
  const output = yield* Output
  const { color } = yield* Settings
  const wanted = yield* readWanted(files, set)
  if (prune && wanted.set === undefined) {
    return yield* usage(
      "--prune needs the name of the set, of which it moves to the trash what the files have no more",
      "Write `set: <name>` into the file, or give --set <name>."
    )
  }
  const plan = yield* planOf(wanted, yield* lookUp(wanted, prune))
  if (dryRun) {
    yield* printPlan(plan)
    return yield* isEmpty(plan) ? Effect.void : new AlreadyReported({ exitCode: ExitCode.unexpected })
  }
  const removed = plan.tasks.filter(({ action }) => action === "remove")
  const agree = removed.length === 0
    ? undefined
    : yield* agreement<PlannedTask>({ yes, verb: "Remove", things: "tasks", headline })
  if (agree !== undefined) {
    yield* output.instruction(planLines(plan, color))
    if (!(yield* agree(removed))) return yield* output.note("Nothing was done.")
  }
  const writes = writesOf(plan)
  if (writes.length > maxBatchLength) {
    yield* output.note("This is more than one operation has: it is done in several, in order.")
  }
  yield* printPlan(plan, yield* applied(writes))
})
