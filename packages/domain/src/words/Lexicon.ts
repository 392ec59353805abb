import type { Language, Meanings, Names } from "./Language.ts"
import { workdays } from "./Pattern.ts"

/** The words of a language, looked up in one step. */
export interface Lexicon {
  readonly meanings: ReadonlyMap<string, Meanings>
  readonly weak: ReadonlySet<string>
  readonly bound: ReadonlySet<string>
  readonly joining: ReadonlySet<string>
  readonly counted: ReadonlySet<string>
  readonly verses: ReadonlySet<string>
  readonly names: ReadonlySet<string>
  readonly fields: ReadonlyMap<string, "due" | "start">
}

const wordsOf = (names = ""): ReadonlyArray<string> => names.split(" ").filter((word) => word !== "")

/** The keys of a table with their words. */
const entriesOf = <Key extends string | number>(table: Names<Key>) =>
  (Object.keys(table) as Array<Key>).flatMap((key) => wordsOf(table[key]).map((word) => [word, key] as const))

const meaningsOf = (language: Language): ReadonlyMap<string, Meanings> => {
  const meanings = new Map<string, Meanings>()
  const add = (word: string, meaning: Meanings) => {
    const known = meanings.get(word)
    const roles = [...known?.roles ?? [], ...meaning.roles ?? []]
    meanings.set(word, { ...known, ...meaning, ...(roles.length > 0 ? { roles } : {}) })
  }
  const addNumbers = (kind: "day" | "amount" | "ordinal" | "part", table: Names<number>) => {
    for (const [word, key] of entriesOf(table)) add(word, { [kind]: Number(key) })
  }
  const addNames = (kind: "unit" | "days" | "often" | "half", table: Names<string>) => {
    for (const [word, key] of entriesOf(table)) add(word, { [kind]: key })
  }
  addNumbers("day", language.days)
  addNumbers("amount", language.amounts)
  addNumbers("ordinal", language.ordinals)
  addNumbers("part", language.parts)
  addNames("unit", language.units)
  addNames("days", language.daysOf)
  addNames("often", language.often)
  addNames("half", language.halves)
  for (const [word, role] of entriesOf(language.roles)) add(word, { roles: [role] })
  for (const [weekday, names] of language.weekdays.entries()) for (const word of wordsOf(names)) add(word, { weekday })
  for (const [index, names] of language.months.entries()) {
    for (const word of wordsOf(names)) add(word, { month: index + 1 })
  }
  for (const [weekday, names] of language.weekdays.entries()) {
    // Short names are none of more than one day.
    for (const word of wordsOf(names)) if (word.length > 4) add(word + language.again.end, { again: [weekday] })
  }
  for (const word of wordsOf(language.again.workday)) add(word, { again: workdays })
  for (const word of wordsOf(language.again.weekend)) add(word, { again: [5, 6] })
  for (const [word, meaning] of language.also) add(word, meaning)
  return meanings
}

const compiled = new WeakMap<Language, Lexicon>()

/** The words of a language, made ready when it is first asked for. */
export const lexiconOf = (language: Language): Lexicon => {
  const known = compiled.get(language)
  if (known !== undefined) return known
  const lexicon: Lexicon = {
    meanings: meaningsOf(language),
    weak: new Set(wordsOf(language.weak)),
    bound: new Set(wordsOf(language.bound)),
    joining: new Set(wordsOf(language.joining)),
    counted: new Set(wordsOf(language.counted)),
    verses: new Set(wordsOf(language.verses)),
    names: new Set(wordsOf(language.names)),
    fields: new Map(entriesOf(language.fields))
  }
  compiled.set(language, lexicon)
  return lexicon
}
