import { priorities } from "../tasks/Priority.ts"
import { lexiconOf } from "./Lexicon.ts"
import type { Moment } from "./Moment.ts"
import { tokenOf } from "./Tokens.ts"

/** The priority that a word is. */
export const priorityOf = (word: string) => priorities.find((it) => it === word)

/** The field that a word names, `due:` or `start:`, and how long its name is. */
export const fieldOf = (word: string, { language }: Moment) => {
  const colon = word.indexOf(":") + 1
  const name = colon === 0 ? "" : word.slice(0, colon).normalize("NFC").toLowerCase()
  const field = lexiconOf(language).fields.get(name)
  return field && { field, length: colon }
}

/** Whether a word may be read as more than a word: then a backslash before it is not of it. */
export const isReadable = (word: string, moment: Moment): boolean => {
  let start = 0
  while (word.charAt(start) === "\\") start++
  const bare = word.slice(start)
  if (bare === "") return false
  if (bare === "-" || "\"#@".includes(bare.charAt(0)) || bare.startsWith("//")) return true
  const { zone: _, ...means } = tokenOf(bare, 0, moment).means
  return priorityOf(bare) !== undefined || fieldOf(bare, moment) !== undefined || Object.keys(means).length > 0
}
