import type { Field, Operator } from "@todo/domain/filter/Field"
import type { State } from "@todo/domain/filter/FilterTree"
import { folded } from "@todo/domain/filter/Search"
import { spanOfDay } from "../dates/LocalDay.ts"
import { isBlocked } from "../trees/state.sql.ts"
import { among } from "./Among.ts"
import { type Asked, type Bind, comparedWithDay, isLate, isReached, onDays } from "./DateSql.ts"
import { contains, foldedText } from "./FoldedText.ts"
import { unarchived } from "./ProjectSql.ts"
import { taggedBy } from "./TagSql.ts"

/** How a field is asked for: the column, and the comparison of a value with it, false or null where it is absent. */
interface Column {
  readonly column: string
  readonly compare: (op: Operator, value: string | number, bind: Bind, asked: Asked) => string
}

const plain = (column: string): Column => ({
  column,
  compare: (op, value, bind) => `${column} ${op === "!=" ? "<>" : op} ${bind(value)}`
})

const text = (column: string): Column => ({
  column,
  compare: (op, value, bind, asked) =>
    op === "contains"
      ? contains(foldedText(column), folded(String(value)), bind)
      : plain(column).compare(op, value, bind, asked)
})

/** The last instant that has a year of four digits; PostgreSQL reads no later one as `Date` writes it. */
const last = Date.parse("9999-12-31T23:59:59.999Z")
const instantText = (instant: number) => instant > last ? "infinity" : new Date(instant).toISOString()

/** A column of instants, which is compared by the user's days. */
const instant = (column: string): Column => ({
  column,
  compare: (op, value, bind, asked) => {
    const span = spanOfDay(asked.dayOf(String(value)), asked.place)
    const from = () => bind(instantText(span.from))
    const to = () => bind(instantText(span.to))
    switch (op) {
      case "<":
        return `${column} < ${from()}`
      case "<=":
        return `${column} < ${to()}`
      case ">":
        return `${column} >= ${to()}`
      case ">=":
        return `${column} >= ${from()}`
      case "!=":
        return `(${column} < ${from()} OR ${column} >= ${to()})`
      default:
        return `(${column} >= ${from()} AND ${column} < ${to()})`
    }
  }
})

/** A column of the keys of dates, which are compared by the user's days, too. */
const date = (column: string): Column => ({
  column,
  compare: (op, value, bind, asked) => comparedWithDay(column, op, asked.dayOf(String(value)), asked, bind)
})

/** The id of another task, which is named by its number or its id. */
const reference = (column: string): Column => ({
  column,
  compare: (op, value, bind) => {
    const named = typeof value === "number"
      ? `(SELECT t.id FROM todo.tasks t WHERE t.user_id = me.uid AND t.number = ${bind(value)})`
      : `${bind(value)}::uuid`
    return op === "!=" ? `(${column} IS NOT NULL AND ${column} IS DISTINCT FROM ${named})` : `${column} = ${named}`
  }
})

/** The fields that tasks have in the database: a new one is a line here. */
export const columns: Readonly<Record<Field, Column>> = {
  start: date("start_key"),
  due: date("due_key"),
  created: instant("created_at"),
  changed: instant("updated_at"),
  completed: instant("completed_at"),
  number: plain("number"),
  title: text("title"),
  description: text("description"),
  priority: plain("priority"),
  parent: reference("parent_id"),
  external: plain("external_id")
}

/** What tasks may be in the database. */
export const conditions: Readonly<Record<State, (asked: Asked, bind: Bind) => string>> = {
  today: (asked, bind) => onDays(0, 1, asked, bind),
  tomorrow: (asked, bind) => onDays(1, 1, asked, bind),
  overdue: isLate,
  repeating: () => "repeat IS NOT NULL",
  blocked: () => isBlocked("tasks", "me.uid"),
  ready: (asked, bind) =>
    `(completed_at IS NULL AND trashed_at IS NULL AND ${isReached(asked, bind)} AND NOT ${
      isBlocked("tasks", "me.uid")
    } AND ${unarchived})`,
  subtask: () => "parent_id IS NOT NULL",
  open: () => "completed_at IS NULL",
  done: () => "completed_at IS NOT NULL",
  all: () => "true",
  trash: () => "trashed_at IS NOT NULL",
  untagged: () => "tags IS NULL"
}

/**
 * What a search looks into: whether a folded word is in there, in SQL. What is in a table of its own is asked for once, and
 * not task by task: `id IN (SELECT task_id …)`.
 */
export const searched: ReadonlyArray<(word: string, bind: Bind) => string> = [
  (word, bind) => contains(foldedText("title"), word, bind),
  (word, bind) => contains(foldedText("description"), word, bind),
  (word, bind) =>
    among(
      "id",
      `SELECT c.task_id FROM todo.comments c WHERE c.user_id = me.uid AND ${contains("c.text_folded", word, bind)}`
    ),
  (word, bind) => among("number", taggedBy(contains("todo.folded(g.name)", word, bind)))
]
