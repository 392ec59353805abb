import { Result } from "effect"
import type { Due } from "../dates/Due.ts"
import { otherDate } from "./Alternatives.ts"
import { Cursor } from "./Cursor.ts"
import { understoodBy } from "./Languages.ts"
import type { Moment } from "./Moment.ts"
import type { Alternative, Unreadable } from "./Reading.ts"
import { tokensOf } from "./Tokens.ts"
import { when } from "./When.ts"

/** A date that was read, and what else the words may mean. */
export interface DateReading {
  /** null: the words say that there is to be none. */
  readonly due: Due | null
  readonly alternatives: ReadonlyArray<Alternative>
}

/** A date has no more words than that. */
const mostWords = 20

/** The date that a text begins with, the longest that there is, and where it ends. What else it may be is told to `listener`. */
export const readDateAt = (
  text: string,
  moment: Moment,
  listener = moment
): DateReading & { readonly to: number } | undefined => {
  const tokens = tokensOf(text, mostWords, moment)
  const cursor = new Cursor(tokens, moment, 0)
  if (!cursor.role("on")) cursor.role("by")
  const none = cursor.attempt((it) => it.role("no") && it.role("date") ? true : undefined)
  const found = none === undefined ? when(cursor) : undefined
  if (none === undefined && found === undefined) return undefined
  const span = { from: tokens[0]!.from, to: cursor.last!.to }
  return {
    due: found?.due ?? null,
    alternatives: (found?.others ?? []).map((due) => otherDate(span, due, listener)),
    to: span.to
  }
}

/**
 * The date that a text is, all of it: `tomorrow 9am`, `next friday`, `2026-10-02`, `no date`, in the language of whoever writes, or
 * else in another. Fails with `invalid_date`, and
 * with the place from which on it is none.
 */
export const readDate = (text: string, moment: Moment): Result.Result<DateReading, Unreadable> => {
  for (const language of understoodBy(moment.language)) {
    const found = readDateAt(text, { ...moment, language }, moment)
    if (found !== undefined && text.slice(found.to).trim() === "") {
      return Result.succeed({ due: found.due, alternatives: found.alternatives })
    }
  }
  const rest = text.slice(readDateAt(text, moment)?.to ?? 0)
  const to = text.trimEnd().length
  return Result.fail({
    code: "invalid_date",
    from: Math.min(to, text.length - rest.trimStart().length),
    to,
    message: "Expected a date in words, such as tomorrow 9am, friday, oct 5 or 2026-10-05"
  })
}
