import type { InvalidFilter } from "@todo/domain/filter/FilterProblems"
import type { InvalidRequest } from "@todo/domain/http/RequestProblems"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import type { ViewBroken, ViewNotFound } from "@todo/domain/views/ViewProblems"
import { Effect } from "effect"
import { Statements } from "../database/connections/Statements.ts"
import { type DoorError, onceThroughDoor, throughDoor } from "../database/Door.ts"
import { defaultLimit, invalidCursor, type Listing } from "../database/List.ts"
import { boundByDoor, type LongText, pageReader } from "../database/PageReader.ts"
import type { Row, Table } from "../database/Table.ts"
import { asking, placeOf } from "../dates/Asker.ts"
import { momentOf, type SpokenSettings, spokenSettings } from "../words/Speaker.ts"
import { amongDated } from "./DatedFirst.ts"
import { cursorAfter, keyName, placeIn } from "./ListCursor.ts"
import { amongNewest, isNewestFirst } from "./NewestFirst.ts"
import { afterSql, orderSql } from "./PlaceSql.ts"
import { notADay, readList, type TaskList, type TaskListQuery } from "./TaskList.ts"
import { views } from "./ViewOf.ts"

/** A page of a list. */
export interface PageQuery extends TaskListQuery {
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
}

/** Whether a list is asked for by a filter or in an order: others have statements that are prepared. */
export const isFiltered = ({ filter, sort, view }: TaskListQuery): boolean =>
  filter !== undefined || sort !== undefined || view !== undefined

/** A page, and how its filter was understood. */
export interface FilteredListing extends Listing {
  readonly explanation: TaskList["explanation"]
}

/** Makes what reads lists by filters: each statement comes once. */
export const filtered = Effect.fnUntraced(function*(table: Table, long: LongText) {
  const statements = yield* Statements

  const settingsOf = throughDoor<{ settings: SpokenSettings | null }>(
    statements,
    `SELECT ${spokenSettings} AS settings`
  )
  const withView = yield* views
  const understood = Effect.fnUntraced(function*(query: TaskListQuery) {
    const read = yield* readList(yield* withView(query))
    const who = yield* asking
    const set = read.dependsOnPlace ? (yield* settingsOf())[0]?.settings ?? null : null
    return yield* Effect.catchTag(
      read.asked(momentOf(who, set), placeOf(who, set)),
      "UnreadableDay",
      ({ word }) => notADay(word, query)
    )
  })

  const list = Effect.fnUntraced(function*(
    query: PageQuery
  ): Effect.fn.Return<
    FilteredListing,
    DoorError | InvalidRequest | InvalidFilter | ViewNotFound | ViewBroken,
    CurrentUser
  > {
    const { id: user } = yield* CurrentUser
    const who = yield* asking
    const { bind, explanation, indexed, isLong, isWide, name, order, states, trash, values, where } = yield* understood(
      query
    )
    const keys = order()
    const wanted = [user, query.completed ?? null, query.number ?? null, query.parentId ?? null, name]
    let from = where
    let sorted = keys
    let before: unknown
    if (query.cursor !== undefined) {
      const place = placeIn(query.cursor, wanted, keys)
      if (place === undefined) return yield* invalidCursor
      from += ` AND ${afterSql(keys, place, bind)}`
      before = place[0]
      // Where nothing has one any more, all are alike in it, and an index has the rest of the order.
      if (before === null) {
        from += ` AND ${keys[0]!.dates ?? keys[0]!.expression} IS NULL`
        sorted = keys.slice(1)
      }
    }
    const limit = query.limit ?? defaultLimit
    if (isWide && keys[0]!.dates !== undefined && before !== null) {
      from = amongDated({ where: from, keys, from: before as string | undefined, limit: `${limit + 1}`, states }, bind)
    } else if (isWide || isLong || trash || !isNewestFirst(keys)) {
      from += indexed()
    } else {
      const page = { where: from, from: before as number | undefined, limit: `${limit + 1}` }
      from = amongNewest({ ...page, indexed: indexed() }, bind)
    }
    const more = Object.fromEntries(keys.map(({ expression }, index) => [keyName(index), expression]))
    const page = { where: from, order: orderSql(sorted), bound: values.length, long, more }
    const read = pageReader(table, page, (text) => onceThroughDoor<Row>(statements, text, isLong))
    return {
      found: yield* read(...values, limit + 1),
      limit,
      json: (row) => table.json(row, who),
      cursorAfter: (row) => cursorAfter(wanted, keys.length, row),
      explanation
    }
  })

  /** What is not in the trash of a list, by a text that is made of its condition and the place of one value more. */
  const reading =
    <R extends object>(makeText: (from: string, next: string) => string) =>
    (query: TaskListQuery, more: ReadonlyArray<unknown>, also = "") =>
      Effect.flatMap(understood(query), ({ indexed, isLong, values, where }) => {
        const from = `FROM todo.${table.name} WHERE user_id = me.uid AND ${where}${indexed()}${also}`
        const text = makeText(from, `$${values.length + boundByDoor + 1}`)
        return onceThroughDoor<R>(statements, text, isLong)(...values, ...more)
      })
  const counting = reading<{ count: number }>((from) => `SELECT count(*)::integer AS count ${from}`)
  const naming = (more: string) =>
    reading<Row>((from, next) => `SELECT id, version${more} ${from} ORDER BY number DESC LIMIT ${next}`)
  const live = " AND trashed_at IS NULL"

  return {
    list,
    count: (query: TaskListQuery) => Effect.map(counting(query, []), ([answer]) => answer!.count),
    /** How many of them can be changed: what is in the trash cannot. */
    countLive: (query: TaskListQuery) => Effect.map(counting(query, [], live), ([answer]) => answer!.count),
    /** The ids and versions of these, so many at the most, and what else is named in SQL. */
    live: (query: TaskListQuery, most: number, more = "") => naming(more)(query, [most], live)
  }
})
