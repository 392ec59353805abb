import { maxRuleLength } from "../repetition/Rule.ts"
import type { Meanings } from "./Language.ts"
import { lexiconOf } from "./Lexicon.ts"
import type { Moment } from "./Moment.ts"
import type { Range } from "./Reading.ts"
import { type Shape, shapeOf } from "./Shapes.ts"

/** A word of a phrase, with all that it may mean. */
export interface Token extends Range {
  /** In small letters, without what ends it. */
  readonly word: string
  readonly means: Meanings & Shape & {
    /** Days of the week, from one to another: `mon-fri`. */
    readonly range?: readonly [from: number, to: number]
    /** What may be the name of a zone, as it was written. */
    readonly zone?: string
    /** What may be an RRULE. */
    readonly rule?: string
  }
  /** Where it ends, without what ends it. */
  readonly bare: number
  /** What ends it: a comma joins parts of a phrase, a stop ends it. */
  readonly ending: "" | "comma" | "stop"
  /** Whether it begins with a capital, and is not all of capitals. */
  readonly capital: boolean
  /** Whether there is a sign between it and the word before it, which is read as if it were not there. */
  readonly apart?: boolean
}

/** Longer words mean nothing, but for rules. */
const longest = 64
const isRule = (text: string): boolean => text.length <= maxRuleLength && text.slice(0, 5).toLowerCase() === "freq="

const zone = /^(?:\[[A-Za-z][\w+/-]*\]|[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+){1,2}|[A-Z][A-Z0-9-]+)$/
const nothing: Token["means"] = {}
const isNothing = (means: Token["means"]): boolean => {
  for (const _ in means) return false
  return true
}

const rangeOf = (word: string, meanings: ReadonlyMap<string, Meanings>) => {
  const dash = word.search(/[-–]/)
  const from = dash < 0 ? undefined : meanings.get(word.slice(0, dash))?.weekday
  const to = from === undefined ? undefined : meanings.get(word.slice(dash + 1))?.weekday
  return from === undefined || to === undefined ? undefined : [from, to] as const
}

/** A word that means nothing. */
export const unread = ({ from, to }: Range): Token => ({
  from,
  to,
  bare: to,
  word: "",
  means: nothing,
  ending: "",
  capital: false
})

/** A word as a token. */
export const tokenOf = (text: string, from: number, moment: Moment): Token => {
  const to = from + text.length
  if (isRule(text)) return { ...unread({ from, to }), means: { rule: text } }
  if (text.length > longest) return unread({ from, to })
  const { meanings, names } = lexiconOf(moment.language)
  const whole = text.normalize("NFC").toLowerCase()
  const look = (word: string): Token["means"] => {
    if (names.has(word)) return nothing
    const known = meanings.get(word)
    const shape = shapeOf(word, moment)
    if (!isNothing(shape)) return { ...shape, ...known }
    const range = known === undefined ? rangeOf(word, meanings) : undefined
    if (range !== undefined) return { range }
    const written = text.slice(0, word.length)
    return known ?? (zone.test(written) ? { zone: written.replace(/^\[|\]$/g, "") } : nothing)
  }
  const capital = text.charAt(0) !== whole.charAt(0) && text.slice(1) !== text.slice(1).toUpperCase()
  const means = look(whole)
  const end = whole.at(-1)!
  if (!isNothing(means) || !",;:.!".includes(end)) {
    return { from, to, bare: to, word: whole, means, ending: "", capital }
  }
  const word = whole.slice(0, -1)
  return {
    from,
    to,
    bare: to - 1,
    word,
    means: look(word),
    ending: end === "," ? "comma" : end === "." ? "" : "stop",
    capital
  }
}

/** What `trim` takes off. */
export const isBlank = (code: number): boolean =>
  code === 32 || (code >= 9 && code <= 13) || code === 160 || (code >= 0x1680 && /\s/.test(String.fromCharCode(code)))

/** The words of a text, as many as are asked for. */
export const tokensOf = (text: string, many: number, moment: Moment): ReadonlyArray<Token> => {
  const tokens: Array<Token> = []
  let start = -1
  for (let at = 0; at <= text.length && tokens.length < many; at++) {
    const blank = at === text.length || isBlank(text.charCodeAt(at))
    if (blank && start >= 0) tokens.push(tokenOf(text.slice(start, at), start, moment))
    start = blank ? -1 : start < 0 ? at : start
  }
  return tokens
}
