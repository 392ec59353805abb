import type { BatchOperation } from "@todo/domain/batch/Batch"
import { Gone } from "@todo/domain/entity/EntityProblems"
import type { NewQuick } from "@todo/domain/quick/Quick"
import type { TaskId } from "@todo/domain/tasks/Task"
import type { Moment } from "@todo/domain/words/Moment"
import { readTasks } from "@todo/domain/words/Tasks"
import { Context, Effect, Layer, Result } from "effect"
import { SecureRandom } from "effect/crypto"
import { Batches } from "../batch/Batches.ts"
import { Statements } from "../database/connections/Statements.ts"
import { throughDoor } from "../database/Door.ts"
import type { Row } from "../database/Table.ts"
import type { Written } from "../database/Write.ts"
import { asking } from "../dates/Asker.ts"
import { RequestKey } from "../http/RequestKey.ts"
import * as Randomness from "../Randomness.ts"
import { tasks as table } from "../tasks/table.ts"
import { Tasks } from "../tasks/Tasks.ts"
import { momentOf, type SpokenSettings, spokenSettings } from "../words/Speaker.ts"
import { Creations } from "./Creations.ts"
import { parsedOf } from "./Parsed.ts"
import { type NamedProject, namedProjects, ProjectNames } from "./ProjectNames.ts"
import { readTask } from "./ReadTask.ts"
import { unreadable } from "./Unreadable.ts"

/** What there is that words depend on. */
interface Around {
  readonly settings: SpokenSettings | null
  readonly projects: ReadonlyArray<NamedProject> | null
  /** When the request's key was used, where it was: what came before is answered as it was, and what did not is refused. */
  readonly before: Date | null
}

/** What a batch may be refused for that makes projects and tasks of new ids. */
const ofNoCreation = [
  "Blocked",
  "CommentChanged",
  "CommentNotFound",
  "InTheFuture",
  "InvalidFilter",
  "NotRepeating",
  "OpenChildren",
  "PreconditionRequired",
  "ProjectChanged",
  "ProjectNotEmpty",
  "ProjectNotFound",
  "TagChanged",
  "TagNotFound",
  "TaskChanged",
  "TaskNotFound",
  "ViewChanged",
  "ViewNotFound"
] as const

/** Makes tasks of what people write, and reads it. */
export class Quick extends Context.Service<Quick>()("todo/api/quick/Quick", {
  make: Effect.gen(function*() {
    const statements = yield* Statements
    const random = yield* SecureRandom.SecureRandom
    const batches = yield* Batches
    const tasks = yield* Tasks
    const around = throughDoor<Around, [projects: boolean, key: string | null]>(
      statements,
      // A minute less than a key is remembered: one that is forgotten meanwhile must have been read for the first time.
      `SELECT ${spokenSettings} AS settings, ${namedProjects("$3::boolean")} AS projects, (
        SELECT k.created_at FROM todo.idempotency_keys k
        WHERE k.user_id = me.uid AND k.key = $4 AND k.created_at >= clock_timestamp() - interval '23 hours 59 minutes'
      ) AS before`
    )
    const columns = table.reads("found", "me.uid").map(([column, sql]) => `${sql} AS ${column}`).join(", ")
    const rowsOf = throughDoor<Row, [ids: ReadonlyArray<string>]>(
      statements,
      `SELECT ${columns} FROM todo.${table.name} found WHERE user_id = me.uid AND id = ANY ($3::uuid[])`
    )

    const understood = Effect.fnUntraced(function*(
      words: string,
      request: RequestKey["Service"]
    ) {
      const [{ before, projects, settings } = nothing] = yield* around(
        words.includes("#"),
        request?.key ?? null
      )
      const who = yield* asking
      // What came before is read as it was then.
      const moment: Moment = momentOf(before === null || who.isSaid ? who : { ...who, now: before.getTime() }, settings)
      const names = new ProjectNames(projects ?? [])
      const read = readTasks(words, moment, (name) => names.called(name).length > 0)
      if (Result.isFailure(read)) return yield* unreadable(read.failure, ["payload", "text"])
      return { moment, names, read: read.success, cameBefore: before !== null }
    })

    /** All at once; one by itself is made as any is, and the history calls it so. */
    const made = Effect.fnUntraced(function*(creations: Creations, isOne: boolean) {
      const [first] = creations.tasks
      if (isOne) {
        const written = yield* tasks.create(first!)
        return { rows: [written.thing], written: written as Written }
      }
      const operations = [
        ...creations.projects.map((body): BatchOperation => ({ op: "project.create", body })),
        ...creations.tasks.map((body): BatchOperation => ({ op: "task.create", body }))
      ]
      const { results, ...written } = yield* Effect.catchTag(
        batches.run({ operations }),
        ofNoCreation,
        Effect.die
      )
      const ids = results.slice(-creations.tasks.length).map(([id]) => id)
      const found = new Map((yield* rowsOf(ids)).map((row) => [row.id, row]))
      const rows = ids.flatMap((id) => found.get(id) ?? [])
      if (rows.length < ids.length) {
        return yield* new Gone({ detail: "What this key was used for has been deleted for good since" })
      }
      return { rows, written: written as Written }
    })

    return {
      /** Makes the tasks that a text is, of the ids that were chosen as far as they go. */
      add: Effect.fnUntraced(function*(
        { create = [], task, text: words }: NewQuick,
        chosen: ReadonlyArray<TaskId> = []
      ) {
        const makesProjects = create.length > 0
        const { cameBefore, moment, names, read } = yield* understood(words, yield* RequestKey)
        const ids = yield* Effect.forEach(read, (_, index) => {
          const id = chosen[index]
          return id === undefined ? random.uuidV7() : Effect.succeed(id)
        })
        const creations = new Creations(words, names, { makesProjects, newId: random.uuidV7() })
        for (const [index, line] of read.entries()) {
          const parentId = line.parent === null ? undefined : ids[line.parent]
          // What came before was made then, whatever the projects are called now.
          const known = cameBefore ? { ...line, project: null } : line
          yield* creations.add(known, { id: ids[index]!, parentId, task })
        }
        return {
          ...yield* made(creations, read.length === 1 && !makesProjects),
          parsed: parsedOf(read, moment.language)
        }
      }),
      /** What the text says. */
      read: Effect.fnUntraced(function*(words: string) {
        const { moment, names, read } = yield* understood(words, undefined)
        const levels: Array<number> = []
        for (const { parent } of read) levels.push(parent === null ? 1 : levels[parent]! + 1)
        return {
          tasks: read.map((line, index) => readTask(line, levels[index]!, names, moment)),
          parsed: parsedOf(read, moment.language)
        }
      })
    }
  })
}) {
  static readonly layer = Layer.effect(Quick, Quick.make).pipe(Layer.provide(Randomness.layer))
}

const nothing: Around = { settings: null, projects: null, before: null }
