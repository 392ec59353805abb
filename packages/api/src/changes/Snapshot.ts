import { maxPageBytes } from "@todo/domain/http/Page"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import type { Statements } from "../database/connections/Statements.ts"
import { type DoorError, followThroughDoor, type Shown } from "../database/Door.ts"
import { thingOf } from "../database/functions/entity.sql.ts"
import type { Table } from "../database/Table.ts"

/** A thing as it is stored, as JSON. */
export interface Stored {
  readonly id: string
  readonly now: string
}

/** Things of a noun that have not changed since an operation. */
export interface Things {
  /** The last operation that the user has. */
  readonly last: number
  readonly things: ReadonlyArray<Stored>
  /** How many there are, up to the limit: where they are too long together it is more than there are of them. */
  readonly found: number
}

type Row = Shown & { readonly last: number; readonly found: number | null } & (Stored | { readonly id: null })

/*
 * Without an operation it is the last of this moment, which is that of the things, too. The order is that of the primary
 * key: a row's place in the order of operations stands in no index.
 */
const query = ({ name }: Table) =>
  `SELECT k.seq::float8 AS last, true AS shows, found.* FROM todo.counters k
    LEFT JOIN LATERAL (
      SELECT * FROM (
        SELECT p.*, count(*) OVER ()::integer AS found, coalesce(sum(octet_length(p.now)) OVER (
            ORDER BY p.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
          ), 0) AS octets_before
        FROM (
          SELECT t.id, (${thingOf("t")})::text AS now FROM todo.${name} t
            WHERE t.user_id = me.uid AND t.id > $3 AND t.seq <= coalesce($4::bigint, k.seq)
            ORDER BY t.id LIMIT $5
        ) p
      ) measured WHERE octets_before <= ${maxPageBytes}
    ) found ON true
    WHERE k.user_id = me.uid ORDER BY found.id`

/** Makes the read of what the current user has of a noun, the trash included, by id. */
export const makeSnapshot = (statements: Statements["Service"], table: Table) => {
  const read = followThroughDoor<Row, [after: string, seq: number | null, limit: number]>(statements, query(table))
  return (
    after: string,
    seq: number | undefined,
    limit: number
  ): Effect.Effect<Things, DoorError, CurrentUser> =>
    Effect.map(read(after, seq ?? null, limit), (rows) => {
      const { found, last } = rows[0]!
      return { last, found: found ?? 0, things: rows.filter((row): row is Row & Stored => row.id !== null) }
    })
}
