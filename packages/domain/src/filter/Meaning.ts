import type { DateOnly } from "../dates/DateOnly.ts"
import type { DateValue } from "./DateValue.ts"
import type { Field, FieldOf, Operator } from "./Field.ts"
import type { Comparison, FilterTree, State, Term } from "./FilterTree.ts"
import { scopeOf } from "./Scope.ts"
import { searchWords } from "./Search.ts"

/** The day that a date of a filter is, and the other one that it may be. */
export type DayOf = (value: DateValue) => { readonly date: DateOnly; readonly other: DateOnly | undefined }

/** What a filter means, in words: what it says, and what it implies. */
export const explain = (tree: FilterTree, dayOf: DayOf): string => {
  const { projects, trash, tree: whole } = scopeOf(tree)
  const leftOut = [...trash ? [] : ["the trash"], `archived projects${others(projects)}`]
  return `Tasks: ${meaning(whole, dayOf)}. Without ${leftOut.join(" and ")}.`
}

const others = (names: ReadonlyArray<string>) => names.length === 0 ? "" : ` other than ${names.join(", ")}`

const meaning = (tree: FilterTree, dayOf: DayOf): string => {
  const inner = (part: FilterTree) => "and" in part || "or" in part ? `(${meaning(part, dayOf)})` : meaning(part, dayOf)
  if ("and" in tree) return tree.and.map(inner).join(", and ")
  if ("or" in tree) return tree.or.map(inner).join(", or ")
  return "not" in tree ? `not ${inner(tree.not)}` : ofTerm(tree, dayOf)
}

const ofState: Readonly<Record<State, string>> = {
  today: "due or starting today",
  tomorrow: "due or starting tomorrow",
  overdue: "overdue",
  repeating: "repeating",
  blocked: "blocked",
  ready: "ready",
  subtask: "part of another task",
  untagged: "without tags",
  open: "open",
  done: "done",
  all: "open or done",
  trash: "in the trash"
}

const ofTerm = (term: Term, dayOf: DayOf): string => {
  if ("is" in term) return ofState[term.is]
  if ("upcoming" in term) return `due or starting within ${term.upcoming} days from tomorrow on`
  if ("project" in term) {
    return term.project === null
      ? "in the Inbox"
      : `in ${term.project}${term.below === false ? " itself" : " or below it"}`
  }
  if ("tag" in term) return `tagged ${term.tag.includes("*") ? "like " : ""}${term.tag}`
  if ("search" in term) return `with ${searchWords(term.search).map(inQuotes).join(" and ")}`
  if ("has" in term) return `${term.has ? "with" : "without"} ${nouns[term.field]}`
  return ofComparison(term, dayOf)
}

const inQuotes = (text: string) => `“${text}”`

const nouns: Readonly<Record<Field, string>> = {
  start: "a start",
  due: "a due date",
  created: "a time of creation",
  changed: "a time of change",
  completed: "a time of completion",
  number: "a number",
  title: "a title",
  description: "a description",
  priority: "a priority",
  parent: "a parent",
  external: "an external id"
}

const verbs: Readonly<Record<FieldOf<"date">, string>> = {
  start: "starting",
  due: "due",
  created: "made",
  changed: "last changed",
  completed: "done"
}

const when: Readonly<Record<Operator, string>> = {
  "=": "on",
  "!=": "on another day than",
  "<": "before",
  "<=": "until",
  ">": "after",
  ">=": "from",
  contains: "in"
}

const howMuch: Readonly<Record<Operator, string>> = {
  ...when,
  "=": "the number",
  "!=": "another number than",
  "<": "a number less than",
  "<=": "a number up to",
  ">": "a number greater than",
  ">=": "a number from"
}

const ofComparison = (term: Comparison, dayOf: DayOf): string => {
  const other = term.op === "!="
  switch (term.field) {
    case "number":
      return `with ${howMuch[term.op]} ${term.value}`
    case "priority":
      return `with ${other ? "another priority than" : "the priority"} ${term.value}`
    case "title":
    case "description":
      return term.op === "contains"
        ? `with ${inQuotes(term.value)} in the ${term.field}`
        : `with ${other ? `another ${term.field} than` : `the ${term.field}`} ${inQuotes(term.value)}`
    case "external":
      return `with ${other ? "another external id than" : "the external id"} ${term.value}`
    case "parent":
      return `part of ${other ? "another task than" : "task"} ${term.value}`
    default:
      return `${verbs[term.field]} ${when[term.op]} ${dated(term.value, dayOf)}`
  }
}

const dated = (value: DateValue, dayOf: DayOf) => {
  const { date, other } = dayOf(value)
  return value === date ? value : `${value} (${date}${other === undefined ? "" : `, not ${other}`})`
}
