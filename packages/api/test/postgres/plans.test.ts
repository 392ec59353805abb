import { PgClient } from "@effect/sql-pg"
import { assert } from "@effect/vitest"
import { CurrentUser, SessionId } from "@todo/domain/users/CurrentUser"
import { UserId } from "@todo/domain/users/User"
import { Effect, Layer, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { inject } from "vitest"
import { Statements } from "../../src/database/connections/Statements.ts"
import { throughDoor } from "../../src/database/Door.ts"
import { Wakeups } from "../../src/database/Wakeups.ts"
import { Writes } from "../../src/database/Write.ts"
import { ofExternalId } from "../../src/tasks/external.sql.ts"
import { waitingFor } from "../../src/tasks/rules.sql.ts"
import { Tasks } from "../../src/tasks/Tasks.ts"
import { suite } from "../support/suite.ts"

const administrator = PgClient.layer({ url: Redacted.make(inject("postgresUrl")), maxConnections: 1 })

/** Somebody with many tasks among many users with few, made in bulk by the administrator. */
const crowd = Effect.fn("crowd")(function*(users: number, tasksOfOne: number) {
  const sql = yield* SqlClient.SqlClient
  return yield* sql.withTransaction(Effect.gen(function*() {
    const tag = crypto.randomUUID()
    yield* sql`INSERT INTO auth."user" ("name", "email", "emailVerified")
      SELECT 'Crowd', ${tag} || i || '@example.com', false FROM generate_series(1, ${users}::int) i`
    yield* sql`INSERT INTO todo.tasks (user_id, id, number, title, created_at, updated_at)
      SELECT u."id", gen_random_uuid(), n, 'Task', now(), now() FROM auth."user" u, generate_series(1, 10) n
      WHERE u."email" LIKE ${tag} || '%'`
    const [one] = yield* sql<{ id: string }>`SELECT "id" FROM auth."user" WHERE "email" = ${tag} || '1@example.com'`
    yield* sql`INSERT INTO todo.tasks (user_id, id, number, title, created_at, updated_at)
      SELECT ${one!.id}::uuid, gen_random_uuid(), n, 'Task', now(), now()
      FROM generate_series(11, ${tasksOfOne}::int) n`
    const [session] = yield* sql<
      { id: string }
    >`INSERT INTO auth."session" ("expiresAt", "token", "updatedAt", "userId", "credentials")
      VALUES (now() + interval '1 hour', ${tag}, now(), ${one!.id}, 0) RETURNING "id"`
    return CurrentUser.of({
      id: UserId.make(one!.id),
      sessionId: SessionId.make(session!.id),
      scopes: ["tasks:read", "tasks:write"]
    })
  }))
}, Effect.tap(() => Effect.flatMap(SqlClient.SqlClient, (sql) => sql`ANALYZE todo.tasks, auth."user"`)))

const numbersDown = (from: number, count: number) => Array.from({ length: count }, (_, i) => from - i)

suite("the plan of a read through the door", (it) => {
  const plan = Effect.fnUntraced(function*(query: string) {
    const statements = yield* Statements
    const explaining = Statements.of({
      ...statements,
      run: (text, values) => statements.run(`EXPLAIN (ANALYZE, COSTS OFF) ${text}`, values)
    })
    const rows = yield* throughDoor<{ "QUERY PLAN": string }>(explaining, query)()
    return rows.map((row) => row["QUERY PLAN"])
  })

  it.effect("asks the door first, then reads the user's own index entries, on a table of many users", () =>
    Effect.gen(function*() {
      const user = yield* crowd(3000, 5000).pipe(Effect.provide(administrator))
      const lines = yield* plan(
        "SELECT id, number FROM todo.tasks WHERE user_id = me.uid ORDER BY number DESC LIMIT 50"
      ).pipe(Effect.provideService(CurrentUser, user))
      const text = lines.join("\n")
      const door = lines.findIndex((line) => line.includes("Function Scan on authenticate"))
      const table = lines.findIndex((line) => /Index Scan.* on tasks/.test(line))
      // The outer side of a nested loop is printed, and run, first.
      assert.match(lines[0]!, /Nested Loop/, text)
      assert.isAbove(door, 0, text)
      assert.isAbove(table, door, text)
      assert.notMatch(text, /Seq Scan on tasks/)
      assert.match(text, /Index Cond: \(user_id = me\.uid\)/)
    }))

  it.effect("sums up no more than a page of tasks where they are long", () =>
    Effect.gen(function*() {
      const user = yield* crowd(3000, 5000).pipe(Effect.provide(administrator))
      yield* Effect.flatMap(
        SqlClient.SqlClient,
        (sql) =>
          sql`UPDATE todo.tasks SET description = repeat('x', 20000) WHERE user_id = ${user.id} AND number > 4900`
      ).pipe(Effect.provide(administrator))
      const statements = yield* Statements
      const plans: Array<string> = []
      const explained = Statements.of({
        ...statements,
        run: <Row extends object>(text: string, values: ReadonlyArray<unknown>) =>
          Effect.andThen(
            Effect.map(
              statements.run<{ "QUERY PLAN": string }>(`EXPLAIN (ANALYZE, COSTS OFF) ${text}`, values),
              (rows) => plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"))
            ),
            statements.run<Row>(text, values)
          )
      })
      const list = (completed: boolean | undefined) =>
        Effect.flatMap(Tasks, (tasks) => tasks.list({ completed, limit: 200 }))
      const found = yield* Effect.all([list(undefined), list(false)]).pipe(
        Effect.provide(
          Tasks.layer.pipe(
            Layer.provide(Writes.layer),
            Layer.provide(Wakeups.layer),
            Layer.provide(Layer.succeed(Statements, explained))
          )
        ),
        Effect.provideService(CurrentUser, user)
      )
      for (const listing of found) {
        assert.deepStrictEqual(
          listing.found.map((task) => task["number"]),
          numbersDown(5000, 53)
        )
      }
      // Each list first without what is long, and then as many as fit.
      assert.lengthOf(plans, 4)
      for (const text of plans) {
        assert.match(text, /Function Scan on authenticate[^]*Index Cond: \(user_id = me\.uid\)/)
        assert.notMatch(text, /Seq Scan on tasks/)
      }
      for (const text of plans.filter((plan) => plan.includes("WindowAgg"))) assert.match(text, /WindowAgg[^]*Limit/)
      assert.lengthOf(plans.filter((plan) => plan.includes("WindowAgg")), 2)
    }))

  it.effect("of an external id, and of what waits for a task, is that of their own indexes, whatever the plan was made for", () =>
    Effect.gen(function*() {
      const user = yield* crowd(3000, 5000).pipe(Effect.provide(administrator))
      const sql = yield* SqlClient.SqlClient
      const planOf = Effect.fnUntraced(function*(types: string, query: string, value: string) {
        yield* sql.unsafe(`PREPARE wanted (${types}) AS ${query}`)
        const rows = yield* sql.unsafe<{ "QUERY PLAN": string }>(
          `EXPLAIN (COSTS OFF) EXECUTE wanted ('${user.id}', '${value}')`
        )
        yield* sql.unsafe("DEALLOCATE wanted")
        return rows.map((row) => row["QUERY PLAN"]).join("\n")
      })
      yield* sql.withTransaction(Effect.gen(function*() {
        // As functions have it that have been asked often.
        yield* sql`SET LOCAL plan_cache_mode = force_generic_plan`
        const external = `SELECT t.id FROM todo.tasks t WHERE ${ofExternalId("$2", "$1")}`
        assert.match(yield* planOf("uuid, text", external, "x"), /Index (?:Only )?Scan using tasks_external_idx/)
        const waiting = yield* planOf("uuid, uuid", `SELECT ${waitingFor("$2", "$1")}`, user.id)
        assert.match(waiting, /Scan using tasks_waiting_idx/)
        assert.notMatch(waiting, /Seq Scan/)
      }))
    }).pipe(Effect.provide(administrator)))

  it.effect("of what is late, and of a list by date, is that of the index of dates", () =>
    Effect.gen(function*() {
      const user = yield* crowd(3000, 5000).pipe(Effect.provide(administrator))
      yield* Effect.flatMap(
        SqlClient.SqlClient,
        (sql) =>
          sql`UPDATE todo.tasks SET due_key = 'd' || (date '2020-01-01' + number % 100), due = jsonb_build_object('date', date '2020-01-01' + number % 100)
            WHERE user_id = ${user.id} AND number > 4900`
      ).pipe(Effect.provide(administrator))
      const statements = yield* Statements
      const plans: Array<string> = []
      const runOnce = <Row extends object>(text: string, values: ReadonlyArray<unknown>) =>
        Effect.andThen(
          Effect.map(
            statements.runOnce<{ "QUERY PLAN": string }>(`EXPLAIN (ANALYZE, COSTS OFF) ${text}`, values),
            (rows) => plans.push(rows.map((row) => row["QUERY PLAN"]).join("\n"))
          ),
          statements.runOnce<Row>(text, values)
        )
      const listed = yield* Effect.flatMap(Tasks, ({ listFiltered }) =>
        Effect.all([
          listFiltered({ filter: "overdue", limit: 200 }),
          listFiltered({ sort: "due", completed: false, limit: 50 })
        ])).pipe(
          Effect.provide(
            Tasks.layer.pipe(
              Layer.provide(Writes.layer),
              Layer.provide(Wakeups.layer),
              Layer.provide(Layer.succeed(Statements, Statements.of({ ...statements, runOnce })))
            )
          ),
          Effect.provideService(CurrentUser, user)
        )
      assert.deepStrictEqual(listed.map(({ found }) => found.length), [100, 51])
      assert.lengthOf(plans, 2)
      for (const text of plans) assert.notMatch(text, /Seq Scan on tasks/)
      assert.match(plans[1]!, /Scan using tasks_due_idx/)
    }))

  it.effect("finds the rows on a table with a single one, too", () =>
    Effect.gen(function*() {
      const user = yield* crowd(1, 10).pipe(Effect.provide(administrator))
      const read = throughDoor(yield* Statements, "SELECT id FROM todo.tasks WHERE user_id = me.uid")
      const rows = yield* Effect.provideService(read(), CurrentUser, user)
      assert.lengthOf(rows, 10)
    }))
})
