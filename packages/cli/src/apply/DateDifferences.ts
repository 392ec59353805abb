import type { Due } from "@todo/domain/dates/Due"
import { reserved, type TaskOfFile } from "./ApplyFile.ts"
import type { Compared, Findings, Patch } from "./Difference.ts"
import type { Entry } from "./Entries.ts"
import type { ReadRepeat } from "./Repeats.ts"
import { bareRule, dueOf, dueText, isRule, isSameRule } from "./SaidDates.ts"

const isSameDue = (one: Due | null, other: Due | null): boolean =>
  one === null || other === null ? one === other : dueText(one).toLowerCase() === dueText(other).toLowerCase()

/** The values of `extra` that keep the dates which a repeating task was given: it has gone on from them since. */
const firstDates = { due: `${reserved}due`, start: `${reserved}start` } as const

const repeatText = (repeat: Compared["repeat"]): string | null => repeat === null ? null : repeat.text ?? repeat.rule

/** Whether a repetition that words say is there, as they were given. */
export const hasWords = (current: Compared, words: string): boolean => current.repeat?.text === words

const repeatPatch = (
  said: NonNullable<TaskOfFile["repeat"]>,
  current: Compared,
  read: ReadRepeat | undefined
): Patch["repeat"] | string | undefined => {
  const was = current.repeat
  if (typeof said === "string" && !isRule(said)) {
    if (hasWords(current, said) || read === undefined) return undefined
    if (typeof read === "string") return read
    return was !== null && isSameRule(was.rule, read.rule) && was.from === read.from
      ? undefined
      : { rule: read.rule, from: read.from, text: said }
  }
  const { from, missed, rule } = typeof said === "string" ? { rule: said } as Exclude<typeof said, string> : said
  const isSame = was !== null && isSameRule(was.rule, bareRule(rule)) && (from ?? was.from) === was.from &&
    (missed ?? was.missed) === was.missed
  return isSame ? undefined : {
    rule: bareRule(rule),
    ...from !== undefined && { from },
    ...missed !== undefined && { missed }
  }
}

/** Whether a task repeats when all is as the file says. */
export const repeatsThen = ({ repeat }: TaskOfFile, current: Compared): boolean =>
  repeat === undefined ? current.repeat !== null : repeat !== null

/** Compares how a task repeats. */
export const compareRepeat = (
  { at, said }: Entry,
  current: Compared,
  read: ReadRepeat | undefined,
  { change, mistake, patch }: Findings
): void => {
  const { due, repeat: words } = said
  if (words === undefined) return
  if (words === null) {
    if (current.repeat === null) return
    patch.repeat = null
    return change("repeat", repeatText(current.repeat), null)
  }
  const repeat = repeatPatch(words, current, read)
  const dueThen = due == null ? current.due : dueOf(due) ?? null
  if (dueThen === null) return mistake(at("repeat"), "What repeats needs a date: say due, too")
  if (typeof repeat === "string") return mistake(at("repeat"), repeat)
  if (repeat === undefined) return
  patch.repeat = repeat
  change("repeat", repeatText(current.repeat), typeof words === "string" ? words : words.rule)
}

/** Compares when a task starts, or is due. */
export const compareDate = (
  name: "start" | "due",
  { at, said }: Entry,
  current: Compared,
  { change, extra, mistake, patch }: Findings
): void => {
  const text = said[name]
  if (text === undefined) return
  const date = text === null ? null : dueOf(text)!
  const kept = current.extra[firstDates[name]]
  const wanted = repeatsThen(said, current) && date !== null ? dueText(date) : null
  if (wanted !== (kept ?? null)) extra[firstDates[name]] = wanted
  // Where it goes on by itself, it is moved by a file that says another date than before, and no more.
  if ((wanted !== null && wanted === kept) || isSameDue(current[name], date)) return
  patch[name] = date === null ? null : { time: null, timeZone: null, ...date }
  change(name, current[name] === null ? null : dueText(current[name]), date === null ? null : dueText(date))
  if (date === null && name === "due" && repeatsThen(said, current)) {
    mistake(at("due"), "It repeats, and so needs a date")
  }
}
