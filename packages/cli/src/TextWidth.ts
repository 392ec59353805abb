/** How many columns of a terminal a text takes. */
export type TextWidth = (text: string) => number

const isAscii = (text: string): boolean => /^[\u0020-\u007e]*$/.test(text)

/**
 * A measure that is right for these texts. Wide characters and emoji need
 * Unicode data that takes longer to load than all the rest of a command: it is
 * loaded only if there are any.
 */
export const textWidthFor = async (texts: ReadonlyArray<string>): Promise<TextWidth> => {
  if (texts.every(isAscii)) return (text) => text.length
  const { default: stringWidth } = await import("string-width")
  return (text) => stringWidth(text)
}

/** Text in at most `columns`, ending in … if something is cut off. No character is cut in two. */
export const truncate = (text: string, columns: number, widthOf: TextWidth): string => {
  if (widthOf(text) <= columns) return text
  if (isAscii(text)) return `${text.slice(0, columns - 1)}…`
  let shown = ""
  let used = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += widthOf(segment)
    if (used > columns - 1) break
    shown += segment
  }
  return `${shown}…`
}

/** Text filled up with spaces to `columns`. */
export const pad = (text: string, columns: number, widthOf: TextWidth): string =>
  text + " ".repeat(Math.max(0, columns - widthOf(text)))
