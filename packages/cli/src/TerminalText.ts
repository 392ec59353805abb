/*
 * Characters that a terminal acts upon instead of showing: C0 and C1 controls
 * (with them every ANSI escape sequence), line separators, and the marks that
 * reorder text to disguise it (CVE-2021-42574).
 */
// oxlint-disable-next-line no-control-regex
const unprintable = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g

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
