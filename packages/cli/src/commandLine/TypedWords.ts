/** The quote that is open where the cursor is; none outside of quotes. */
export type OpenQuote = "\"" | "'" | ""

/** A word of a command line as it stands there, and what it means. */
export interface TypedWord {
  readonly raw: string
  readonly text: string
  readonly quote: OpenQuote
}

/** How a shell has text taken as it is. */
export interface Quoting {
  /** Makes the character behind it one of the text. */
  readonly escape: string
  /** Characters that the escape is before in double quotes; before others it is one of the text. */
  readonly escapedInQuotes: RegExp
  /** Whether two single quotes in single quotes are one of the text, as in PowerShell. */
  readonly doubles: boolean
}

export const bashQuoting: Quoting = { escape: "\\", escapedInQuotes: /[$`"\\!]/, doubles: false }
export const fishQuoting: Quoting = { escape: "\\", escapedInQuotes: /[$"\\]/, doubles: false }
export const powershellQuoting: Quoting = { escape: "`", escapedInQuotes: /./s, doubles: true }

const blank = /[ \t\n]/

/**
 * The words of a command line up to the cursor; the last of them is the one that is being typed, which may be empty.
 * Quotes are taken off, and nothing is expanded: `$(…)` is text like any other.
 */
export const typedWords = (
  line: string,
  { doubles, escape, escapedInQuotes }: Quoting
): readonly [before: ReadonlyArray<TypedWord>, current: TypedWord] => {
  const words: Array<TypedWord> = []
  let [start, text, quote]: [number, string, OpenQuote] = [0, "", ""]
  for (let at = 0; at < line.length; at++) {
    const [character, next = ""] = [line.charAt(at), line.charAt(at + 1)]
    if (quote === "" && blank.test(character)) {
      if (at > start) words.push({ raw: line.slice(start, at), text, quote })
      start = at + 1
      text = ""
    } else if (quote === "'" && doubles && character === "'" && next === "'") {
      text += "'"
      at++
    } else if (quote !== "'" && character === escape && (quote === "" || escapedInQuotes.test(next))) {
      text += next
      at++
    } else if (character === quote) {
      quote = ""
    } else if (quote === "" && (character === "\"" || character === "'")) {
      quote = character
    } else {
      text += character
    }
  }
  return [words, { raw: line.slice(start), text, quote }]
}
