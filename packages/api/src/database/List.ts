import { InvalidRequest } from "@todo/domain/http/RequestProblems"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import { asking } from "../dates/Asker.ts"
import { Statements } from "./connections/Statements.ts"
import { type DoorError, throughDoor } from "./Door.ts"
import { boundByDoor, type LongText, pageReader, type Read } from "./PageReader.ts"
import type { Kind, Row, Table } from "./Table.ts"

/** What a filter asks of a row; `bind` gives a value its place in the statement. */
type Filter<Value> = (value: Value, bind: (value: unknown) => string) => string

/** A list of things of a noun. */
export interface ListSpec<Filters> {
  /** By the names that the query has. Where a value makes another text there are few of them: each is a prepared statement. */
  readonly filters: { readonly [Name in keyof Filters]: Filter<Filters[Name]> }
  /** Which things it is of, as SQL has it; by what a query asks for, where that makes a difference. */
  readonly of: string | ((query: { readonly [Name in keyof Filters]?: Filters[Name] | undefined }) => string)
  /** The columns that put the list in order, the greatest first: of times, whole numbers and ids; together each is there once. */
  readonly newest: ReadonlyArray<string>
  readonly long?: LongText
}

/** Which things, how many, and from where on. */
export type ListQuery<Filters> = { readonly [Name in keyof Filters]?: Filters[Name] | undefined } & {
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
}

/** Things for a page, of which it has as many as it has room for. */
export interface Listing<R = Row> {
  /** Where there are more than the page may have, one more at least. */
  readonly found: ReadonlyArray<R>
  readonly limit: number
  readonly json: (row: R) => string
  /** Where the next page begins when this one ends with the row. */
  readonly cursorAfter: (row: R) => string
}

/** How many a page has where nobody says. */
export const defaultLimit = 50

/** What a query asks for by its filters: as SQL, as the values that go with it, and as a cursor names it. */
const conditions = <Filters>({ filters }: ListSpec<Filters>, query: ListQuery<Filters>, user: string) => {
  const values: Array<unknown> = []
  const bind = (value: unknown) => `$${values.push(value) + boundByDoor}`
  const wanted: Array<unknown> = [user]
  let where = ""
  for (const name of Object.keys(filters) as Array<keyof Filters & string>) {
    const value = query[name]
    wanted.push(value ?? null)
    if (value !== undefined) where += ` AND ${filters[name](value as Filters[keyof Filters & string], bind)}`
  }
  return { bind, values, wanted, where }
}

/**
 * Makes a list: cursor and statement follow from its filters, so that none can be forgotten. Fails with `InvalidRequest`
 * when the cursor is of another user or of other filters.
 */
export const list = Effect.fnUntraced(function*<Filters>(table: Table, spec: ListSpec<Filters>) {
  const statements = yield* Statements
  const { newest } = spec
  const kinds = newest.map((column) => table.members.find((member) => member.column === column)!.kind)
  const key = newest.length === 1 ? newest[0]! : `(${newest.join(", ")})`
  const order = newest.map((column) => `${column} DESC`).join(", ")
  const readers = new Map<string, Read>()

  return (query: ListQuery<Filters>): Effect.Effect<Listing, DoorError | InvalidRequest, CurrentUser> =>
    Effect.flatMap(CurrentUser, ({ id: user }): Effect.Effect<Listing, DoorError | InvalidRequest, CurrentUser> => {
      const { bind, values, wanted, where: filtered } = conditions(spec, query, user)
      let where = filtered
      if (query.cursor !== undefined) {
        const after = readCursor(query.cursor, wanted, kinds)
        if (after === undefined) return invalidCursor
        const place = after.map(bind)
        where += ` AND ${key} < ${place.length === 1 ? place[0] : `(${place.join(", ")})`}`
      }
      const limit = query.limit ?? defaultLimit
      let read = readers.get(where)
      if (read === undefined) {
        const page = {
          order,
          where: `${typeof spec.of === "string" ? spec.of : spec.of(query)}${where}`,
          bound: values.length,
          long: spec.long
        }
        readers.set(where, read = pageReader(table, page, (text) => throughDoor(statements, text)))
      }
      return Effect.zipWith(read(...values, limit + 1), asking, (found, who) => ({
        found,
        limit,
        json: (row) => table.json(row, who),
        cursorAfter: (row) => makeCursor(wanted, newest.map((column) => row[column]))
      }))
    })
})

/** A cursor of whom, and of what list, that leads behind a place. */
export const makeCursor = (wanted: ReadonlyArray<unknown>, after: ReadonlyArray<unknown>) =>
  Buffer.from(JSON.stringify([...wanted, ...after])).toString("base64url")

/** The place that a cursor names, as values of columns of these kinds; undefined where it is not one of this list. */
export const readCursor = (
  cursor: string,
  wanted: ReadonlyArray<unknown>,
  kinds: ReadonlyArray<Kind>
): ReadonlyArray<unknown> | undefined => {
  const text = Buffer.from(cursor, "base64url").toString()
  const begin = JSON.stringify(wanted).slice(0, -1) + ","
  if (!text.startsWith(begin) || !text.endsWith("]")) return undefined
  const written = text.slice(begin.length, -1).split(",")
  const after = kinds.map((kind, index) => valueOf(kind, written[index] ?? ""))
  return written.length === kinds.length && !after.includes(undefined) ? after : undefined
}

/** The value that JSON is of, if a column of this kind may have it. */
const valueOf = (kind: Kind, text: string): number | string | undefined => {
  if (kind === "integer") return /^[1-9]\d{0,9}$/.test(text) && Number(text) <= greatest ? Number(text) : undefined
  if (kind === "uuid") {
    return /^"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"$/.test(text)
      ? text.slice(1, -1)
      : undefined
  }
  const time = new Date(text.slice(1, -1))
  return time.valueOf() >= 0 && text.length === longestTime && JSON.stringify(time) === text
    ? time.toISOString()
    : undefined
}

/** The greatest that an integer holds. */
const greatest = 2_147_483_647
/** How long times are in JSON until the year 10,000. */
const longestTime = 26

/** The cursor is not one of the list. */
export const invalidCursor: Effect.Effect<never, InvalidRequest> = Effect.fail(
  new InvalidRequest({
    detail: "The cursor is not one of this list",
    errors: [{ path: ["query", "cursor"], message: "Expected the nextCursor of a page of the same list" }]
  })
)
