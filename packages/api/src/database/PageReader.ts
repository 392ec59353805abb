import { maxPageBytes } from "@todo/domain/http/Page"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import type { DoorError } from "./Door.ts"
import type { Row, Table } from "./Table.ts"

/** A statement behind the door, with its own values. */
export type Read<R extends Row = Row> = (
  ...values: ReadonlyArray<unknown>
) => Effect.Effect<ReadonlyArray<R>, DoorError, CurrentUser>

/**
 * The columns that may be long, as texts or as JSON, and a text that is never empty. Who asks for such a list is sent as much
 * as a page may have.
 */
export interface LongText {
  readonly texts: ReadonlyArray<string>
  readonly never: string
}

/** What a page is of. */
export interface PageOf {
  /** The condition, beside that the things are the user's. */
  readonly where: string
  readonly order: string
  /** How many values the condition has. */
  readonly bound: number
  readonly long?: LongText | undefined
  /** What is read of a row beyond what is stored of it, by its name. */
  readonly more?: Readonly<Record<string, string>>
  /** Common table expressions that any of it names. */
  readonly with?: string | undefined
}

/** How many values the door has before those of the query. */
export const boundByDoor = 2

/**
 * Makes what reads a page: `through` makes its statements. A page is read in one statement without the texts that are
 * longer than their equal share of it, and says where there is one: a text that is never empty is. Only then it is read
 * again, with a sum of the lengths, which would cost PostgreSQL a fifth more for every list of 50 (docs/adr/0020). The
 * length of a long text is known without reading it, and that of JSON is not, which few things have.
 */
export const pageReader = <R extends Row = Row>(
  { name, reads, readsPacked, unpacked }: Pick<Table, "name" | "reads" | "readsPacked" | "unpacked">,
  { bound, long, more = {}, order, where, with: common }: PageOf,
  through: (text: string) => Read<R>
): Read<R> => {
  const limit = `$${boundByDoor + bound + 1}`
  const further = Object.entries(more).map(([name, expression]) => `${expression} AS ${name}`)
  const read = reads(name, "me.uid")
  const columns = read.map(([column, sql]) => `${sql} AS ${column}`)
  const begin = common === undefined ? "" : `WITH RECURSIVE ${common} `
  const page = (columns: ReadonlyArray<string>) =>
    `SELECT ${[...columns, ...further].join(", ")} FROM todo.${name} WHERE user_id = me.uid AND ${where}
      ORDER BY ${order} LIMIT ${limit}`
  if (long === undefined) return through(begin + page(columns))
  const { never, texts } = long
  const share = `$${boundByDoor + bound + 2}`
  const isTooLong = texts.map((text) => `octet_length(${text}::text) > ${share}`).join(" OR ")
  const short = through(
    begin + page(
      readsPacked(name, "me.uid", (column, sql) =>
        column === never || texts.includes(column)
          ? `CASE WHEN ${isTooLong} THEN ${column === never ? "''" : "NULL"} ELSE ${sql} END`
          : sql).map(([column, sql]) => `${sql} AS ${column}`)
    )
  )
  // The limit is inside: only the page is summed up, and PostgreSQL need not put all things in order.
  const octets = [...new Set([never, ...texts])].map((text) => `coalesce(octet_length(${text}::text), 0)`).join(" + ")
  const octetsBefore = `coalesce(
    sum(${octets}) OVER (ORDER BY nth_of_page ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0
  ) AS octets_before`
  const fitting = through(
    `${begin}SELECT ${[...read.map(([column]) => column), ...Object.keys(more)].join(", ")}
      FROM (SELECT *, ${octetsBefore} FROM (${
      page([...columns, `row_number() OVER (ORDER BY ${order}) AS nth_of_page`])
    }) page) page
      WHERE octets_before <= ${maxPageBytes} ORDER BY nth_of_page`
  )
  return (...values) =>
    Effect.flatMap(
      short(...values, Math.floor(maxPageBytes / (values.at(-1) as number))),
      (found) =>
        found.some((row) => row[never] === "")
          ? fitting(...values)
          : Effect.succeed(found.map((row) => unpacked(row) as R))
    )
}
