import { Effect, Schema } from "effect"
import { Text } from "../http/Text.ts"
import { fieldNames, fields, fieldsOf, type Kind, kinds } from "./Field.ts"
import { nearestIssue } from "./NearestIssue.ts"

/** What a task may be. `all` says nothing of it, but that done tasks are asked for, too. */
export const states = [
  "today",
  "tomorrow",
  "overdue",
  "repeating",
  "blocked",
  "ready",
  "subtask",
  "untagged",
  "open",
  "done",
  "all",
  "trash"
] as const
export type State = typeof states[number]

/** How many days `upcoming` is of where nobody says. */
export const usualDays = 7
/** How many it may be of. */
export const maxDays = 366

/** The name of what is no project: it has the tasks of none. */
export const inbox = "inbox"

const name = Text.check(Schema.isPattern(/^\S(?:.*\S)?$/su, { message: "Expected a name without blanks around it" }))

const comparison = <const K extends Kind>(kind: K) => {
  const { operators, value }: Pick<typeof kinds[K], "operators" | "value"> = kinds[kind]
  return Schema.Struct({
    field: Schema.Literals(fieldsOf(kind)).annotate({
      description: "What is compared.",
      examples: [fieldsOf(kind)[0]!]
    }),
    op: Schema.Literals(operators).annotate({ description: "How it is compared.", examples: ["="] }),
    value
  })
}

/** One thing that a filter asks of a task. */
export const Term = Schema.Union([
  Schema.Struct({ is: Schema.Literals(states).annotate({ description: "What it is." }) }),
  Schema.Struct({
    upcoming: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: maxDays })).annotate({
      description: "Due or starting on one of so many days, of which tomorrow is the first."
    })
  }),
  Schema.Struct({
    project: Schema.NullOr(name).annotate({ description: "The name of a project, or its path; null is the Inbox." }),
    below: Schema.optionalKey(Schema.Boolean).annotate({
      description: "Whether tasks of the projects below it are meant, too, as they are where nobody says."
    })
  }),
  Schema.Struct({ tag: name.annotate({ description: "The name of a tag; `*` is any text." }) }),
  Schema.Struct({
    search: Text.check(Schema.isPattern(/\S/)).annotate({ description: "Words that it has, all of them." })
  }),
  Schema.Struct({
    field: Schema.Literals(fieldNames).annotate({ description: "What it may have." }),
    has: Schema.Boolean.annotate({ description: "Whether it has one." })
  }),
  comparison("date"),
  comparison("number"),
  comparison("priority"),
  comparison("text"),
  comparison("key"),
  comparison("task")
])
export type Term = typeof Term.Type

/** A term that compares a field with a value. */
export type Comparison = Extract<Term, { readonly op: unknown }>

/** A filter as a tree: a term, or some joined. */
export type FilterTree =
  | Term
  | { readonly and: ReadonlyArray<FilterTree> }
  | { readonly or: ReadonlyArray<FilterTree> }
  | { readonly not: FilterTree }

const known = { identifier: "FilterTree", description: "A term, or some joined." }
const inside = Schema.suspend((): Schema.Codec<FilterTree> => AnyTree).annotate(known)
const some = Schema.Array(inside).check(Schema.isMinLength(1))

/** Any tree: what a filter may have beyond that is said by `Filter`. */
export const AnyTree: Schema.Codec<FilterTree> = Schema.Union([
  ...Term.members,
  Schema.Struct({ and: some.annotate({ description: "All of these." }) }),
  Schema.Struct({ or: some.annotate({ description: "Any of these." }) }),
  Schema.Struct({ not: inside })
]).annotate(known).pipe(
  Schema.catchDecoding((issue) => Effect.fail(nearestIssue(issue)))
)

/** All of these; written with what is in it, so that one tree has one form. */
export const allOf = (parts: ReadonlyArray<FilterTree>): FilterTree =>
  parts.length === 1 ? parts[0]! : { and: parts.flatMap((part) => "and" in part ? part.and : [part]) }

/** Any of these. */
export const anyOf = (parts: ReadonlyArray<FilterTree>): FilterTree =>
  parts.length === 1 ? parts[0]! : { or: parts.flatMap((part) => "or" in part ? part.or : [part]) }

/** The form that a parser makes of the tree's text: what joins one thing, or the same way as what it stands in, is gone. */
export const canonical = (tree: FilterTree): FilterTree => {
  if ("and" in tree) return allOf(tree.and.map(canonical))
  if ("or" in tree) return anyOf(tree.or.map(canonical))
  if ("not" in tree) return { not: canonical(tree.not) }
  if ("search" in tree) return { search: tree.search.trim().split(/\s+/).join(" ") }
  if ("project" in tree && tree.below === true) return { project: tree.project }
  return tree
}

/** The terms of a tree, in the order of its text. */
export const termsOf = (tree: FilterTree): ReadonlyArray<Term> => {
  if ("and" in tree) return tree.and.flatMap(termsOf)
  if ("or" in tree) return tree.or.flatMap(termsOf)
  return "not" in tree ? termsOf(tree.not) : [tree]
}

/** Whether it depends on the day, and on where whoever asks is, what a term lists. */
export const isOfDays = (term: Term): boolean =>
  "upcoming" in term
  || ("is" in term && ["today", "tomorrow", "overdue", "ready"].includes(term.is))
  || ("op" in term && fields[term.field] === "date")

/** Whether a term is compared with all the texts that its user has. */
export const looksIntoText = (term: Term): boolean =>
  "search" in term || ("op" in term && term.op === "contains") || ("tag" in term && term.tag.includes("*"))
