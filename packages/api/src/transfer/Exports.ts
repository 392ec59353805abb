import type { nounsOfDocument } from "@todo/domain/transfer/Document"
import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Context, Effect, Layer, Schema } from "effect"
import { comments } from "../comments/table.ts"
import { Statements } from "../database/connections/Statements.ts"
import { type DoorError, throughDoor } from "../database/Door.ts"
import { thingOf } from "../database/functions/entity.sql.ts"
import { invalidCursor } from "../database/List.ts"
import type { Row, Table } from "../database/Table.ts"
import { projects } from "../projects/table.ts"
import { tags } from "../tags/table.ts"
import { tasks } from "../tasks/table.ts"
import { views } from "../views/table.ts"

type NounOfDocument = (typeof nounsOfDocument)[number]

interface Stored {
  readonly id: string
  readonly now: string
  readonly octets: number
}

/** How many things a part has at the most. */
const mostOfPart = 2000
/** How many bytes, of which the last thing may have more: less than a page may have. */
const octetsOfPart = 768 * 1024
const beginning = "00000000-0000-0000-0000-000000000000"

const taskIsThere =
  "EXISTS (SELECT FROM todo.tasks x WHERE x.user_id = me.uid AND x.id = t.task_id AND x.trashed_at IS NULL)"

/** A task with where its repetition has come to. */
const taskJson = (row: Row) => `${tasks.json(row).slice(0, -1)},"series":${JSON.stringify(row["series"] ?? null)}}`

/**
 * The nouns in the order in which they are read: what refers to others before these, so that what is made meanwhile is there
 * when it is referred to.
 */
const parts: ReadonlyArray<{
  readonly name: NounOfDocument
  readonly table: Table
  readonly where?: string
  readonly json: (row: Row) => string
}> = [
  { name: "comments", table: comments, where: ` AND ${taskIsThere}`, json: (row) => comments.json(row) },
  { name: "tasks", table: tasks, where: " AND t.trashed_at IS NULL", json: taskJson },
  { name: "views", table: views, json: (row) => views.json(row) },
  { name: "tags", table: tags, json: (row) => tags.json(row) },
  { name: "projects", table: projects, json: (row) => projects.json(row) }
]

const query = (name: string, where: string) =>
  `SELECT * FROM (
    SELECT p.*, octet_length(p.now) AS octets, coalesce(sum(octet_length(p.now)) OVER (
        ORDER BY p.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
      ), 0) AS octets_before
    FROM (
      SELECT t.id, (${thingOf("t")})::text AS now FROM todo.${name} t
        WHERE t.user_id = me.uid AND t.id > $3${where} ORDER BY t.id LIMIT $4
    ) p
  ) measured WHERE octets_before <= $5 ORDER BY id`

/** Where a part begins: behind a thing of a noun, for a user. */
const Cursor = Schema.fromJsonString(
  Schema.Tuple([Schema.String, Schema.Literals(parts.map(({ name }) => name)), Schema.String.check(Schema.isUUID())])
)
const decodeCursor = Schema.decodeUnknownOption(Cursor)

/** A part of what an account has: the JSON of things, by their nouns, and where the next begins. */
export interface Part {
  readonly things: Readonly<Record<NounOfDocument, ReadonlyArray<string>>>
  readonly next: string | null
}

/** What the account of the current user has, part by part. */
export class Exports extends Context.Service<Exports>()("todo/api/transfer/Exports", {
  make: Effect.gen(function*() {
    const statements = yield* Statements
    const readers = parts.map(({ json, name, table, where = "" }) => ({
      name,
      json,
      read: throughDoor<Stored, [after: string, limit: number, octets: number]>(
        statements,
        query(table.name, where)
      )
    }))

    const part = Effect.fnUntraced(function*(user: string, cursor: string | undefined) {
      const place = cursor === undefined
        ? undefined
        : decodeCursor(Buffer.from(cursor, "base64url").toString())
      if (place?._tag === "None" || (place !== undefined && place.value[0] !== user)) return yield* invalidCursor
      const [, noun, after] = place?.value ?? [user, parts[0]!.name, beginning] as const
      const first = readers.findIndex(({ name }) => name === noun)
      const things: Record<NounOfDocument, ReadonlyArray<string>> = {
        projects: [],
        tags: [],
        views: [],
        tasks: [],
        comments: []
      }
      let [room, octets] = [mostOfPart, octetsOfPart]
      for (const { json, name, read } of readers.slice(first)) {
        const found = yield* read(name === noun ? after : beginning, room, Math.max(0, octets))
        things[name] = found.map(({ now }) => json(JSON.parse(now) as Row))
        room -= found.length
        octets -= found.reduce((sum, { octets }) => sum + octets, 0)
        // Where nothing has room any more, the next part says whether there is more.
        const last = found.at(-1)
        if (room <= 0 || octets <= 0) {
          const next = Buffer.from(JSON.stringify([user, name, last?.id ?? beginning])).toString("base64url")
          return { things, next }
        }
      }
      return { things, next: null }
    })

    return {
      part: part as (user: string, cursor: string | undefined) => Effect.Effect<
        Part,
        Effect.Error<ReturnType<typeof part>> | DoorError,
        CurrentUser
      >
    }
  })
}) {
  static readonly layer = Layer.effect(Exports, Exports.make)
}
