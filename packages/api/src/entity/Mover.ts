import { Effect } from "effect"
import { mostBesideOthers } from "../database/functions/Write.sql.ts"
import type { Table } from "../database/Table.ts"
import type { Refused, Writes } from "../database/Write.ts"
import { type At, type EntityProblems, refusals, ruledBy } from "./Refusals.ts"

/** A move names no one thing that there may not be. */
const noProblems: EntityProblems<never, never> = {
  notFound: () => {
    throw new Error("A move found nothing")
  },
  changed: () => {
    throw new Error("A move named a version")
  }
}

/** What the refusals of moves of a noun are to the client. */
export const moveRefusals = <R extends Readonly<Record<string, (refused: Refused, at: At) => unknown>>>(
  table: Table,
  ruled: R
) => refusals(table, ruledBy(noProblems, ruled)).ofChange

/** Makes the write that puts the current user's things of a noun in order. */
export const mover = <R extends Readonly<Record<string, (refused: Refused, at: At) => unknown>>>(
  writes: Writes["Service"],
  table: Table,
  ruled: R
) => {
  const moveFew = writes.make(`${table.noun}_move`, "unknown")
  const moveMany = writes.make(`${table.noun}_move`, "long")
  const refuse = moveRefusals(table, ruled)
  return (body: { readonly ids: ReadonlyArray<string> }) =>
    Effect.catchTag((body.ids.length > mostBesideOthers ? moveMany : moveFew)({ body }), "Refused", refuse)
}
