import { isDeepStrictEqual } from "node:util"
import type { Change } from "./Draft.ts"
import { type Intent, kindOf } from "./Intent.ts"
import { Model, type Operation, type Outcome } from "./Model.ts"
import type { Recorded } from "./Record.ts"
import { shown, stored, type Task } from "./Task.ts"

/** What the service has answered. */
export interface Answer {
  readonly status: number
  /** What `Operation-Id` says. */
  readonly operation: string | undefined
  readonly replayed: boolean
  // oxlint-disable-next-line no-explicit-any
  readonly body: any
}

/** A write that was asked for. */
export interface Asked {
  readonly intent: Intent
  readonly session: string
  readonly key: string
  /** When it was sent first, and when last. */
  readonly began: number
  sentLast: number
  attempts: number
  /** When the answer came; never where nobody knows what became of it. */
  ended: number
  answer: Answer | undefined
}

/** An operation that was done, and the write that asked for it. */
export interface Done {
  readonly operation: Operation
  readonly cause: Asked | undefined
}

/** A write in words. */
export const worded = ({ answer, attempts, intent, session }: Asked): string => {
  const outcome = answer === undefined
    ? "never answered"
    : `answered ${answer.status}${answer.replayed ? " again" : ""} ${answer.operation ?? JSON.stringify(answer.body)}`
  return `${JSON.stringify(intent)} of ${session}, ${outcome} at attempt ${attempts}`
}

const shownOrGone = (task: Task | null) => task === null ? "gone" : JSON.stringify(task)
const shownAfter = ({ now }: Change) => now === null ? null : shown(now)

/** In words what differs between an operation on record and what should have come of a write; undefined: nothing. */
const difference = (outcome: Outcome, { changes, id, undoes }: Recorded): string | undefined => {
  if (!outcome.done) return `Operation ${id} was done, and had to be refused with ${outcome.status} ${outcome.code}`
  if (undoes !== null && (outcome.answer as { readonly undoes: string }).undoes !== undoes) {
    return `Operation ${id} undid ${undoes}, and should have undone ${JSON.stringify(outcome.answer)}`
  }
  for (const [index, change] of outcome.changes.entries()) {
    const is = changes[index]
    if (is === undefined) return `Operation ${id} forgot task ${change.id}`
    const should = shownAfter(change)
    if (is.id !== change.id || !isDeepStrictEqual(is.value, should)) {
      return `Operation ${id} left task ${is.id} ${shownOrGone(is.value)}, and not ${change.id} ${shownOrGone(should)}`
    }
  }
  return changes.length > outcome.changes.length
    ? `Operation ${id} changed task ${changes[outcome.changes.length]!.id}, too`
    : undefined
}

/** The same of its answer. */
const misanswered = (outcome: Outcome & { readonly done: true }, { answer, intent }: Asked): string | undefined => {
  if (answer === undefined) return undefined
  const { body, status } = answer
  const isSame = intent.op === "undo"
    ? isDeepStrictEqual({ undoes: body.undoes, count: body.count }, outcome.answer) && body.id === answer.operation
    : isDeepStrictEqual(body, outcome.answer)
  return status === outcome.status && isSame
    ? undefined
    : `Answered was ${JSON.stringify(body)}, and not ${outcome.status} ${JSON.stringify(outcome.answer)}`
}

/** A change that is on record, and that nobody can explain. */
const unexplained = (model: Model, { id, value }: Recorded["changes"][number]): Change => {
  const now = value === null ? null : stored(value)
  const there = model.tasks.get(id)
  if (there === undefined || now === null) return { id, was: there ?? null, now }
  const was = Object.entries(there).filter(([name, old]) => now[name as keyof typeof now] !== old)
  return { id, was: Object.fromEntries(was), now }
}

/** What a deletion of a list has to have deleted, since nobody has changed it after that was begun. */
const listedBefore = (
  model: Model,
  { began, intent }: Asked,
  lastWriter: ReadonlyMap<string, Asked | undefined>
): ReadonlyArray<string> =>
  intent.op !== "list.remove" ? [] : [...model.tasks.values()].flatMap(({ completedAt, id, trashedAt }) => {
    const isListed = trashedAt === null && (completedAt !== null) === intent.completed
    return isListed && (lastWriter.get(id)?.ended ?? 0) < began ? [id] : []
  })

/**
 * Goes through the record of a user from its beginning, does what was asked for with the model, and compares: what is on
 * record was asked for, is there once, did what it had to, and was answered like that; what was acknowledged is on record.
 */
export const judgeRecord = (record: ReadonlyArray<Recorded>, asked: ReadonlyArray<Asked>) => {
  const violations: Array<string> = []
  const done: Array<Done> = []
  const model = new Model()
  const acknowledged = new Map(
    asked.flatMap((one) => one.answer?.operation === undefined ? [] : [[one.answer.operation, one]])
  )
  // Of two that are alike it is the first. What was refused may have been done by another attempt, whose answer was lost.
  const inTime = asked.toSorted((one, other) => one.began - other.began)
  const open = new Set([
    ...inTime.filter(({ answer }) => answer === undefined),
    ...inTime.filter(({ answer, attempts }) => answer !== undefined && answer.status >= 400 && attempts > 1)
  ])
  const found = (operation: Recorded, attempt: (one: Asked) => Outcome): Asked | undefined => {
    for (const one of open) {
      if (kindOf(one.intent) !== operation.kind || difference(attempt(one), operation) !== undefined) continue
      open.delete(one)
      return { ...one, ended: Infinity, answer: undefined }
    }
    return undefined
  }
  const lastWriter = new Map<string, Asked | undefined>()
  let latest: Asked | undefined
  let before = ""

  for (const operation of record) {
    const { at, id, kind } = operation
    const listed = operation.changes.map((change) => change.id)
    const attempt = ({ intent, session }: Asked) => model.attempt(intent, session, at, listed)
    const known = acknowledged.get(id)
    acknowledged.delete(id)
    const cause = known ?? found(operation, attempt)
    const outcome = cause && attempt(cause)
    if (cause === undefined || outcome === undefined) {
      violations.push(`On record is what nobody has asked for, or not like that: ${JSON.stringify(operation)}`)
    } else {
      const wrong = difference(outcome, operation) ?? (outcome.done ? misanswered(outcome, cause) : undefined)
      if (wrong !== undefined) violations.push(`${wrong}. Asked for was ${worded(cause)}`)
      if (latest !== undefined && cause.ended < latest.began) {
        violations.push(`On record behind what was begun later, ${worded(latest)}, is ${worded(cause)}`)
      }
      if (latest === undefined || cause.began > latest.began) latest = cause
      for (const task of listedBefore(model, cause, lastWriter)) {
        if (!listed.includes(task)) {
          violations.push(`Operation ${id} forgot task ${task}. Asked for was ${worded(cause)}`)
        }
      }
    }
    if (at < before) violations.push(`Operation ${id} is of ${at}, and on record behind one of ${before}`)
    before = at
    const isExplained = outcome?.done === true && difference(outcome, operation) === undefined
    const applied: Operation = {
      id,
      kind,
      session: cause?.session,
      changes: isExplained ? outcome.changes : operation.changes.map((change) => unexplained(model, change)),
      undoes: operation.undoes,
      undoneBy: null
    }
    model.apply(applied)
    for (const changed of listed) lastWriter.set(changed, cause)
    done.push({ operation: applied, cause })
  }

  for (const [id, one] of acknowledged) violations.push(`Operation ${id} is not on record, or twice: ${worded(one)}`)
  for (const { id, undoneBy } of record) {
    const should = model.operations.get(id)!.undoneBy
    if (should !== undoneBy) violations.push(`Operation ${id} is undone by ${undoneBy}, and should be by ${should}`)
  }
  return { violations, done, model }
}
