import { maxPageBytes } from "@todo/domain/http/Page"
import { InvalidRequest } from "@todo/domain/http/RequestProblems"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import { Statements } from "./connections/Statements.ts"
import { type DoorError, throughDoor } from "./Door.ts"
import type { Kind, Row, Table } from "./Table.ts"

/** What a filter asks of a row; `bind` gives a value its place in the statement. */
type Filter<Value> = (value: Value, bind: (value: unknown) => string) => string

/** A list of things of a noun. */
export interface ListSpec<Filters> {
  /** By the names that the query has. Where a value makes another text there are few of them: each is a prepared statement. */
  readonly filters: { readonly [Name in keyof Filters]: Filter<Filters[Name]> }
  /** Which things it is of, as SQL has it. */
  readonly of: string
  /** The columns that put the list in order, the greatest first: of times and whole numbers; together each is there once. */
  readonly newest: ReadonlyArray<string>
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
      if (read === undefined) readers.set(where, read = reader(statements, table, spec, where, values.length))
      return Effect.map(read(...values, limit + 1), (found) => ({
        found,
        limit,
        json: table.json,
        cursorAfter: (row) => makeCursor(wanted, newest.map((column) => row[column]))
      }))
    })
})

/** All that a list has, beyond its pages. */
export interface Listed<Filters> {
  /** How many things there are. */
  count(query: ListQuery<Filters>): Effect.Effect<number, DoorError, CurrentUser>
  /** The ids and the versions of so many at the most. */
  versions(query: ListQuery<Filters>, most: number): Effect.Effect<
    ReadonlyArray<readonly [id: string, version: number]>,
    DoorError,
    CurrentUser
  >
}

/** Makes what tells all that a list has, by the same filters. */
export const listed = Effect.fnUntraced(function*<Filters>(
  { name }: Table,
  spec: ListSpec<Filters>
): Effect.fn.Return<Listed<Filters>, never, Statements> {
  const statements = yield* Statements
  const reading = <R extends object>(makeText: (where: string, next: string) => string) => {
    const readers = new Map<
      string,
      (...values: ReadonlyArray<unknown>) => Effect.Effect<ReadonlyArray<R>, DoorError, CurrentUser>
    >()
    return (query: ListQuery<Filters>, more: ReadonlyArray<unknown>) =>
      Effect.flatMap(CurrentUser, ({ id }) => {
        const { values, where } = conditions(spec, query, id)
        let read = readers.get(where)
        if (read === undefined) {
          const text = makeText(
            `FROM todo.${name} WHERE user_id = me.uid AND ${spec.of}${where}`,
            `$${values.length + boundByDoor + 1}`
          )
          readers.set(where, read = throughDoor<R, ReadonlyArray<unknown>>(statements, text))
        }
        return read(...values, ...more)
      })
  }
  const order = spec.newest.map((column) => `${column} DESC`).join(", ")
  const counting = reading<{ count: number }>((from) => `SELECT count(*)::integer AS count ${from}`)
  const naming = reading<Row>((from, next) => `SELECT id, version ${from} ORDER BY ${order} LIMIT ${next}`)
  return {
    count: (query) => Effect.map(counting(query, []), ([answer]) => answer!.count),
    versions: (query, most) =>
      Effect.map(naming(query, [most]), (rows) => rows.map(({ id, version }) => [id, version] as const))
  }
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
  { long, newest, of }: ListSpec<Filters>,
  where: string,
  bound: number
): Read => {
  const limit = `$${boundByDoor + bound + 1}`
  const order = newest.map((column) => `${column} DESC`).join(", ")
  const page = (columns: ReadonlyArray<string>) =>
    `SELECT ${columns.join(", ")} FROM todo.${name} WHERE user_id = me.uid AND ${of}${where}
      ORDER BY ${order} LIMIT ${limit}`
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
      OVER (ORDER BY ${order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0
  ) AS octets_before`
  const fitting = throughDoor<Row, ReadonlyArray<unknown>>(
    statements,
    `SELECT ${columns.join(", ")} FROM (SELECT *, ${octetsBefore} FROM (${page(columns)}) page) page
      WHERE octets_before <= ${maxPageBytes} ORDER BY ${order}`
  )
  return (...values) =>
    Effect.filterOrElse(
      short(...values, Math.floor(maxPageBytes / (values.at(-1) as number))),
      (found) => !found.some((row) => row[long.never] === ""),
      () => fitting(...values)
    )
}

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
