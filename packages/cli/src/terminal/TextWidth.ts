import widthOf from "fast-string-width"

/** Text in at most `columns` of a terminal, ending in … if something is cut off. No character is cut in two. */
export const truncate = (text: string, columns: number): string => {
  if (widthOf(text) <= columns) return text
  let shown = ""
  let used = 0
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    used += widthOf(segment)
    if (used > columns - 1) break
    shown += segment
  }
  return `${shown}…`
}

/** The same, but for what it has in front of its last `/`, of which it is the first to lose. */
export const truncatePath = (path: string, columns: number): string => {
  if (widthOf(path) <= columns) return path
  const end = path.slice(path.lastIndexOf("/"))
  return end === path || end === "/" ? truncate(path, columns) : truncate(`…${end}`, columns)
}

/** Text filled up with spaces to `columns` of a terminal. */
export const pad = (text: string, columns: number): string => text + " ".repeat(Math.max(0, columns - widthOf(text)))

/** How many columns of a terminal the widest of these texts takes. */
export const widest = (texts: ReadonlyArray<string>): number =>
  texts.reduce((max, text) => Math.max(max, widthOf(text)), 0)

/**
 * A line in as many lines of a terminal as it takes, broken between words. What is indented stands below something, and is
 * left as it is.
 */
export const wrapped = (line: string, columns: number): ReadonlyArray<string> =>
  line.startsWith(" ") || widthOf(line) <= columns ? [line] : inLines(line.split(" "), " ", columns)

/** Parts beside each other with a separator between them, in as many lines of a terminal as they take. */
export const inLines = (parts: ReadonlyArray<string>, separator: string, columns: number): ReadonlyArray<string> => {
  const lines: Array<string> = []
  for (const part of parts) {
    const longer = `${lines.at(-1) ?? ""}${separator}${part}`
    if (lines.length > 0 && widthOf(longer) <= columns) lines[lines.length - 1] = longer
    else lines.push(part)
  }
  return lines
}
