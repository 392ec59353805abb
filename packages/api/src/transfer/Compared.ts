import type { DateTime } from "effect"
import { instantText } from "../database/InstantText.ts"
import type { Row, Table } from "../database/Table.ts"
import type { Obstacle } from "./Planning.ts"

/** When an import is done, in milliseconds. */
export type Moment = number

/** A time of a document as it is stored; undefined where there is none, or it is yet to come. */
export const pastOf = (time: DateTime.Utc | undefined, now: Moment): string | undefined =>
  time === undefined || time.epochMilliseconds > now || time.epochMilliseconds < 0
    ? undefined
    : instantText(time.epochMilliseconds)

/** The members in which a thing is not as the document has it. */
export const differing = (table: Table, members: object, row: Row): Array<string> =>
  Object.entries(members).flatMap(([name, value]) => {
    const { column } = table.members.find((member) => member.name === name)!
    return (row[column] ?? null) === value ? [] : [name]
  })

/** Things in the order of their places, those of a smaller rank first; those without a place as they come. */
export const inPlaces = <Thing extends { readonly id: string; readonly position?: string }>(
  things: ReadonlyArray<Thing>,
  rank: (thing: Thing) => number
): ReadonlyArray<Thing> => {
  const keys = new Map(things.map((thing) => [thing, [rank(thing), thing.position ?? ""] as const]))
  return things.toSorted((one, other) => {
    const [[rank, place], [otherRank, otherPlace]] = [keys.get(one)!, keys.get(other)!]
    if (rank !== otherRank) return rank < otherRank ? -1 : 1
    if (place !== otherPlace) return place < otherPlace ? -1 : 1
    // Of old ones, which have the same place, their ids decide.
    return place === "" ? 0 : one.id < other.id ? -1 : 1
  })
}

export const idTaken: Obstacle = {
  reason: "id_taken",
  detail: "Another thing of the document is the same here, or its id is taken"
}

export const notThere = (what: string, path: ReadonlyArray<string | number>): Obstacle => ({
  reason: "reference_not_found",
  detail: `The ${what} that it names is neither in the document nor here`,
  path
})
