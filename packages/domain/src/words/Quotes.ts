/*
 * How a text is written so that it is taken as it is. In quotes, backslashes are of the text but before a quote: of each two
 * of these one stays, and one that is left over makes a letter of the quote, as the command line of Windows has it; so paths
 * need no more of them. Everywhere, a blank and a backslash before the end of a line make it a part of the text.
 */

const [quote, backslash, lineFeed, carriageReturn] = [34, 92, 10, 13]

/** Makes each run of backslashes before a quote, or the end, another one. */
const withRuns = (text: string, run: (slashes: number, isQuote: boolean) => string): string => {
  let made = ""
  let slashes = 0
  for (let at = 0; at <= text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === backslash) slashes++
    else {
      const isQuote = code === quote
      made += isQuote || at === text.length ? run(slashes, isQuote) : "\\".repeat(slashes) + text.charAt(at)
      slashes = 0
    }
  }
  return made
}

/** The text that is in quotes, from what is between them. */
export const unquoted = (text: string): string =>
  withRuns(text, (slashes, isQuote) => "\\".repeat(slashes >> 1) + (isQuote ? "\"" : ""))

/** A text in quotes. */
export const quoted = (text: string): string =>
  `"${withRuns(text, (slashes, isQuote) => "\\".repeat(slashes * 2) + (isQuote ? "\\\"" : ""))}"`

/** Where a line break is that a backslash before it makes a part of the text, and that begins at a place: its end, or none. */
export const breakAt = (text: string, at: number): number | undefined => {
  const end = text.charCodeAt(at) === carriageReturn ? at + 1 : at
  return text.charCodeAt(end) === lineFeed ? end + 1 : undefined
}

/** A text of several lines as a part of one. */
export const joined = (text: string): string => text.replaceAll("\n", " \\\n")

/** The text of several lines that a part of one is. */
export const parted = (text: string): string => text.replace(/[^\S\n]\\\r?\n/g, "\n")
