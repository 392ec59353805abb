import { CursorExpired } from "@todo/domain/changes/ChangeProblems"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Context, Effect, Layer } from "effect"
import { Statements } from "../database/connections/Statements.ts"
import { type DoorError, followThroughDoor, type Shown } from "../database/Door.ts"
import { Features } from "../Feature.ts"
import { beginning, type KnownPlace, type Place } from "./ChangeCursor.ts"
import { changeText } from "./ChangeText.ts"
import { makeRecord } from "./Record.ts"
import { makeSnapshot } from "./Snapshot.ts"

/** What has become of a thing, and where that is. */
export interface Item {
  readonly json: string
  /** The place after it. */
  readonly place: KnownPlace
}

/** Some of what has happened. */
export interface Happened {
  readonly items: ReadonlyArray<Item>
  /** The place after them. */
  readonly place: KnownPlace
  /** Whether there may be more by now. */
  readonly more: boolean
  /** The last operation that the user had when they were read. */
  readonly last: number
}

/** What happens to the things of the current user. */
export class Changes extends Context.Service<Changes, {
  /**
   * What has happened after a place, at most so many items, and as many as fit into so many bytes; one always does. Fails
   * with `CursorExpired` where not all of it is on record any more, or where the database has never been there.
   */
  after(
    place: Place,
    limit: number,
    maxBytes: number
  ): Effect.Effect<Happened, DoorError | CursorExpired, CurrentUser>
  /** The place of this moment. */
  readonly now: Effect.Effect<KnownPlace, DoorError, CurrentUser>
}>()("todo/api/changes/Changes") {
  static readonly layer = Layer.effect(
    Changes,
    Effect.gen(function*() {
      const { nouns } = yield* Features
      const statements = yield* Statements
      const tables = new Map(nouns.map((table) => [table.noun, table]))
      const inOrder = nouns.toSorted((one, other) => one.noun < other.noun ? -1 : 1).map((table) => ({
        table,
        read: makeSnapshot(statements, table)
      }))
      const readRecord = makeRecord(statements)

      const readCounter = followThroughDoor<Shown & { readonly last: number }>(
        statements,
        "SELECT k.seq::float8 AS last, true AS shows FROM todo.counters k WHERE k.user_id = me.uid"
      )

      const inRecord = Effect.fnUntraced(function*(place: Place & { readonly in: "record" }, room: Room) {
        const { changes, found, last, swept } = yield* readRecord(place, room.limit + 1)
        if (place.seq > last || place.seq < swept || (place.seq === swept && place.ordinal !== undefined)) {
          return yield* expired
        }
        const items: Array<Item> = []
        for (const [index, change] of changes.entries()) {
          const table = tables.get(change.noun)
          // Of a newer release, which this one runs beside: whoever follows goes on there, and misses nothing.
          if (table === undefined) return { items, place: items.at(-1)?.place ?? place, more: false, last }
          const json = changeText(table, change.id, change.now, change)
          if (!room.take(json)) break
          const next = changes[index + 1]
          const isWhole = next === undefined ? found === changes.length && found <= room.limit : next.seq > change.seq
          items.push({ json, place: { in: "record", seq: change.seq, ordinal: isWhole ? undefined : change.ordinal } })
        }
        return { items, place: items.at(-1)?.place ?? place, more: found > items.length, last }
      })

      const inSnapshot = Effect.fnUntraced(function*(from: Place & { readonly in: "snapshot" }, room: Room) {
        const items: Array<Item> = []
        let { seq } = from
        let last = 0
        for (const { read, table } of inOrder) {
          const { noun } = table
          if (noun < from.noun) continue
          const after = noun === from.noun ? from.after : beginning.after
          const { found, last: latest, things } = yield* read(after, seq, room.limit - items.length + 1)
          last = latest
          seq ??= latest
          if (seq > latest) return yield* expired
          let taken = 0
          for (const { id, now } of things) {
            const json = changeText(table, id, now, undefined)
            if (!room.take(json)) break
            items.push({ json, place: { in: "snapshot", seq, noun, after: id } })
            taken++
          }
          if (taken < found) return { items, place: items.at(-1)!.place, more: true, last }
        }
        const place: KnownPlace = { in: "record", seq: seq!, ordinal: undefined }
        return { items, place, more: last > place.seq, last }
      })

      return Changes.of({
        after: (place, limit, maxBytes) => {
          const room = makeRoom(limit, maxBytes)
          return place.in === "record" ? inRecord(place, room) : inSnapshot(place, room)
        },
        now: Effect.map(readCounter(), (rows) => ({ in: "record", seq: rows[0]!.last, ordinal: undefined }))
      })
    })
  )
}

/** What a page has room for. */
interface Room {
  readonly limit: number
  /** Takes the room that an item needs, if there is as much; the first one has it. */
  take(json: string): boolean
}

const makeRoom = (limit: number, maxBytes: number): Room => {
  let count = 0
  let bytes = 0
  return {
    limit,
    take: (json) => {
      bytes += Buffer.byteLength(json) + 1
      return ++count <= limit && (count === 1 || bytes <= maxBytes)
    }
  }
}

const expired = Effect.fail(
  new CursorExpired({ detail: "The record begins after this cursor: begin again without one" })
)
