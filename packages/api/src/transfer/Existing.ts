import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import { comments } from "../comments/table.ts"
import { Statements } from "../database/connections/Statements.ts"
import { type DoorError, onceThroughDoor } from "../database/Door.ts"
import { internal } from "../database/functions/entity.sql.ts"
import type { Row, Table } from "../database/Table.ts"
import { projects } from "../projects/table.ts"
import { tags } from "../tags/table.ts"
import { ofExternalId } from "../tasks/external.sql.ts"
import { tasks } from "../tasks/table.ts"
import { views } from "../views/table.ts"
import { mostStandIns, standIn } from "./StandIn.ts"

/** Things of a noun by their ids, and what id each of a document has here. */
export interface Known {
  readonly rows: Map<string, Row>
  /** The id that the thing of an id has here, or is to have; undefined where all that might be are taken. */
  idOf(id: string): string | undefined
}

const json = (row: string) => `to_jsonb(${row}) - ${internal} AS row`

interface Found {
  readonly row: Row
}

const rowsOf = (found: ReadonlyArray<Found>) => new Map(found.map(({ row }) => [row.id, row]))

/** The reads of what the current user has of what a document names. They go where nobody's statement waits for them. */
export const existing = Effect.map(Statements, (statements) => {
  const read = <R extends object>(query: string) => onceThroughDoor<R>(statements, query, true)
  const all = ({ name }: Table) => read<Found>(`SELECT ${json("t")} FROM todo.${name} t WHERE t.user_id = me.uid`)
  const byId = ({ name }: Table) =>
    read<Found>(`SELECT ${json("t")} FROM todo.${name} t WHERE t.user_id = me.uid AND t.id = ANY ($3::uuid[])`)
  const readOnRecord = read<{ readonly id: string }>(
    `SELECT DISTINCT c.id FROM todo.changes c WHERE c.user_id = me.uid AND c.noun = $3 AND c.id = ANY ($4::uuid[])`
  )
  const readExternal = read<Found>(
    `SELECT ${json("t")} FROM unnest($3::text[]) e(id), LATERAL (SELECT * FROM todo.tasks t WHERE ${
      ofExternalId("e.id", "me.uid")
    }) t`
  )
  const readCounter = read<{ readonly newFirst: boolean }>(
    `SELECT k.new_first AS "newFirst" FROM todo.counters k WHERE k.user_id = me.uid`
  )

  /** Where an id is taken by what was deleted, the first of its stand-ins that is there, or is free. */
  const known = Effect.fnUntraced(function*(
    table: Table,
    ids: ReadonlyArray<string>,
    rows: Map<string, Row>
  ): Effect.fn.Return<Known, DoorError, CurrentUser> {
    const { id: user } = yield* CurrentUser
    const absent = ids.filter((id) => !rows.has(id))
    const onRecord = absent.length === 0 ? [] : yield* readOnRecord(table.noun, absent)
    if (onRecord.length === 0) return { rows, idOf: (id) => id }
    const instead = new Map(
      onRecord.map(({ id }) => [id, Array.from({ length: mostStandIns }, (_, nth) => standIn(user, id, nth))] as const)
    )
    const candidates = [...instead.values()].flat()
    for (const { row } of yield* byId(table)(candidates)) rows.set(row.id, row)
    const taken = new Set((yield* readOnRecord(table.noun, candidates)).map(({ id }) => id))
    return {
      rows,
      idOf: (id) => {
        const ids = instead.get(id)
        if (ids === undefined) return id
        return ids.find((candidate) => rows.has(candidate)) ?? ids.find((candidate) => !taken.has(candidate))
      }
    }
  })

  const knownById = (table: Table, ids: ReadonlyArray<string>, more: ReadonlyArray<string> = []) =>
    Effect.flatMap(byId(table)([...new Set([...ids, ...more])]), (found) => known(table, ids, rowsOf(found)))
  const knownOfAll = (table: Table, ids: ReadonlyArray<string>) =>
    Effect.flatMap(all(table)(), (found) => known(table, ids, rowsOf(found)))

  return {
    projects: (ids: ReadonlyArray<string>) => knownOfAll(projects, ids),
    views: (ids: ReadonlyArray<string>) => knownOfAll(views, ids),
    tags: Effect.map(all(tags)(), rowsOf),
    /** Those of a document, and those that it refers to. */
    tasks: (ids: ReadonlyArray<string>, referred: ReadonlyArray<string>) => knownById(tasks, ids, referred),
    comments: (ids: ReadonlyArray<string>) => knownById(comments, ids),
    /** By what scripts call them. */
    external: (ids: ReadonlyArray<string>) =>
      ids.length === 0 ? Effect.succeed([]) : Effect.map(readExternal(ids), (found) => found.map(({ row }) => row)),
    newFirst: Effect.map(readCounter(), (rows) => rows[0]?.newFirst === true)
  }
})
