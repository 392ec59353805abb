import type { Scanner } from "./Scanner.ts"

/** A word or a text in quotes, as it is meant. */
export interface Word {
  readonly text: string
  readonly quoted: boolean
  /** Where it begins. */
  readonly position: number
}

/** What ends a word: a blank, a quote, and what joins terms. */
const bare = /[^\s&|()"]+/y
const inQuotes = /(?:[^"\\]|\\["\\]?)*/y

/** Takes a text in quotes, in which `\"` and `\\` are a quote and a backslash. */
export const takeQuoted = (scanner: Scanner): Word | undefined => {
  const position = scanner.at
  if (scanner.take(/"/y) === undefined) return undefined
  const body = scanner.take(inQuotes)!
  if (scanner.take(/"/y) === undefined) return scanner.fail("a closing quote", undefined, position)
  return { text: body.replace(/\\(["\\])/g, "$1"), quoted: true, position }
}

/** Takes a word, or a text in quotes. */
export const takeWord = (scanner: Scanner): Word | undefined => {
  if (scanner.sees(/"/y) !== undefined) return takeQuoted(scanner)
  const position = scanner.at
  const text = scanner.take(bare)
  return text === undefined ? undefined : { text, quoted: false, position }
}

/** Words that are free where they stand alone: no quotes, and nothing that a shell or this language reads. */
const plain = /^(?!:)(?:[\p{L}\p{M}\p{N}_.,/+%:@-]|\p{Extended_Pictographic})+$/u

/** Writes a text so that it is read as it is: in quotes if it has to be, and always if it would be taken for something else. */
export const written = (text: string, taken: ReadonlyArray<string> = []): string =>
  plain.test(text) && !taken.includes(text.toLowerCase()) ? text : quoted(text)

/** Writes a text in quotes. */
export const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`
