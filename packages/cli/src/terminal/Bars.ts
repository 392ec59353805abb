import { pad, widest } from "./TextWidth.ts"

const levels = "▁▂▃▄▅▆▇█"

/** A sign for each number, as high as it is among them; a blank for none. */
export const sparkline = (numbers: ReadonlyArray<number>): string => {
  const most = Math.max(1, ...numbers)
  return numbers.map((number) => number <= 0 ? " " : levels[Math.ceil(number / most * levels.length) - 1]).join("")
}

/** So much of a whole, as a bar of so many columns. Something of it is never nothing, nor all of it while some is missing. */
export const bar = (part: number, whole: number, columns: number): string => {
  const share = whole <= 0 ? 0 : part / whole * columns
  const filled = part > 0 && part < whole ? Math.min(columns - 1, Math.max(1, Math.round(share))) : Math.round(share)
  return "█".repeat(filled) + "░".repeat(columns - filled)
}

/** Texts as a column. */
export const padAll = (texts: ReadonlyArray<string>): ReadonlyArray<string> => {
  const width = widest(texts)
  return texts.map((text) => pad(text, width))
}
