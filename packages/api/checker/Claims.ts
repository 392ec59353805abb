import { isDeepStrictEqual } from "node:util"
import { type Asked, type Done, worded } from "./Ledger.ts"
import { Model } from "./Model.ts"
import { shown, type Task } from "./Task.ts"

/** A task as it was read. */
export interface Read {
  readonly id: string
  readonly began: number
  readonly ended: number
  /** Undefined where it was not found. */
  readonly task: Task | undefined
}

/** Something that has to hold at some moment while an answer was waited for. */
interface Claim {
  readonly what: string
  readonly began: number
  readonly ended: number
  readonly holds: (model: Model) => boolean
}

/** Whether a write that changed nothing had to be answered like that. */
const holds = (model: Model, { answer, intent, session }: Asked) => {
  const { body, replayed, status } = answer!
  // It changed nothing then, and what it was about has been taken away since by an undo.
  if (replayed && body?.code === "gone") return "id" in intent && !model.tasks.has(intent.id ?? "")
  const outcome = model.attempt(intent, session, "", [...model.tasks.keys()])
  if (outcome.status !== status) return false
  if (!outcome.done) {
    return outcome.code === body.code
      && Object.entries(outcome.more).every(([name, value]) => isDeepStrictEqual(body[name], value))
  }
  // What is not on record is told again as it is then.
  return outcome.changes.length === 0 && (replayed || isDeepStrictEqual(body, outcome.answer))
}

const claimOf = (one: Asked): Claim => ({
  what: `Answered was what could not be: ${worded(one)}`,
  began: one.answer?.replayed === true ? one.began : one.sentLast,
  ended: one.ended,
  holds: (model) => holds(model, one)
})

const claimOfRead = ({ id, task, ...times }: Read): Claim => ({
  ...times,
  what: `Read was what never was: task ${id} as ${task === undefined ? "absent" : JSON.stringify(task)}`,
  holds: ({ tasks }) => {
    const there = tasks.get(id)
    return isDeepStrictEqual(task, there === undefined || there.trashedAt !== null ? undefined : shown(there))
  }
})

/**
 * Compares what was read, refused, or answered to have changed nothing, with what the operations have left: each has to have
 * been right between two of them that may have been the last before and the first after.
 */
export const judgeClaims = (
  done: ReadonlyArray<Done>,
  asked: ReadonlyArray<Asked>,
  reads: ReadonlyArray<Read>
): ReadonlyArray<string> => {
  const claims = [
    ...asked.filter(({ answer }) => answer !== undefined && answer.operation === undefined).map(claimOf),
    ...reads.map(claimOfRead)
  ]
  const pending = new Map(claims.map((claim) => {
    const first = done.findLastIndex(({ cause }) => cause !== undefined && cause.ended < claim.began) + 1
    const behind = done.findIndex(({ cause }) => cause !== undefined && cause.began > claim.ended)
    return [claim, { first, last: behind === -1 ? done.length : behind }]
  }))
  const model = new Model()
  for (let place = 0; place <= done.length; place++) {
    for (const [claim, { first, last }] of pending) {
      if (first <= place && place <= last && claim.holds(model)) pending.delete(claim)
    }
    if (place < done.length) model.apply({ ...done[place]!.operation, undoneBy: null })
  }
  return [...pending.keys()].map(({ what }) => what)
}
