/*
 * Characters that a terminal acts upon instead of showing: C0 and C1 controls
 * (with them every ANSI escape sequence), separators of lines and paragraphs,
 * the marks that reorder text to disguise it (CVE-2021-42574), and those that
 * change how what follows is shown.
 */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\u206a-\u206f\ufeff\ufff9-\ufffb]/gu

const picture = (character: string): string => {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? "\u2421" : "\ufffd"
}

/** Text of others on one line of a terminal: what would act upon the terminal is shown as a symbol instead. */
export const printable = (text: string): string => text.toWellFormed().replace(unprintable, picture)

/** The same for text of several lines: line breaks stay, tabs become spaces. */
export const printableLines = (text: string): string =>
  text.split(/\r\n|[\r\n]/).map((line) => printable(line.replaceAll("\t", "    "))).join("\n")

/**
 * A value on one line of JSON: what would act upon a terminal is escaped, so
 * that whoever parses it gets the value as it is.
 */
export const printableJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    unprintable,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
  )
