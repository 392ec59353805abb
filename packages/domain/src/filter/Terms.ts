import { nearest } from "../text/Nearest.ts"
import { maxWords } from "./Bounds.ts"
import { takeComparison } from "./Comparisons.ts"
import { type Field, fieldNames } from "./Field.ts"
import { inbox, maxDays, type State, states, type Term, usualDays } from "./FilterTree.ts"
import type { Scanner } from "./Scanner.ts"
import { takeQuoted, takeWord, type Word } from "./Words.ts"

/** What a term begins with, where it is not a sign: as far as letters and digits go. */
const keyword = /[^\s&|()"=<>:!]+/y
const colon = /:/y

/** The states that have a word of their own. */
const stateWords: ReadonlyArray<string> = states.filter((state) => state !== "untagged")
const priorities: ReadonlyArray<string> = ["p1", "p2", "p3"]

/** What `no` may be followed by. */
const lacking: Readonly<Record<string, Term>> = {
  date: { field: "due", has: false },
  tags: { is: "untagged" },
  priority: { field: "priority", has: false }
}

/** How others call what has a sign here. */
const signs: Readonly<Record<string, string>> = {
  project: "in:",
  list: "in:",
  tag: "@",
  tags: "@",
  label: "@",
  text: "search:"
}

const beginnings = [...stateWords, ...fieldNames, "upcoming", "in", "search", "no date", "no tags", "no priority"]
const expectedTerm = "a term, such as today, @home, in:Work, due before friday or search:milk"

/** Takes a term. */
export const takeTerm = (scanner: Scanner): Term | undefined => {
  if (scanner.sees(/"/y) !== undefined) return ofSearch(scanner, takeQuoted(scanner))
  if (scanner.take(/#/y) !== undefined) return takeProject(scanner, "the name of a project")
  if (scanner.take(/@/y) !== undefined) return takeTag(scanner)
  const position = scanner.at
  const found = scanner.take(keyword)
  if (found === undefined) return scanner.fail(expectedTerm)
  const word = found.toLowerCase()
  if (stateWords.includes(word)) return { is: word as State }
  if (priorities.includes(word)) return { field: "priority", op: "=", value: word as "p1" }
  switch (word) {
    case "in":
      return takeColon(scanner) ? takePlace(scanner) : undefined
    case "search":
      return takeColon(scanner) ? takeSearch(scanner) : undefined
    case "no":
      return takeLacking(scanner)
    case "upcoming":
      return takeUpcoming(scanner)
  }
  if ((fieldNames as ReadonlyArray<string>).includes(word)) return takeComparison(scanner, word as Field)
  const compared = scanner.sees(/\s*[=<>:!]/y) !== undefined
  const meant = compared
    ? signs[word] ?? nearest(word, [...fieldNames, "in", "search"])
    : nearest(word, beginnings) ?? `search:${found}`
  return scanner.fail(compared ? `a field: ${fieldNames.join(", ")}` : expectedTerm, meant, position)
}

const takeColon = (scanner: Scanner): boolean => {
  scanner.blanks()
  if (scanner.take(colon) === undefined) {
    scanner.fail("\":\"")
    return false
  }
  return true
}

const takePlace = (scanner: Scanner): Term | undefined => {
  const alone = scanner.take(/=/y) !== undefined
  scanner.blanks()
  const found = takeProject(scanner, "the name of a project, or inbox")
  return found !== undefined && alone ? { ...found, below: false } : found
}

const takeProject = (scanner: Scanner, expected: string): { readonly project: string | null } | undefined => {
  const name = takeName(scanner, expected)
  if (name === undefined) return undefined
  return { project: !name.quoted && name.text.toLowerCase() === inbox ? null : name.text }
}

const takeTag = (scanner: Scanner): Term | undefined => {
  const name = takeName(scanner, "the name of a tag")
  return name === undefined ? undefined : { tag: name.text }
}

const takeName = (scanner: Scanner, expected: string): Word | undefined => {
  const word = takeWord(scanner)
  const text = word?.text.trim()
  if (word === undefined || text === "") return scanner.fail(expected, undefined, word?.position)
  return { ...word, text: text! }
}

/** Words up to what joins terms, or a text in quotes. `not`, `and` and `or` are words of the language here, too. */
const takeSearch = (scanner: Scanner): Term | undefined => {
  scanner.blanks()
  const first = takeWord(scanner)
  if (first === undefined || first.quoted) return ofSearch(scanner, first)
  const words = [first.text]
  for (;;) {
    scanner.blanks()
    if (scanner.ended || scanner.sees(/[&|()"]|(?:and|or|not)(?![^\s&|()"])/iy) !== undefined) break
    words.push(takeWord(scanner)!.text)
  }
  return ofSearch(scanner, { ...first, text: words.join(" ") })
}

const ofSearch = (scanner: Scanner, word: Word | undefined): Term | undefined => {
  const words = word?.text.trim().split(/\s+/) ?? [""]
  if (words[0] === "") return scanner.fail("words to search for", undefined, word?.position)
  if (words.length > maxWords) return scanner.fail(`at most ${maxWords} words to search for`, undefined, word?.position)
  return { search: words.join(" ") }
}

const takeLacking = (scanner: Scanner): Term | undefined => {
  scanner.blanks()
  const position = scanner.at
  const word = scanner.take(keyword)?.toLowerCase() ?? ""
  const names = Object.keys(lacking)
  return names.includes(word)
    ? lacking[word]
    : scanner.fail(names.join(", "), nearest(word, names), word === "" ? undefined : position)
}

const takeUpcoming = (scanner: Scanner): Term | undefined => {
  const { at } = scanner
  scanner.blanks()
  const position = scanner.at
  const digits = scanner.take(/\d+/y)
  if (digits === undefined) {
    scanner.at = at
    return { upcoming: usualDays }
  }
  const days = Number(digits)
  if (!(days >= 1 && days <= maxDays)) return scanner.fail(`1 to ${maxDays} days`, undefined, position)
  scanner.blanks()
  if (scanner.take(/days?(?![^\s&|()"])/iy) === undefined) return scanner.fail("days", undefined, position)
  return { upcoming: days }
}
