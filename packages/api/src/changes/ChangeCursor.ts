import { ChangeCursor } from "@todo/domain/changes/Change"
import { InvalidRequest } from "@todo/domain/http/RequestProblems"
import type { UserId } from "@todo/domain/users/User"
import { Schema } from "effect"

const Seq = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const Ordinal = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 2_147_483_647 }))

/** After an operation, after the change of it that has this ordinal, or in the snapshot of that moment, after a thing. */
const Written = Schema.Union([
  Schema.Tuple([Schema.String, Seq]),
  Schema.Tuple([Schema.String, Seq, Ordinal]),
  Schema.Tuple([Schema.String, Seq, Schema.String, Schema.String.check(Schema.isUUID())])
])

/** A place in the record, or in a snapshot that comes before it. */
export type Place =
  | {
    readonly in: "record"
    readonly seq: number
    /** Of the last change of the operation that came; undefined where all of them have. */
    readonly ordinal: number | undefined
  }
  | {
    readonly in: "snapshot"
    /** What is newer comes after the snapshot; undefined: that is yet to be found out. */
    readonly seq: number | undefined
    readonly noun: string
    readonly after: string
  }

/** A place that a cursor can name: the moment of its snapshot is known. */
export type KnownPlace = Place & { readonly seq: number }

/** Where the snapshot begins. No thing has the least id, which is no UUID of any version. */
export const beginning = {
  in: "snapshot",
  seq: undefined,
  noun: "",
  after: "00000000-0000-0000-0000-000000000000"
} satisfies Place

/** The cursor of a place, for this user. */
export const writeCursor = (user: UserId, place: KnownPlace): ChangeCursor => {
  const written = place.in === "snapshot"
    ? [user, place.seq, place.noun, place.after]
    : place.ordinal === undefined
    ? [user, place.seq]
    : [user, place.seq, place.ordinal]
  return ChangeCursor.make(Buffer.from(JSON.stringify(written)).toString("base64url"))
}

const decode = Schema.decodeUnknownOption(Schema.fromJsonString(Written))

/** The place that a cursor names; undefined where it is none of this user's. */
export const readCursor = (user: UserId, cursor: string): KnownPlace | undefined => {
  const written = decode(Buffer.from(cursor, "base64url").toString())
  if (written._tag === "None" || written.value[0] !== user) return undefined
  const [, seq, noun, after] = written.value
  return typeof noun === "string"
    ? { in: "snapshot", seq, noun, after: after! }
    : { in: "record", seq, ordinal: noun }
}

/** What a request with any other cursor is answered. */
export const invalidCursor = (path: InvalidRequest["errors"][number]["path"]) =>
  new InvalidRequest({
    detail: "The cursor is not one of these changes",
    errors: [{ path, message: "Expected the cursor of a page of changes, or the id of an event" }]
  })
