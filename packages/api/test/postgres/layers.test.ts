import { PgClient } from "@effect/sql-pg"
import { assert } from "@effect/vitest"
import { TaskId } from "@todo/domain/tasks/Task"
import { ScriptTokenId } from "@todo/domain/tokens/ScriptToken"
import { CurrentUser, SessionId } from "@todo/domain/users/CurrentUser"
import { UserId } from "@todo/domain/users/User"
import { Effect, Layer, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { inject } from "vitest"
import { Statements } from "../../src/database/connections/Statements.ts"
import { Wakeups } from "../../src/database/Wakeups.ts"
import { Writes } from "../../src/database/Write.ts"
import { type Keyed, RequestKey } from "../../src/http/RequestKey.ts"
import { Operations } from "../../src/operations/Operations.ts"
import { FeaturesLive } from "../../src/Service.ts"
import { SessionsRepository } from "../../src/sessions/SessionsRepository.ts"
import { Tasks } from "../../src/tasks/Tasks.ts"
import { TokensRepository } from "../../src/tokens/TokensRepository.ts"
import { newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { claimsOf } from "../support/tokens.ts"

/** The repositories on a superuser's connection: without row-level security, what they filter by is all there is. */
const unguarded = Layer.mergeAll(
  Tasks.layer,
  Operations.layer,
  SessionsRepository.layer,
  TokensRepository.layer
).pipe(
  Layer.provide(Writes.layer),
  Layer.provide([Wakeups.layer, FeaturesLive]),
  Layer.provide(Layer.effect(Statements, Effect.map(SqlClient.SqlClient, Statements.through))),
  Layer.provide(PgClient.layer({ url: Redacted.make(inject("postgresUrl")), maxConnections: 1 }))
)

const as = (person: Person, key?: Keyed) => <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  effect.pipe(
    Effect.provideService(
      CurrentUser,
      CurrentUser.of({ id: UserId.make(person.id), sessionId: SessionId.make(claimsOf(person.jwt).sid), scopes: [] })
    ),
    Effect.provideService(RequestKey, key)
  )

suite("each layer alone keeps users apart", (it) => {
  it.effect("the statements, without row-level security", () =>
    Effect.gen(function*() {
      const owner = yield* newPerson
      const stranger = yield* newPerson
      const task = yield* owner.add("Private")
      const token = yield* owner.json("POST", "/api/v1/tokens", {
        name: "ci",
        scopes: ["tasks:read"],
        expiresInDays: 1
      })
      yield* Effect.gen(function*() {
        const tasks = yield* Tasks
        const sessions = yield* SessionsRepository
        const tokens = yield* TokensRepository
        const id = TaskId.make(task.id)
        const theirs = as(stranger)
        const tagOf = <A, E extends { readonly _tag: string }, R>(effect: Effect.Effect<A, E, R>) =>
          Effect.map(Effect.flip(effect), (error) => error._tag)
        assert.strictEqual(yield* theirs(tagOf(tasks.get(id, undefined))), "TaskNotFound")
        assert.deepStrictEqual((yield* theirs(tasks.list({}))).found, [])
        assert.strictEqual(yield* theirs(tagOf(tasks.update(id, { title: "Mine" }, undefined))), "TaskNotFound")
        assert.strictEqual(yield* theirs(tagOf(tasks.remove(id, undefined))), "TaskNotFound")
        assert.lengthOf(yield* theirs(sessions.list), 1)
        const session = SessionId.make(claimsOf(owner.jwt).sid)
        assert.strictEqual(yield* theirs(tagOf(sessions.end(session))), "SessionNotFound")
        assert.strictEqual(yield* theirs(sessions.endOthers), 0)
        assert.deepStrictEqual(yield* theirs(tokens.list(undefined, 100)), [])
        assert.strictEqual(yield* theirs(tagOf(tokens.revoke(ScriptTokenId.make(token.body.id)))), "TokenNotFound")
        const key = { key: "the same", fingerprint: Buffer.from("the same"), header: () => Effect.void }
        assert.strictEqual(yield* theirs(tagOf(tasks.remove(id, [9]))), "TaskNotFound")
        // Who makes something with an id that is another's makes something of their own.
        const made = yield* theirs(tasks.create({ id, title: "Mine" }))
        assert.strictEqual(made.thing["number"], 1)
        // Of the record they see their own, and undo it, also where both have something at the same place.
        const operations = yield* Operations
        const latestOf = (person: Person) =>
          Effect.map(as(person)(operations.list({ limit: 1 })), ({ found: [row] }) => row!)
        const mine = yield* latestOf(stranger)
        for (let n = 0; (yield* latestOf(owner)).seq < mine.seq; n++) {
          yield* as(owner)(tasks.update(id, { description: String(n) }, undefined))
        }
        const operation = yield* latestOf(owner)
        assert.strictEqual(operation.seq, mine.seq)
        assert.strictEqual(yield* theirs(tagOf(operations.get(operation.id))), "OperationNotFound")
        assert.strictEqual(yield* theirs(tagOf(operations.undo(operation.id, {}))), "OperationNotFound")
        assert.deepStrictEqual((yield* theirs(operations.list({}))).found, [mine])
        assert.deepInclude(mine, { count: 1, kind: "task.create" })
        assert.deepStrictEqual(mine.changes!.map(({ title }) => title), ["Mine"])
        const { found: changes } = yield* theirs(operations.changesOf(mine, {}))
        assert.deepStrictEqual(changes.map(({ now }) => now!["title"]), ["Mine"])
        assert.deepStrictEqual((yield* theirs(operations.on("task")(id, {}))).found, [mine])
        const before = yield* as(owner)(tasks.get(id, undefined))
        assert.deepInclude(yield* theirs(operations.undoLatest({})), { undoes: mine.id, count: 1 })
        assert.strictEqual(yield* theirs(tagOf(tasks.get(id, undefined))), "TaskNotFound")
        assert.strictEqual(yield* theirs(tagOf(operations.undoLatest({}))), "NothingToUndo")
        assert.deepStrictEqual(yield* latestOf(owner), operation)
        assert.deepStrictEqual(yield* as(owner)(tasks.get(id, undefined)), before)
        // A key is good for what its user has done, and nobody else's.
        const keyed = yield* Effect.forEach([owner, stranger], (person) =>
          as(person, key)(tasks.create({ title: "Keyed" })))
        assert.notStrictEqual(keyed[0]!.operation, keyed[1]!.operation)
        // And they do find what is one's own.
        assert.strictEqual((yield* as(owner)(tasks.get(id, undefined)))["title"], "Private")
        assert.lengthOf(yield* as(owner)(tokens.list(undefined, 100)), 1)
      }).pipe(Effect.provide(unguarded))
      assert.deepInclude((yield* owner.get(`/api/v1/tasks/${task.id}`)).body, { title: "Private", number: 1 })
    }))

  it.effect("the keys: each table's begins with the user, and so does each reference to it", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const keys = yield* sql<{ table: string; columns: ReadonlyArray<string> }>`
        SELECT c.conrelid::regclass::text AS "table",
          array_agg(a.attname::text ORDER BY k.position) AS columns
        FROM pg_constraint c, unnest(c.conkey) WITH ORDINALITY k(attnum, position), pg_attribute a
        WHERE c.conrelid <> 'todo.zones'::regclass AND c.contype IN ('p', 'u') AND c.connamespace = 'todo'::regnamespace
          AND a.attrelid = c.conrelid AND a.attnum = k.attnum
        GROUP BY c.oid, c.conrelid`
      assert.sameMembers([...new Set(keys.map((key) => key.table))], [
        "todo.agenda",
        "todo.changes",
        "todo.comments",
        "todo.completions",
        "todo.counters",
        "todo.idempotency_keys",
        "todo.operations",
        "todo.projects",
        "todo.script_tokens",
        "todo.settings",
        "todo.tags",
        "todo.task_tags",
        "todo.tasks",
        "todo.views"
      ])
      for (const { columns, table } of keys) assert.strictEqual(columns[0], "user_id", table)
      const references = yield* sql<{ table: string; definition: string }>`
        SELECT conrelid::regclass::text AS "table", pg_get_constraintdef(oid) AS definition FROM pg_constraint
        WHERE contype = 'f' AND confrelid::regclass::text LIKE 'todo.%'`
      for (const { definition, table } of references) assert.match(definition, /^FOREIGN KEY \(user_id[,)]/, table)
    }))
})
