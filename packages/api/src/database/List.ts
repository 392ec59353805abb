import { maxPageBytes } from "@todo/domain/http/Page"
import { InvalidRequest } from "@todo/domain/http/RequestProblems"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import { Statements } from "./connections/Statements.ts"
import { type DoorError, throughDoor } from "./Door.ts"
import type { Row, Table } from "./Table.ts"

/** What a filter asks of a row; `bind` gives a value its place in the statement. */
type Filter<Value> = (value: Value, bind: (value: unknown) => string) => string

/** A list of things of a noun. */
export interface ListSpec<Filters> {
  /** By the names that the query has. Where a value makes another text there are few of them: each is a prepared statement. */
  readonly filters: { readonly [Name in keyof Filters]: Filter<Filters[Name]> }
  /** The column that puts the list in order, the greatest first; each value is there once. */
  readonly newest: string
  /**
   * The column of a text that may be long, and one that is never empty. Who asks for such a list is sent as much as a page
   * may have.
   */
  readonly long?: { readonly text: string; readonly never: string }
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

type Read = (...values: ReadonlyArray<unknown>) => Effect.Effect<ReadonlyArray<Row>, DoorError, CurrentUser>

/**
 * Makes a list: cursor and statement follow from its filters, so that none can be forgotten. Fails with `InvalidRequest`
 * when the cursor is of another user or of other filters.
 */
export const list = Effect.fnUntraced(function*<Filters>(table: Table, spec: ListSpec<Filters>) {
  const statements = yield* Statements
  const { newest } = spec
  const names = Object.keys(spec.filters) as unknown as ReadonlyArray<keyof Filters & string>
  const readers = new Map<string, Read>()

  return (query: ListQuery<Filters>): Effect.Effect<Listing, DoorError | InvalidRequest, CurrentUser> =>
    Effect.flatMap(CurrentUser, ({ id: user }): Effect.Effect<Listing, DoorError | InvalidRequest, CurrentUser> => {
      const values: Array<unknown> = []
      const bind = (value: unknown) => `$${values.push(value) + boundByDoor}`
      const wanted: Array<unknown> = [user]
      let where = ""
      for (const name of names) {
        const value = query[name]
        wanted.push(value ?? null)
        if (value !== undefined) where += ` AND ${spec.filters[name](value as Filters[keyof Filters & string], bind)}`
      }
      if (query.cursor !== undefined) {
        const after = readCursor(query.cursor, wanted)
        if (after === undefined) return invalidCursor
        where += ` AND ${newest} < ${bind(after)}`
      }
      const limit = query.limit ?? defaultLimit
      let read = readers.get(where)
      if (read === undefined) readers.set(where, read = reader(statements, table, spec, where, values.length))
      return Effect.map(read(...values, limit + 1), (found) => ({
        found,
        limit,
        json: table.json,
        cursorAfter: (row) => makeCursor(wanted, row[newest])
      }))
    })
})

/** How many values the door has before those of the query. */
const boundByDoor = 2

/*
 * A page is read in one statement without the texts that are longer than their equal share of it, and says where there
 * is one: a text that is never empty is. Only then it is read again, with a sum of the lengths, which would cost
 * PostgreSQL a fifth more for every list of 50 (docs/adr/0020). The length of a long text is known without reading it.
 */
const reader = <Filters>(
  statements: Statements["Service"],
  { columns, name }: Table,
  { long, newest }: ListSpec<Filters>,
  where: string,
  bound: number
): Read => {
  const limit = `$${boundByDoor + bound + 1}`
  const page = (columns: ReadonlyArray<string>) =>
    `SELECT ${columns.join(", ")} FROM todo.${name} WHERE user_id = me.uid AND trashed_at IS NULL${where}
      ORDER BY ${newest} DESC LIMIT ${limit}`
  if (long === undefined) return throughDoor<Row, ReadonlyArray<unknown>>(statements, page(columns))
  const share = `$${boundByDoor + bound + 2}`
  const unlessTooLong = (column: string, otherwise: string) =>
    `CASE WHEN octet_length(${long.text}) > ${share} THEN ${otherwise} ELSE ${column} END AS ${column}`
  const short = throughDoor<Row, ReadonlyArray<unknown>>(
    statements,
    page(columns.map((column) =>
      column === long.text
        ? unlessTooLong(column, "NULL")
        : column === long.never
        ? unlessTooLong(column, "''")
        : column
    ))
  )
  // The limit is inside: only the page is summed up, and PostgreSQL need not put all things in order.
  const octetsBefore = `coalesce(
    sum(octet_length(${long.never}) + coalesce(octet_length(${long.text}), 0))
      OVER (ORDER BY ${newest} DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0
  ) AS octets_before`
  const fitting = throughDoor<Row, ReadonlyArray<unknown>>(
    statements,
    `SELECT ${columns.join(", ")} FROM (SELECT *, ${octetsBefore} FROM (${page(columns)}) page) page
      WHERE octets_before <= ${maxPageBytes} ORDER BY ${newest} DESC`
  )
  return (...values) =>
    Effect.filterOrElse(
      short(...values, Math.floor(maxPageBytes / (values.at(-1) as number))),
      (found) => !found.some((row) => row[long.never] === ""),
      () => fitting(...values)
    )
}

/** A cursor of whom, and of what list, that leads behind a place. */
export const makeCursor = (wanted: ReadonlyArray<unknown>, after: unknown) =>
  Buffer.from(JSON.stringify([...wanted, after])).toString("base64url")

/** The place that a cursor names; undefined where it is not one of this list. */
export const readCursor = (cursor: string, wanted: ReadonlyArray<unknown>): number | string | undefined => {
  const [written, after] = lastOf(Buffer.from(cursor, "base64url").toString())
  if (written !== JSON.stringify(wanted).slice(0, -1)) return undefined
  return after !== undefined && /^[1-9]\d{0,9}$/.test(after) && Number(after) <= greatest ? Number(after) : undefined
}

/** The greatest that an integer holds. */
const greatest = 2_147_483_647

/** What is before the last comma, and what is between it and the bracket at the end. */
const lastOf = (text: string): [string?, string?] => {
  const comma = text.lastIndexOf(",")
  return comma === -1 || !text.endsWith("]") ? [] : [text.slice(0, comma), text.slice(comma + 1, -1)]
}

/** The cursor is not one of the list. */
export const invalidCursor: Effect.Effect<never, InvalidRequest> = Effect.fail(
  new InvalidRequest({
    detail: "The cursor is not one of this list",
    errors: [{ path: ["query", "cursor"], message: "Expected the nextCursor of a page of the same list" }]
  })
)
