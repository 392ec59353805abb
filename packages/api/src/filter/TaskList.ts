import type { DateOnly } from "@todo/domain/dates/DateOnly"
import { type DateValue, expectedDate } from "@todo/domain/filter/DateValue"
import { fields } from "@todo/domain/filter/Field"
import type { FilterError } from "@todo/domain/filter/FilterError"
import { InvalidFilter } from "@todo/domain/filter/FilterProblems"
import { type FilterTree, isOfDays, looksIntoText, type Term, termsOf } from "@todo/domain/filter/FilterTree"
import { explain } from "@todo/domain/filter/Meaning"
import { parse, type Parsed } from "@todo/domain/filter/Parser"
import { print } from "@todo/domain/filter/Printer"
import { scopeOf } from "@todo/domain/filter/Scope"
import { parseSort, printSort, type SortKey } from "@todo/domain/filter/Sort"
import { ViewBroken } from "@todo/domain/views/ViewProblems"
import { datesOn, type DayReading, readDay } from "@todo/domain/words/Days"
import type { Moment } from "@todo/domain/words/Moment"
import { Data, Effect, Result } from "effect"
import { createHash } from "node:crypto"
import { boundByDoor } from "../database/PageReader.ts"
import { asking, placeOf } from "../dates/Asker.ts"
import { localDateOf, type Place } from "../dates/LocalDay.ts"
import type { At } from "../entity/Refusals.ts"
import type { Bind } from "./DateSql.ts"
import { filterSql } from "./FilterSql.ts"
import { indexedSql, isOf } from "./Indexed.ts"
import { unarchivedSql } from "./ProjectSql.ts"
import { dependsOnPlace as isPlaced, isSortable, type SortColumn, sortColumn } from "./SortColumns.ts"

/** Which tasks, and in which order. */
export interface TaskListQuery {
  readonly filter?: string | FilterTree | undefined
  readonly sort?: string | undefined
  /** The id of a view. */
  readonly view?: string | undefined
  readonly completed?: boolean | undefined
  readonly number?: number | undefined
  /** The id of the task that they are right below. */
  readonly parentId?: string | undefined
}

/** Whether a list is of tasks that its query names, as a project that is named is: they may be archived. */
export const namesTasks = ({ number, parentId }: Pick<TaskListQuery, "number" | "parentId">): boolean =>
  number !== undefined || parentId !== undefined

/** A key of an order, as the database has it. */
export interface OrderKey extends SortColumn {
  readonly descending: boolean
}

/** A list of tasks as the database is asked for it. */
export interface TaskList {
  /** The condition, beside that the tasks are the user's. */
  readonly where: string
  readonly values: ReadonlyArray<unknown>
  readonly bind: Bind
  /** The tasks' order, in which each has a place of its own: a list alone has it, and binds its values. */
  readonly order: () => ReadonlyArray<OrderKey>
  /** What of the condition indexes have, in SQL that is joined to it. */
  readonly indexed: () => string
  /** What tells the list from others. */
  readonly name: string
  /** Whether it looks at all that a user has. */
  readonly isLong: boolean
  /** Whether it is of much of what a user has: then an index of its order leads to a page sooner. */
  readonly isWide: boolean
  /** Whether it is of what is open, or of what is done: as indexes have it. */
  readonly states: ReadonlyArray<string>
  /** Whether what is in the trash may be in it. */
  readonly trash: boolean
  readonly explanation: { readonly filter: string; readonly tree: FilterTree; readonly meaning: string }
}

/** Words that are a day, but not as whoever asks says one. */
class UnreadableDay extends Data.TaggedError("UnreadableDay")<{ readonly word: DateValue }> {}

/** What a list is asked for by, as it was read. */
export interface ReadList {
  /** Whether it matters where whoever asks is. */
  readonly dependsOnPlace: boolean
  /** The list, as the database is asked for it. Fails with words that are no day as whoever asks says one. */
  readonly asked: (moment: Moment, place: Place) => Effect.Effect<TaskList, UnreadableDay>
}

/** Reads a filter that is a text. */
export const parsed = (text: string): Effect.Effect<Result.Result<Parsed, FilterError>> =>
  Effect.map(asking, ({ now }) => parse(text, datesOn(localDateOf(now, inUtc))))

const inUtc = placeOf({ timeZone: undefined }, null)

/** Reads a filter that is a tree: of its dates the schema knows the form alone. */
const checked = (tree: FilterTree): Effect.Effect<Result.Result<Parsed, FilterError>> =>
  datesIn(termsOf(tree)).length === 0 ? Effect.succeed(Result.succeed({ tree })) : parsed(print(tree))

const datesIn = (terms: ReadonlyArray<Term>): ReadonlyArray<DateValue> =>
  terms.flatMap((term) => "op" in term && fields[term.field] === "date" ? String(term.value) : [])

/** The days of the dates of a filter. */
const daysOf = (
  terms: ReadonlyArray<Term>,
  moment: Moment
): Result.Result<ReadonlyMap<DateValue, DayReading>, DateValue> => {
  const days = new Map<DateValue, DayReading>()
  for (const value of datesIn(terms)) {
    const day = readDay(value, moment)
    if (day === undefined) return Result.fail(value)
    days.set(value, day)
  }
  return Result.succeed(days)
}

/** Reads what a list is asked for by. Fails with the word that cannot be read. */
export const readList = Effect.fnUntraced(function*(
  { completed, filter, number, parentId, sort }: TaskListQuery
): Effect.fn.Return<ReadList, InvalidFilter> {
  const read = filter === undefined ? undefined : yield* typeof filter === "string" ? parsed(filter) : checked(filter)
  if (read !== undefined && Result.isFailure(read)) return yield* notRead("filter", read.failure)
  const tree = read?.success.tree
  const terms = tree === undefined ? [] : termsOf(tree)
  const order = sort === undefined ? Result.succeed(usualOrder(terms)) : parseSort(sort)
  if (Result.isFailure(order)) return yield* notRead("sort", order.failure)
  const foreign = order.success.find(({ key }) => !isSortable(key))
  if (foreign !== undefined) {
    const position = sort!.toLowerCase().indexOf(foreign.key)
    return yield* notRead("sort", { position, expected: "a key that tasks have" })
  }
  const text = tree === undefined ? "" : print(tree)
  const dependsOnPlace = terms.some(isOfDays) || order.success.some(({ key }) => isPlaced(key))
  return {
    dependsOnPlace,
    asked: (moment, place) => {
      const days = daysOf(terms, moment)
      if (Result.isFailure(days)) return Effect.fail(new UnreadableDay({ word: days.failure }))
      const dayOf = (value: DateValue) => days.success.get(value)!
      const asked = { now: moment.now, place, dayOf: (value: DateValue): DateOnly => dayOf(value).date }
      const values: Array<unknown> = []
      const bind = (value: unknown) => `$${values.push(value) + boundByDoor}`
      const scope = tree === undefined ? undefined : scopeOf(tree)
      const where = [
        scope === undefined ? "trashed_at IS NULL" : filterSql(scope, asked, bind),
        ...namesTasks({ number, parentId }) ? [] : [unarchivedSql(scope?.projects ?? [], bind)],
        ...completed === undefined ? [] : [`completed_at IS ${completed ? "NOT " : ""}NULL`],
        ...number === undefined ? [] : [`number = ${bind(number)}`],
        ...parentId === undefined ? [] : [`parent_id = ${bind(parentId)}`]
      ].join(" AND ")
      return Effect.succeed({
        where,
        values,
        bind,
        order: () =>
          withTies(order.success).map(({ descending, key }) => ({ ...sortColumn(key, tree, asked, bind), descending })),
        indexed: () => scope === undefined ? "" : indexedSql(scope.tree, bind),
        name: createHash("sha256")
          .update(JSON.stringify([text, printSort(order.success), ...dependsOnPlace ? [place] : []]))
          .digest("base64url").slice(0, 22),
        isLong: order.success.some(({ key }) => key === "title" || key === "relevance") || terms.some(looksIntoText),
        isWide: terms.every((term) => "is" in term && ["open", "done", "all"].includes(term.is)) &&
          number === undefined && parentId === undefined,
        states: statesOf(scope?.tree, completed),
        trash: scope?.trash === true,
        explanation: {
          filter: text,
          tree: tree ?? { is: "all" },
          meaning: explain(tree ?? { is: "all" }, dayOf)
        }
      })
    }
  }
})

/** Fails with the word of a filter or of an order that cannot be read. */
export const readable = (
  { filter, sort }: { readonly filter?: string | undefined; readonly sort?: string | null | undefined },
  at: At = {}
): Effect.Effect<void, InvalidFilter> =>
  Effect.gen(function*() {
    const read = filter === undefined ? undefined : yield* parsed(filter)
    if (read !== undefined && Result.isFailure(read)) return yield* notRead("filter", read.failure, at)
    const order = sort === undefined || sort === null ? undefined : parseSort(sort)
    if (order !== undefined && Result.isFailure(order)) return yield* notRead("sort", order.failure, at)
  })

/** The refusal of words that are no day as whoever asks says one: of the filter that was sent, or of a view's. */
export const notADay = (
  word: DateValue,
  { filter, view }: TaskListQuery
): Effect.Effect<never, InvalidFilter | ViewBroken> => {
  const sent = filter === undefined ? "" : typeof filter === "string" ? filter : print(filter)
  const position = sent.toLowerCase().indexOf(/^\S*/.exec(word)![0])
  return view !== undefined && position < 0
    ? Effect.fail(new ViewBroken({ detail: `By your settings there is no day that its filter calls ${word}`, word }))
    : notRead("filter", { position: Math.max(0, position), expected: expectedDate })
}

const [isOpen, isDone] = ["completed_at IS NULL", "completed_at IS NOT NULL"]

const statesOf = (tree: FilterTree | undefined, completed: boolean | undefined): ReadonlyArray<string> => {
  if (completed !== undefined) return [completed ? isDone : isOpen]
  if (tree !== undefined && isOf("open", tree)) return [isOpen]
  return tree !== undefined && isOf("done", tree) ? [isDone] : [isOpen, isDone]
}

/** The newest first, or what is searched for. */
const usualOrder = (terms: ReadonlyArray<Term>): ReadonlyArray<SortKey> => [
  ...terms.some((term) => "search" in term)
    ? [{ key: "relevance", descending: false } as const]
    : [],
  { key: "number", descending: true }
]

/** Up to the number, with which no two tasks are in one place. */
const withTies = (keys: ReadonlyArray<SortKey>): ReadonlyArray<SortKey> => {
  const last = keys.findIndex(({ key }) => key === "number")
  return last < 0 ? [...keys, { key: "number", descending: false }] : keys.slice(0, last + 1)
}

/** The refusal of a text that cannot be read. */
export const notRead = (
  parameter: "filter" | "sort",
  { didYouMean, expected, position }: FilterError,
  at: At = {}
) =>
  Effect.fail(
    new InvalidFilter({
      detail: `${parameter}, at ${position}: expected ${expected}${
        didYouMean === undefined ? "" : `; did you mean ${didYouMean}?`
      }`,
      parameter,
      position,
      expected,
      ...didYouMean === undefined ? {} : { didYouMean },
      ...at
    })
  )
