import type { Due, DuePatch } from "@todo/domain/dates/Due"
import { Unprocessable } from "@todo/domain/dates/Unprocessable"
import type { RepeatPatch } from "@todo/domain/repetition/Repeat"
import { readDate } from "@todo/domain/words/Dates"
import type { Moment } from "@todo/domain/words/Moment"
import type { Unreadable } from "@todo/domain/words/Reading"
import { readRepeat, type RepeatReading } from "@todo/domain/words/Repeats"
import { dueInUtc, instantOfDue } from "@todo/domain/words/When"
import { Result } from "effect"

/** What a body says of dates in words. */
export interface InWords {
  readonly startText?: string
  readonly dueText?: string
  readonly repeatText?: string
}

/** What a body says of dates as they are. */
interface SchedulePatch {
  readonly start?: DuePatch | null
  readonly due?: DuePatch | null
  readonly repeat?: RepeatPatch | null
}

/** The repetition that words are of a task that is due so. */
export type SaidRepeat = (due: Due | null) => Result.Result<RepeatReading, Unprocessable>

/** The same time in UTC, of a date that words are: what repeats by the hour is due by that clock. */
export type InUtc = (due: Due) => Due

/** A body of which words have been read: a repetition depends on when its task is due. */
export type Read<Body> = Omit<Body, keyof InWords> & SchedulePatch & {
  readonly said?: SaidRepeat
  readonly inUtc?: InUtc
}

/** Members, and what says them in words; one of both is sent. */
const pairs = [
  ["start", "startText", "invalid_date"],
  ["due", "dueText", "invalid_date"],
  ["repeat", "repeatText", "invalid_rule"]
] as const

/** Whether a body says something of dates in words. */
export const saysInWords = ({ dueText, repeatText, startText }: InWords): boolean =>
  (dueText ?? repeatText ?? startText) !== undefined

const inText = (member: string) => <A>(read: Result.Result<A, Unreadable>) =>
  Result.mapError(read, ({ code, from: position, message }) =>
    new Unprocessable({
      // No text of these is a title.
      code: code === "empty_title" ? "invalid_date" : code,
      path: [member],
      message: `${message} (at ${position})`,
      position
    }))

/** The dates that a body says in words, as it would have them. A day without a time keeps the time that there is. */
export const readInWords = <Body extends InWords & SchedulePatch>(
  said: Body,
  moment: Moment
): Result.Result<Read<Body>, Unprocessable> =>
  Result.gen(function*() {
    const twice = pairs.find(([member, text]) => said[member] !== undefined && said[text] !== undefined)
    if (twice !== undefined) {
      const message = `It is said twice: send ${twice[0]} or ${twice[1]}`
      return yield* Result.fail(new Unprocessable({ code: twice[2], path: [twice[1]], message }))
    }
    const { dueText, repeatText, startText, ...body } = said
    const start = startText === undefined ? undefined : yield* inText("startText")(readDate(startText, moment))
    const due = dueText === undefined ? undefined : yield* inText("dueText")(readDate(dueText, moment))
    return {
      ...body,
      ...start !== undefined && { start: start.due },
      ...due !== undefined && {
        due: due.due,
        inUtc: (due: Due) => dueInUtc(instantOfDue(due, moment)) ?? due
      },
      // A repetition that is still to be read is one already to whoever asks whether there is one.
      ...repeatText !== undefined && {
        repeat: {},
        said: (due: Due | null) => inText("repeatText")(readRepeat(repeatText, moment, due))
      }
    }
  })
