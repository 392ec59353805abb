import { maxPageBytes } from "@todo/domain/http/Page"
import { beside, bookkeeping } from "../database/functions/entity.sql.ts"
import type { Table } from "../database/Table.ts"

/** An operation as it is read, with the changes that are shown of it. */
export interface OperationRow {
  readonly seq: string
  readonly id: string
  readonly kind: string
  readonly at: Date | string
  readonly actor: "session" | "token" | "service"
  readonly actor_name: string | null
  readonly undoes: string | null
  readonly undone_by: string | null
  readonly count: number
  readonly changes: ReadonlyArray<ChangeRow> | null
}

/** A change without its values. */
export interface ChangeRow {
  readonly noun: string
  readonly id: string
  /** The columns that it wrote. */
  readonly columns: ReadonlyArray<string>
  /** Those of them that it left without a value. */
  readonly cleared: ReadonlyArray<string>
  readonly number: number | null
  readonly title: string | null
}

/** A change with the thing as it left it. */
export interface ChangeValueRow {
  readonly ordinal: number
  readonly noun: string
  readonly id: string
  readonly columns: ReadonlyArray<string>
  readonly now: Readonly<Record<string, unknown>> | null
}

const idOf = (seq: string) => `(SELECT u.id FROM todo.operations u WHERE u.user_id = me.uid AND u.seq = ${seq})`

/** The statements that read the record of these nouns. */
export const operationReads = (nouns: ReadonlyArray<Table>) => {
  const own = nouns.flatMap((noun) => noun.own.map(({ column }) => column))
  const keys = (which: string) =>
    `CASE WHEN c.was IS NULL OR c.now IS NULL THEN '{}'::text[] ELSE ARRAY(
      SELECT k FROM jsonb_object_keys(c.was - ${bookkeeping} - ${beside} - '{${own.join()}}'::text[]) k${which}) END`
  const written = `${keys("")} AS columns`
  const cleared = `${keys(" WHERE c.now ->> k IS NULL")} AS cleared`
  const title = `CASE c.noun ${
    nouns.map(({ noun, title }) => `WHEN '${noun}' THEN coalesce(c.now, c.was) ->> '${title}'`).join(" ")
  } END AS title`

  /** Columns of operations `o`; of their changes `c` those that `which` says. */
  const columns = (which: string) =>
    `o.seq, o.id, o.kind, o.at, o.actor_name,
  CASE WHEN o.actor IS NULL THEN 'service' WHEN o.actor_is_token THEN 'token' ELSE 'session' END AS actor,
  ${idOf("o.undoes")} AS undoes, ${idOf("o.undone_by")} AS undone_by,
  coalesce((SELECT c.ordinal + 1 FROM todo.changes c WHERE c.user_id = me.uid AND c.seq = o.seq
    ORDER BY c.ordinal DESC LIMIT 1), 0) AS count,
  (SELECT jsonb_agg(shown) FROM (
    SELECT c.noun, c.id, ${written}, ${cleared}, coalesce(c.now, c.was) -> 'number' AS number, ${title}
      FROM todo.changes c WHERE c.user_id = me.uid AND c.seq = o.seq${which} ORDER BY c.ordinal LIMIT 3
  ) shown) AS changes`

  return {
    /** The newest operations before a place: $3, and as many as $4. */
    newest: `SELECT ${columns("")} FROM todo.operations o
  WHERE o.user_id = me.uid AND o.seq < $3 ORDER BY o.seq DESC LIMIT $4`,
    /** The operation with the id $3. */
    one: `SELECT ${columns("")} FROM todo.operations o WHERE o.user_id = me.uid AND o.id = $3`,
    /** The newest operations before a place ($3, as many as $4) that changed the thing of a noun with the id $5. */
    on: (noun: string) =>
      `SELECT ${columns(` AND c.noun = '${noun}' AND c.id = $5`)} FROM todo.operations o
  WHERE o.user_id = me.uid AND o.seq < $3 AND o.seq IN (
    SELECT h.seq FROM todo.changes h WHERE h.user_id = me.uid AND h.noun = '${noun}' AND h.id = $5
  ) ORDER BY o.seq DESC LIMIT $4`,
    /** The changes of the operation at the place $3, from the ordinal $4 on: as many as $5, and as fit on a page. */
    changes: `SELECT ordinal, noun, id, columns, now FROM (
    SELECT *, coalesce(sum(octet_length(now::text))
      OVER (ORDER BY ordinal ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS octets_before
    FROM (
      SELECT c.ordinal, c.noun, c.id, ${written}, c.now FROM todo.changes c
        WHERE c.user_id = me.uid AND c.seq = $3 AND c.ordinal >= $4 ORDER BY c.ordinal LIMIT $5
    ) page
  ) page WHERE octets_before <= ${maxPageBytes} ORDER BY ordinal`
  }
}
