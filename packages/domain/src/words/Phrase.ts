import type { Cursor } from "./Cursor.ts"
import type { Strength } from "./Day.ts"
import { type Repetition, repetition } from "./Repetition.ts"
import { type When, when } from "./When.ts"

/** A date, a repetition, or a date from which on something repeats. */
export interface Phrase {
  readonly when: When | undefined
  readonly repetition: Repetition | undefined
  readonly strength: Strength
}

/** `tomorrow 9am`, `tomorrow, every week`. */
const dated = (cursor: Cursor): Phrase | undefined => {
  const first = when(cursor)
  if (first === undefined) return undefined
  const then = cursor.attempt((it) => {
    it.pause()
    return repetition(it)
  })
  return { when: first, repetition: then, strength: then === undefined ? first.strength : "anywhere" }
}

/** `every monday`. */
const repeating = (cursor: Cursor): Phrase | undefined => {
  const found = repetition(cursor)
  return found && { when: undefined, repetition: found, strength: found.strength }
}

const ways = [dated, repeating]

/** What words say of when, in any way. */
export const phrase = (cursor: Cursor): Phrase | undefined => cursor.longest(ways)
