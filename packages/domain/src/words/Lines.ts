import type { Range } from "./Reading.ts"
import { isBlank } from "./Tokens.ts"

/** A line of a text, which is a task. */
export interface Line extends Range {
  /** Where its "- " is. */
  readonly bullet: Range | undefined
  /** The index of the line that it is below. */
  readonly parent: number | null
}

const tabWidth = 4
const [tab, dash, lineFeed, carriageReturn, backslash] = [9, 45, 10, 13, 92]

/** Whether a line break is taken literally: there is a blank and a backslash before it. */
const isEscaped = (text: string, at: number): boolean => {
  const end = text.charCodeAt(at - 1) === carriageReturn ? at - 1 : at
  const before = text.charCodeAt(end - 2)
  return text.charCodeAt(end - 1) === backslash && isBlank(before) && before !== lineFeed
}

/** The lines of a text that have more than blanks. What is further in, or begins with "- " below what does not, is below it. */
export const linesOf = (text: string): ReadonlyArray<Line> => {
  const lines: Array<Line> = []
  /** Those that the next one may be below, each further in than the one before. */
  const above: Array<{ readonly index: number; readonly depth: number }> = []
  for (let start = 0; start <= text.length;) {
    let end = text.indexOf("\n", start)
    while (end > 0 && isEscaped(text, end)) end = text.indexOf("\n", end + 1)
    if (end < 0) end = text.length
    const { bullet, from, width } = begin(text, start, end)
    let to = end
    if (to > from && text.charCodeAt(to) === lineFeed && text.charCodeAt(to - 1) === carriageReturn) to--
    if (text.slice(from, to).trim() !== "") {
      const depth = width * 2 + (bullet === undefined ? 0 : 1)
      while (above.length > 0 && above.at(-1)!.depth >= depth) above.pop()
      const parent = above.at(-1)?.index ?? null
      above.push({ index: lines.length, depth })
      lines.push({ from, to, bullet, parent })
    }
    start = end + 1
  }
  return lines
}

/** How far in a line is, and where it begins after that. */
const begin = (text: string, start: number, end: number) => {
  let width = 0
  let from = start
  for (; from < end && isBlank(text.charCodeAt(from)); from++) {
    width = text.charCodeAt(from) === tab ? width - width % tabWidth + tabWidth : width + 1
  }
  if (text.charCodeAt(from) !== dash || from + 1 >= end || !isBlank(text.charCodeAt(from + 1))) {
    return { bullet: undefined, from, width }
  }
  return { bullet: { from, to: from + 1 }, from: from + 1, width }
}
