import type { Task } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import type { ApiError } from "../client/HttpFailure.ts"
import { Failure } from "../failures/Failure.ts"
import { isNamedBy } from "../refs/Resolver.ts"
import { Settings } from "../Settings.ts"
import { unasked } from "../terminal/Unasked.ts"
import { labelIn } from "./NewTaskRef.ts"
import type { Selection } from "./SelectionOptions.ts"

/** What a person would be asked about, and nobody says yes to: all that a filter lists, where there is no terminal. */
export const refuseFilterUnasked = Effect.fn("refuseFilterUnasked")(function*(
  { dryRun, filter, yes }: Selection & { readonly yes: boolean }
) {
  const { interactive } = yield* Settings
  if (filter === undefined || interactive || yes || dryRun === true) return
  return yield* unasked("Missing --yes, for all that a filter lists", "--dry-run says of which tasks.")
})

/** Finds what a reference names as `resolve` does; where nobody is asked a part of a title is not enough, and stops all of it. */
export const surelyNamed = Effect.fn("surelyNamed")(function*(
  resolve: (ref: string) => Effect.Effect<Task, ApiError>,
  yes: boolean
) {
  const { interactive } = yield* Settings
  if (interactive || yes) return resolve
  const refused = yield* Effect.context<Settings>()
  return Effect.fnUntraced(function*(ref: string): Effect.fn.Return<Task, ApiError> {
    const task = yield* resolve(ref)
    if (labelIn(ref) !== undefined || isNamedBy(ref, task)) return task
    const failure = yield* Effect.flip(Effect.provideContext(
      unasked(
        `Missing --yes, for a task that is named by a part of its title: ${JSON.stringify(ref)}`,
        `Give its number, ${task.number}, or --yes.`
      ),
      refused
    ))
    return yield* new Failure({ ...failure, message: failure.message, isGeneral: true })
  })
})
