import { Cursor } from "./Cursor.ts"
import type { Role } from "./Language.ts"
import { languages } from "./Languages.ts"
import { lexiconOf } from "./Lexicon.ts"
import type { Moment } from "./Moment.ts"
import { type Phrase, phrase } from "./Phrase.ts"
import type { Range } from "./Reading.ts"
import { repetition } from "./Repetition.ts"
import type { Token } from "./Tokens.ts"

/** A phrase has no more words than that. */
const mostWords = 40

/** A phrase among the words of a title, and where it is. */
export interface Found extends Range {
  readonly phrase: Phrase
  /** Its parts, between which there are signs. */
  readonly parts: ReadonlyArray<Range>
  /** Whether it is taken, and may be words, or is words, and may be taken. */
  readonly taken: "surely" | "probably" | "not"
}

/** At the beginning of a text these are more often halves than days. */
const fractions = new Set("1/2 1/3 2/3 1/4 3/4 1/8 3/8 5/8 7/8".split(" "))

/** The parts of a row of words, of which the first begins, and the last ends, at a place that may be beyond it. */
const partsOf = (row: ReadonlyArray<Token>, { from, to }: Range): ReadonlyArray<Range> => {
  const starts = row.flatMap((token, index) => index > 0 && token.apart === true ? [index] : [])
  return [0, ...starts].map((start, index) => ({
    from: index === 0 ? from : row[start]!.from,
    to: index === starts.length ? to : row[starts[index]! - 1]!.to
  }))
}

const dashes = ["-", "–", "—"]
const isDash = (token: Token | undefined): boolean => token !== undefined && dashes.includes(token.word)

const isWeak = (tokens: ReadonlyArray<Token>, moment: Moment): boolean =>
  tokens.length === 1 && lexiconOf(moment.language).weak.has(tokens[0]!.word)

/** Whether a word is the number of a day. */
const isDay = ({ means: { number, ordinal } }: Token): boolean => (number ?? ordinal) !== undefined

/** Whether a word is a date or a piece of one, with the word before it. */
const isDate = (token: Token, before: Token | undefined, moment: Moment): boolean => {
  const { clock, day, half, iso, month, numeric, stamp, weekday } = token.means
  if (weekday === undefined && lexiconOf(moment.language).weak.has(token.word)) return false
  return [clock, day, half, iso, numeric, stamp, weekday].some((it) => it !== undefined) ||
    (before !== undefined &&
      ((isDay(token) && before.means.month !== undefined) || (month !== undefined && isDay(before))))
}

/** Whether a word makes a date that follows it a part of something else: "since friday", "good friday". */
const binds = (words: ReadonlyArray<Token>, index: number, moment: Moment): boolean => {
  const word = words[index]
  return word !== undefined &&
    (lexiconOf(moment.language).bound.has(word.word) || isDate(word, words[index - 1], moment))
}

/** A date in figures, which may be none that there is. */
const datelike = /^\d{4}-(?:\d|w)/

/** Whether a word in small letters is the name of a day or month in any language, or of a day again and again: "mondays". */
const namesDay = (word: string): boolean =>
  Object.values(languages).some((language) => {
    const { meanings, weak } = lexiconOf(language)
    const { day, month, weekday } = meanings.get(word) ?? {}
    const plural = word.length > 5 && word.endsWith("s") ? meanings.get(word.slice(0, -1))?.weekday : undefined
    return !weak.has(word) && [day, month, weekday, plural].some((it) => it !== undefined)
  })

/**
 * Whether a word seems to be a day, though no phrase has it, so that a time behind it is of that one and not of today:
 * "mondays", "in december", "monday week", "tomorrow morning", "2027-02-30".
 */
const seemsDay = (words: ReadonlyArray<Token>, index: number, moment: Moment): boolean => {
  const { means, word } = words[index]!
  if (datelike.test(word) || namesDay(word)) return true
  const before = words[index - 1]
  if (before === undefined) return false
  if ((means.part ?? means.unit) !== undefined && isDate(before, words[index - 2], moment)) return true
  const { roles = [] } = before.means
  return (means.month !== undefined && roles.includes("during")) ||
    (means.part !== undefined && ["during", "the", "this", "at"].some((it) => roles.includes(it as Role)))
}

/** Whether a word makes figures that follow it no date and no time: "version 2.10.", "John 3:16". */
const counts = (before: Token | undefined, { means }: Token, moment: Moment): boolean => {
  const { counted, verses } = lexiconOf(moment.language)
  const isFigures = (means.numeric ?? means.clock ?? means.number ?? means.ordinal) !== undefined
  return before !== undefined && isFigures &&
    (counted.has(before.word) || (verses.has(before.word) && (means.clock ?? 0) % 5 !== 0) ||
      (before.means.number !== undefined && means.numeric !== undefined))
}

/** Whether all words from an "every" to a place are of a repetition: "every 6th", "every month". Then a date there is of it. */
const repeats = (words: ReadonlyArray<Token>, index: number): boolean => {
  for (let at = index; at >= 0 && at > index - mostWords; at--) {
    const { amount, number, ordinal, roles = [], unit } = words[at]!.means
    if (roles.includes("each") || roles.includes("eachDone")) return true
    if ((amount ?? number ?? ordinal ?? unit) === undefined && !roles.includes("other")) return false
  }
  return false
}

/** Whether words have capitals as in the name of a book: "The Day After Tomorrow", not "Next Friday". */
const isTitled = (row: ReadonlyArray<Token>, { language }: Moment): boolean =>
  !language.capitals && row.length > 1 &&
  row.some(({ capital, means }, index) =>
    index > 0 && capital && (means.weekday ?? means.month ?? means.half ?? means.zone ?? means.clock) === undefined
  )

/** Whether a day of the week or a month may be of a name: "Theresa May 5", "Any Given Sunday". */
const endsName = ([first, ...more]: ReadonlyArray<Token>, before: Token | undefined): boolean =>
  first!.capital && before?.capital === true && (first!.means.weekday ?? first!.means.month) !== undefined &&
  more.every(isDay)

/** A date in one word that is something else as well: "wed", "2nd", "10/2", "Yesterday"; and "in 25 minutes", which may be how long. */
const isDoubtful = (row: ReadonlyArray<Token>, before: Token | undefined, { language }: Moment): boolean => {
  const [word, more] = row
  const { day, numeric, ordinal, roles = [], weekday } = word!.means
  if (!language.capitals && endsName(row, before)) return true
  if (roles.includes("in") && row.at(-1)!.means.unit !== undefined) return true
  return more === undefined &&
    ((numeric ?? ordinal) !== undefined || (weekday !== undefined && word!.word.length < 5) ||
      (day !== undefined && word!.capital && !language.capitals))
}

/** `by`, `on`, `due`, `due by`: what says that a date follows. */
const mark = (cursor: Cursor): boolean => {
  const isDue = cursor.role("due")
  return cursor.role("by") || cursor.role("on") || isDue
}

/** The phrase that ends a row of words: the longest, with "by" or "on" before it or not. A comma or dash before it goes along. */
export const phraseAtEnd = (words: ReadonlyArray<Token>, moment: Moment): Found | undefined => {
  for (let start = Math.max(0, words.length - mostWords); start < words.length; start++) {
    const cursor = new Cursor(words, moment, start)
    const marked = mark(cursor)
    const first = words[cursor.at]
    const found = phrase(cursor)
    if (found === undefined || cursor.at < words.length) continue
    const row = words.slice(start)
    // What is before a sign says nothing of what is behind it.
    const before = row[0]!.apart === true ? undefined : words[start - 1]
    const dash = isDash(before)
    const isWords = isTitled(row, moment) ||
      (!marked && (found.strength === "marked" || isWeak(row, moment) || counts(before, first!, moment))) ||
      (before !== undefined && binds(words, dash ? start - 2 : start - 1, moment)) ||
      repeats(words, start - 1) ||
      (before !== undefined && found.when?.isTime === true && seemsDay(words, start - 1, moment))
    const from = dash ? before!.from : before?.ending === "comma" ? before.to - 1 : row[0]!.from
    const place = { from: isWords ? row[0]!.from : from, to: row.at(-1)!.to }
    const taken = isWords ? "not" : !marked && isDoubtful(row, before, moment) ? "probably" : "surely"
    return { phrase: found, ...place, parts: partsOf(row, place), taken }
  }
  return undefined
}

/**
 * Whether a phrase before other words is no words itself: there are figures in it, or something sets it apart. What may be the
 * other half of a day ("5 o'clock tea") is not as clear.
 */
const isClear = (row: ReadonlyArray<Token>, { when }: Phrase): boolean =>
  row.at(-1)!.ending !== "" ||
  (row.some(({ means, word }) => /^\d/.test(word) && means.numeric === undefined) &&
    !(when?.isTime === true && when.others.length > 0))

const isOn = ({ means: { roles = [] } }: Token): boolean => roles.includes("on")
const isDateAt = (words: ReadonlyArray<Token>, index: number, moment: Moment): boolean =>
  words[index] !== undefined && isDate(words[index], undefined, moment)

/** The phrase that begins a row of words, if there are more. A dash after it goes along. */
export const phraseAtStart = (words: ReadonlyArray<Token>, moment: Moment): Found | undefined => {
  if (words.length < 2) return undefined
  const cursor = new Cursor(words.slice(0, mostWords), moment, 0)
  const marked = mark(cursor)
  const found = phrase(cursor)
  const row = words.slice(0, cursor.at)
  const dash = isDash(words[cursor.at])
  const follower = words[dash ? cursor.at + 1 : cursor.at]
  if (found === undefined || found.strength === "marked" || follower === undefined || isWeak(row, moment)) {
    return undefined
  }
  // What is behind a sign says nothing of what is before it.
  const next = follower.apart === true || words[cursor.at]!.apart === true ? undefined : follower
  const isName = !moment.language.capitals && row[0]!.capital && next?.capital === true && row.at(-1)!.ending === "" &&
    !dash
  const [first] = row
  const isShort = row.length === 1 && first!.capital && first!.means.weekday !== undefined && first!.word.length < 5
  const isWords = marked || found.strength !== "anywhere" || isName || (isShort && first!.ending === "") ||
    fractions.has(first!.word) ||
    isTitled(row, moment) ||
    (next !== undefined && (lexiconOf(moment.language).joining.has(next.word) || isDate(next, undefined, moment))) ||
    (found.repetition !== undefined && next !== undefined && isOn(next) && isDateAt(words, cursor.at + 1, moment))
  const place = { from: row[0]!.from, to: (dash && next !== undefined ? words[cursor.at]! : row.at(-1)!).to }
  const taken = isWords ? "not" : isClear(row, found) ? "surely" : "probably"
  return { phrase: found, ...place, parts: partsOf(row, place), taken }
}

/** A repetition in the middle of a text, which is words. */
export const repetitionWithin = (words: ReadonlyArray<Token>, moment: Moment): Found | undefined => {
  const start = words.findIndex(({ means: { roles = [] } }) => roles.includes("each") || roles.includes("eachDone"))
  if (start < 0) return undefined
  const cursor = new Cursor(words, moment, start)
  const found = repetition(cursor)
  if (found === undefined) return undefined
  const place = { from: words[start]!.from, to: cursor.last!.to }
  return {
    phrase: { when: undefined, repetition: found, strength: "marked" },
    ...place,
    parts: partsOf(words.slice(start, cursor.at), place),
    taken: "not"
  }
}
