import { maxPageBytes } from "@todo/domain/http/Page"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import type { Statements } from "../database/connections/Statements.ts"
import { type DoorError, followThroughDoor, type Shown } from "../database/Door.ts"

/** A change as it is on record. */
export interface Recorded {
  readonly seq: number
  readonly ordinal: number
  readonly noun: string
  readonly id: string
  readonly operation: string
  readonly at: Date | string
  /** The JSON of the thing as it was stored then; null where it is gone for good. */
  readonly now: string | null
}

/** What is on record after a place. */
export interface Recording {
  /** The last operation that the user has, and the last that is not on record any more. */
  readonly last: number
  readonly swept: number
  readonly changes: ReadonlyArray<Recorded>
  /** How many there are, up to the limit: where the changes are too long together it is more than there are of them. */
  readonly found: number
}

type Row =
  & Shown
  & { readonly last: number; readonly swept: number; readonly found: number | null }
  & (
    Recorded | { readonly seq: null }
  )

/*
 * There is one row at least, so that the counter is of the same moment as the changes. Of a thing that was deleted for
 * good all changes are empty, and only the last of them says so; what an undo takes away has what it was. Long texts are read once, and not beyond the page.
 */
const query = (maxBytes: number) =>
  `SELECT k.seq::float8 AS last, k.swept::float8 AS swept, found.seq IS NOT NULL AS shows, found.* FROM todo.counters k
    LEFT JOIN LATERAL (
      SELECT * FROM (
        SELECT p.*, count(*) OVER ()::integer AS found, coalesce(sum(octet_length(p.now)) OVER (
            ORDER BY p.seq, p.ordinal ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
          ), 0) AS octets_before
        FROM (
          SELECT c.seq::float8 AS seq, c.ordinal, c.noun, c.id, o.id AS operation, o.at, c.now::text AS now
            FROM todo.changes c JOIN todo.operations o ON o.user_id = me.uid AND o.seq = c.seq
            WHERE c.user_id = me.uid AND (c.seq, c.ordinal) > ($3::bigint, $4::integer)
              AND (c.was IS NOT NULL OR c.now IS NOT NULL OR NOT EXISTS (
                SELECT FROM todo.changes later WHERE later.user_id = me.uid AND later.noun = c.noun AND later.id = c.id
                  AND (later.seq, later.ordinal) > (c.seq, c.ordinal) AND later.now IS NULL
              ))
            ORDER BY c.seq, c.ordinal LIMIT $5
        ) p
      ) measured WHERE octets_before <= ${maxBytes}
    ) found ON true
    WHERE k.user_id = me.uid ORDER BY found.seq, found.ordinal`

/** Greater than that of any change. */
const afterAll = 2_147_483_647

/** Makes the read of the record of the current user, in the order of commit, which is that of `seq`. */
export const makeRecord = (statements: Statements["Service"]) => {
  const read = followThroughDoor<Row, [seq: number, ordinal: number, limit: number]>(statements, query(maxPageBytes))
  return (
    place: { readonly seq: number; readonly ordinal: number | undefined },
    limit: number
  ): Effect.Effect<Recording, DoorError, CurrentUser> =>
    Effect.map(read(place.seq, place.ordinal ?? afterAll, limit), (rows) => {
      const { found, last, swept } = rows[0]!
      return {
        last,
        swept,
        found: found ?? 0,
        changes: rows.filter((row): row is Row & Recorded => row.seq !== null)
      }
    })
}
