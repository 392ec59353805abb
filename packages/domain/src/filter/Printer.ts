import { fields, kinds, type Operator } from "./Field.ts"
import { canonical, type Comparison, type FilterTree, inbox, type State, type Term, usualDays } from "./FilterTree.ts"
import { quoted, written } from "./Words.ts"

/**
 * The text of a filter. Whoever reads it gets the same tree in its canonical form. Terms are written so that a shell leaves
 * them as they are, but for `*` and for names that need quotes.
 */
export const print = (tree: FilterTree): string => printed(canonical(tree))

const printed = (tree: FilterTree): string => {
  if ("or" in tree) return tree.or.map(printed).join(" or ")
  if ("and" in tree) return tree.and.map((part) => "or" in part ? `(${printed(part)})` : printed(part)).join(" and ")
  if ("not" in tree) {
    return `not ${"or" in tree.not || "and" in tree.not ? `(${printed(tree.not)})` : printed(tree.not)}`
  }
  return printTerm(tree)
}

const stateText = (state: State) => state === "untagged" ? "no tags" : state

/** The text of a term. */
export const printTerm = (term: Term): string => {
  if ("is" in term) return stateText(term.is)
  if ("upcoming" in term) return term.upcoming === usualDays ? "upcoming" : `upcoming ${term.upcoming} days`
  if ("project" in term) {
    return `in:${term.below === false ? "=" : ""}${term.project === null ? inbox : written(term.project, [inbox])}`
  }
  if ("tag" in term) return `@${printTag(term.tag)}`
  if ("search" in term) return `search:${printSearch(term.search)}`
  if ("has" in term) return `${term.field}:${term.has ? "any" : "none"}`
  return printComparison(term)
}

const printTag = (tag: string) => {
  const starless = tag.replaceAll("*", "x")
  return written(starless) === starless ? tag : quoted(tag)
}

const language = ["and", "or", "not"]

const printSearch = (text: string) =>
  text.split(" ").every((word) => written(word, language) === word) ? text : quoted(text)

const operators: Readonly<Record<Operator, string>> = {
  "=": "=",
  "!=": " != ",
  "<": " before ",
  "<=": " until ",
  ">": " after ",
  ">=": " from ",
  contains: ":"
}

const printComparison = ({ field, op, value }: Comparison): string => {
  if (field === "priority" && op === "=") return String(value)
  const sign = op === kinds[fields[field]].colon ? ":" : operators[op]
  return field + sign + (typeof value === "number" ? value : written(value, sign === ":" ? ["none", "any"] : []))
}
