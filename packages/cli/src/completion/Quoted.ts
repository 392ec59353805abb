import type { OpenQuote } from "../commandLine/TypedWords.ts"

const plain = /^[\p{L}\p{N}_./,:@%+=-]$/u

/** Bash closes the quote itself, unless the text ends with one: then it takes it for closed. */
const closed = (text: string, quote: OpenQuote): string => text.endsWith(quote) ? text + quote : text

/** Text as bash takes it at a place where such a quote is open: as it is, whatever it has in it. */
export const quotedForBash = (text: string, quote: OpenQuote): string => {
  // History is expanded in double quotes, too, and a backslash before it stays.
  if (quote === "\"") return closed(text.replaceAll(/["$`\\]/g, "\\$&").replaceAll("!", "\"\\!\""), quote)
  if (quote === "'") return closed(text.replaceAll(/['!]/g, "'\\$&'"), quote)
  return [...text].map((character) => plain.test(character) ? character : `\\${character}`).join("")
}

const bare = /^[\p{L}\p{N}_./:+=-]+$/u

/** Text as PowerShell takes it: as it is. Each of the quotes that it knows as single is one of the text when it is doubled. */
export const quotedForPowershell = (text: string): string =>
  bare.test(text) && !/^[-\d.]/.test(text) || /^-{1,2}[a-z-]+$/i.test(text) || /^\d+$/.test(text)
    ? text
    : `'${text.replaceAll(/['\u2018-\u201b]/g, "$&$&")}'`
