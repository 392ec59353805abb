import type { Row } from "../database/Table.ts"
import type { SortColumn } from "./SortColumns.ts"

/** A value of a sort key, as a cursor has it. */
type Value = string | number | null

/** The names under which a page reads its keys. */
export const keyName = (index: number) => `key_${index}`

/** A cursor of whom and of what list, that leads behind a row. */
export const cursorAfter = (wanted: ReadonlyArray<unknown>, keys: number, row: Row): string =>
  Buffer.from(JSON.stringify([...wanted, ...Array.from({ length: keys }, (_, index) => row[keyName(index)])]))
    .toString("base64url")

/** The place that a cursor names: a value for each column, which the column may have; undefined where it is not of this list. */
export const placeIn = (
  cursor: string,
  wanted: ReadonlyArray<unknown>,
  columns: ReadonlyArray<SortColumn>
): ReadonlyArray<Value> | undefined => {
  const read = parsed(Buffer.from(cursor, "base64url").toString())
  if (!Array.isArray(read) || read.length !== wanted.length + columns.length) return undefined
  if (JSON.stringify(read.slice(0, wanted.length)) !== JSON.stringify(wanted)) return undefined
  const place: ReadonlyArray<unknown> = read.slice(wanted.length)
  return columns.every(({ kind, mayBeNull }, index) => place[index] === null ? mayBeNull : fits(kind, place[index])) ?
    place as ReadonlyArray<Value> :
    undefined
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const fits = (kind: SortColumn["kind"], value: unknown): boolean => {
  if (kind === "integer") return Number.isInteger(value) && Math.abs(value as number) <= greatest
  if (typeof value !== "string") return false
  return kind === "timestamptz(3)" ? isInstant(value) : value.isWellFormed() && !value.includes("\u0000")
}

/** The greatest that an integer holds. */
const greatest = 2_147_483_647

/** Of a date that begins before 1970 does in UTC. */
const earliest = -86_400_000

const isInstant = (text: string) => {
  const time = new Date(text)
  return time.valueOf() >= earliest && text.length === "2026-10-01T09:30:00.000Z".length && time.toISOString() === text
}
