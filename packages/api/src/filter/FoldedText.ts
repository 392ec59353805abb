import type { Bind } from "./DateSql.ts"

/** A text of a task without what a search does not look at, as `folded` of the domain makes it. */
export const foldedText = (column: string): string => `coalesce(${column}_folded, todo.folded(${column}))`

/** Whether a text contains another one, to the letter. */
export const contains = (text: string, needle: string, bind: Bind): string =>
  `${text} LIKE ${bind(`%${needle.replace(/[\\%_]/g, "\\$&")}%`)}`
