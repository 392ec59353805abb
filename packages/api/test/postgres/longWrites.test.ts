import { assert, layer } from "@effect/vitest"
import { Deferred, Effect, Fiber, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { Statements } from "../../src/database/connections/Statements.ts"
import { mostBesideOthers } from "../../src/database/functions/Write.sql.ts"
import { newDatabase, runSqlIn } from "../support/newDatabase.ts"
import { type Answer, bearer, newPerson, origin, type Person, sendJson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { TestService } from "../support/TestService.ts"

/** Of the advisory lock that the long statements wait for. */
const lock = 20_261_126

suite("a long write", (it) => {
  it.effect("holds up nobody else's statements, however many of them there are", () =>
    Effect.gen(function*() {
      const { run, runLong } = yield* Statements
      const sql = yield* SqlClient.SqlClient
      const [held, release] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
      const holder = yield* Effect.forkChild(sql.withTransaction(
        sql`SELECT pg_advisory_xact_lock(${lock})`.pipe(
          Effect.andThen(Deferred.succeed(held, undefined)),
          Effect.andThen(Deferred.await(release))
        )
      ))
      yield* Deferred.await(held)
      const long = yield* Effect.forEach(
        Array.from({ length: 12 }),
        () => Effect.forkChild(runLong("SELECT pg_advisory_xact_lock($1)", [lock]))
      )
      const waiting = run<{ count: number }>(
        "SELECT count(*)::integer AS count FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = $1",
        [lock]
      )
      yield* Effect.repeat(waiting, { until: ([row]) => row!.count === 2 })
      const answers = yield* Effect.forEach(
        Array.from({ length: 200 }, (_, index) => index),
        (index) => run<{ index: number }>("SELECT $1::integer AS index", [index]),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(answers.map(([row]) => row!.index), Array.from({ length: 200 }, (_, index) => index))
      assert.deepInclude((yield* waiting)[0]!, { count: 2 })
      yield* Deferred.succeed(release, undefined)
      yield* Fiber.join(holder)
      yield* Fiber.joinAll(long)
    }))
})

/** Has whatever writes a user's tasks wait, by no lock that a write would give up waiting for, while the user is held. */
const holding = [
  `CREATE FUNCTION public.wait_while_held() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      WHILE NOT pg_try_advisory_xact_lock_shared(hashtext(coalesce(NEW.user_id, OLD.user_id)::text)) LOOP
        PERFORM pg_sleep(0.01);
      END LOOP;
      RETURN coalesce(NEW, OLD);
    END $$`,
  `CREATE TRIGGER wait_while_held BEFORE UPDATE OR DELETE ON todo.tasks
    FOR EACH ROW EXECUTE FUNCTION public.wait_while_held()`
]

/** How many wait so. */
const heldUp = Effect.gen(function*() {
  const { run } = yield* Statements
  const [row] = yield* run<{ count: number }>(
    "SELECT count(*)::integer AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'",
    []
  )
  return row!.count
})

/** Holds these people, and has how to let them go. */
const hold = Effect.fnUntraced(function*(people: ReadonlyArray<Person>) {
  const sql = yield* SqlClient.SqlClient
  const [held, release] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
  const holder = yield* Effect.forkChild(sql.withTransaction(
    Effect.forEach(people, ({ id }) => sql`SELECT pg_advisory_xact_lock(hashtext(${id}))`).pipe(
      Effect.andThen(Deferred.succeed(held, undefined)),
      Effect.andThen(Deferred.await(release))
    )
  ))
  yield* Deferred.await(held)
  return { release: Effect.andThen(Deferred.succeed(release, undefined), Fiber.join(holder)) }
})

/** Somebody who has made a few more tasks, by one operation, than are written beside others. */
const newOwner = Effect.gen(function*() {
  const owner = yield* newPerson
  const operations = Array.from({ length: mostBesideOthers + 1 }, (_, index) => ({
    op: "task.create",
    body: { title: `One of many, ${index}` }
  }))
  assert.strictEqual((yield* owner.json("POST", "/api/v1/batch", { operations })).status, 200)
  return owner
})

const removeAll = (person: Person) => person.json("DELETE", "/api/v1/tasks?completed=false", "")
const emptyTrash = (person: Person) => person.json("DELETE", "/api/v1/trash", "")
const undo = (person: Person) => person.json("POST", "/api/v1/undo", {})

type Request = (person: Person) => Effect.Effect<Answer, never, TestService>

/** Requests of somebody who has many tasks, and what they do before that. */
const longRequests: Readonly<Record<string, readonly [Request, before?: Request]>> = {
  "deletes a list": [removeAll],
  "undoes an operation": [undo],
  "empties the trash": [emptyTrash, removeAll],
  "deletes an account": [
    ({ password, session }) =>
      sendJson("POST", "/api/auth/delete-user", { password }, { ...bearer(session), ...origin })
  ]
}

const database = Layer.unwrap(Effect.map(Effect.promise(newDatabase), ({ href }) =>
  Layer.tap(
    TestService.layerWith({ DATABASE_URL: href }),
    () => Effect.promise(() => runSqlIn(href, ...holding))
  )))

layer(database, { excludeTestServices: true })("a request that", (it) => {
  for (const [does, [request, before]] of Object.entries(longRequests)) {
    it.effect(`${does} of many things holds up nobody else`, () =>
      Effect.gen(function*() {
        const owner = yield* newOwner
        const other = yield* newPerson
        if (before !== undefined) yield* before(owner)
        const { release } = yield* hold([owner])
        const long = yield* Effect.forkChild(request(owner))
        yield* Effect.repeat(heldUp, { until: (count) => count === 1 })
        for (let round = 0; round < 10; round++) {
          const answers = yield* Effect.all([
            other.get("/api/v1/tasks"),
            other.json("POST", "/api/v1/tasks", { title: "x" })
          ], {
            concurrency: "unbounded"
          })
          assert.deepStrictEqual(answers.map(({ status }) => status), [200, 201])
        }
        assert.strictEqual(yield* heldUp, 1)
        yield* release
        assert.strictEqual((yield* Fiber.join(long)).status, 200)
      }))
  }

  it.effect("deletes, undoes or empties few waits for none that does so with many", () =>
    Effect.gen(function*() {
      const owners = [yield* newOwner, yield* newOwner]
      const other = yield* newPerson
      const { release } = yield* hold(owners)
      const long = yield* Effect.forEach(owners, (owner) => Effect.forkChild(removeAll(owner)))
      // That is all the connections there are for them.
      yield* Effect.repeat(heldUp, { until: (count) => count === owners.length })
      yield* other.add("x")
      for (const write of [removeAll, undo, removeAll, emptyTrash]) {
        assert.strictEqual((yield* write(other)).status, 200)
      }
      assert.strictEqual(yield* heldUp, owners.length)
      yield* release
      assert.deepStrictEqual((yield* Fiber.joinAll(long)).map(({ status }) => status), [200, 200])
    }))
})
