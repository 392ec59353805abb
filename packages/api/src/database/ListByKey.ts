import type { InvalidRequest } from "@todo/domain/http/RequestProblems"
import { Text } from "@todo/domain/http/Text"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect, Schema } from "effect"
import { Statements } from "./connections/Statements.ts"
import { type DoorError, throughDoor } from "./Door.ts"
import { defaultLimit, invalidCursor, type Listing } from "./List.ts"
import { type LongText, pageReader, type Read } from "./PageReader.ts"
import type { Row, Table } from "./Table.ts"

/** A list of the things of a noun in the order of a key that each has: a name, or a place. */
export interface ByKey {
  /** The key, of things that have the same it is their ids that decide. */
  readonly key: string
  /** What is read of a thing beside what is stored of it, by its name. */
  readonly more?: Readonly<Record<string, string>>
  /** What a reader may ask for, each a condition. Each is a prepared statement. */
  readonly choices: Readonly<Record<string, string>>
  /** Common table expressions that the conditions name. */
  readonly with?: string
  readonly long?: LongText
}

/** How many, from where on, and which of the choices. */
export interface KeyQuery {
  readonly choice: string
  readonly limit?: number | undefined
  readonly cursor?: string | undefined
}

/** Whose list it is, of which choice, and what it ended with. */
const Place = Schema.fromJsonString(
  Schema.Tuple([Schema.String, Schema.String, Text, Schema.String.check(Schema.isUUID())])
)
const readPlace = Schema.decodeUnknownOption(Place)

/** Before all things. */
const beginning = ["", "00000000-0000-0000-0000-000000000000"] as const

/** Makes a list of the current user's things by a key. */
export const listByKey = Effect.fnUntraced(function*<Thing extends Row>(
  table: Table,
  { choices, key, long, more = {}, with: common }: ByKey,
  json: (row: Thing) => string
) {
  const statements = yield* Statements
  const readers = new Map(
    Object.entries(choices).map(([choice, condition]): [string, Read<Thing>] => [
      choice,
      pageReader<Thing>(table, {
        where: `(${key}, id) > ($3 COLLATE "C", $4::uuid) AND ${condition}`,
        order: `${key}, id`,
        bound: beginning.length,
        more: { ...more, list_key: key },
        with: common,
        long
      }, (text) => throughDoor(statements, text))
    ])
  )
  return ({ choice, cursor, limit = defaultLimit }: KeyQuery): Effect.Effect<
    Listing<Thing>,
    DoorError | InvalidRequest,
    CurrentUser
  > =>
    Effect.flatMap(CurrentUser, ({ id: user }): Effect.Effect<
      Listing<Thing>,
      DoorError | InvalidRequest,
      CurrentUser
    > => {
      const place = cursor === undefined
        ? beginning
        : placeOf(Buffer.from(cursor, "base64url").toString(), user, choice)
      if (place === undefined) return invalidCursor
      return Effect.map(readers.get(choice)!(...place, limit + 1), (found) => ({
        found,
        limit,
        json,
        cursorAfter: (row: Thing) =>
          Buffer.from(JSON.stringify([user, choice, row["list_key"], row.id])).toString("base64url")
      }))
    })
})

const placeOf = (cursor: string, user: string, choice: string): readonly [string, string] | undefined => {
  const place = readPlace(cursor)
  return place._tag === "None" || place.value[0] !== user || place.value[1] !== choice
    ? undefined
    : [place.value[2], place.value[3]]
}
