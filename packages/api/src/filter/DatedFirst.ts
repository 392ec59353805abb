import { dateOf } from "@todo/domain/dates/CivilDate"
import type { Bind } from "./DateSql.ts"
import { orderSql } from "./PlaceSql.ts"
import type { OrderKey } from "./TaskList.ts"

/** How many days what is due on one day may be before what is due on another by their instants, whatever their zones are. */
const slack = 3

/** A page of a list by date that is to be found. */
interface Wanted {
  /** The condition of the list, and where the page begins. */
  readonly where: string
  readonly keys: ReadonlyArray<OrderKey>
  /** The instant of the row before the page; undefined where it is the first. */
  readonly from: string | undefined
  readonly limit: string
  /** The conditions of the indexes, of which a list is of one or of both. */
  readonly states: ReadonlyArray<string>
}

/** What is due all day long, at a time that floats, and at one that is fixed. */
const kinds = ["d", "f", "z"]

/**
 * The condition of the tasks among which a page of a list by date is, so that not all that there are have to be put in
 * order. Of each kind of dates an index has them by their keys, from where the page begins on until there are as many as
 * it may have, and on through the days whose instants may be before the last of those. What has no date is last.
 */
export const amongDated = ({ from, keys, limit, states, where }: Wanted, bind: Bind): string => {
  const [{ dates, descending }, ...others] = keys as [OrderKey & { readonly dates: string }, ...Array<OrderKey>]
  const listed = `FROM todo.tasks WHERE user_id = me.uid AND ${where}`
  const begin = from === undefined ? "" : dayText(Date.parse(from), descending ? slack : -slack)
  const ofKind = (kind: string, state: string) => {
    const all = `${listed} AND ${state}`
    const begun = descending
      ? `${dates} < ${bind(begin === "" ? `${kind}~` : `${kind}${begin}`)} AND ${dates} >= '${kind}'`
      : `${dates} >= ${bind(kind + begin)} AND ${dates} < '${kind}~'`
    const end = `(SELECT ${lastDay(dates, descending)} ${all} AND ${begun}
        ORDER BY ${dates} ${descending ? "DESC" : "ASC"} OFFSET ${limit} - 1 LIMIT 1)`
    // As a value of its own: of what is computed beside a row, row-level security lets no index be asked.
    return `SELECT number ${all} AND ${begun}
      AND ${dates} ${descending ? ">=" : "<"} (SELECT '${kind}' || coalesce(${end}, '${descending ? "" : "~"}'))`
  }
  return `trashed_at IS NULL AND number = ANY (ARRAY(
    WITH dated AS MATERIALIZED (${
    kinds.flatMap((kind) => states.map((state) => ofKind(kind, state))).join(" UNION ALL ")
  })
    SELECT number FROM dated UNION ALL (
      SELECT number ${listed} AND ${dates} IS NULL AND (SELECT count(*) FROM dated) < ${limit}
        ORDER BY ${orderSql(others)} LIMIT ${limit}
    )))`
}

/** The last day that a page may have dates of, by one of them; nothing beyond the days that there are. */
const lastDay = (dates: string, descending: boolean) =>
  descending
    ? `(substr(${dates}, 2, 10)::date - ${slack})::text`
    : `CASE WHEN substr(${dates}, 2, 4) = '9999' THEN '~' ELSE (substr(${dates}, 2, 10)::date + ${slack})::text END`

const dayText = (instant: number, days: number) => {
  const day = Math.floor(instant / 86_400_000) + days
  return day < 0 ? "" : day > Date.UTC(9999, 11, 31) / 86_400_000 ? "~" : dateOf(day)
}
