import { assert, layer } from "@effect/vitest"
import { Effect, Layer, Schedule } from "effect"
import { expires } from "../../src/Service.ts"
import { recordBounds, workOffAgenda } from "../../src/sweeper/Agenda.ts"
import { sweep } from "../../src/sweeper/Sweeper.ts"
import { asPerson } from "../support/asPerson.ts"
import { EventSource } from "../support/EventSource.ts"
import { newDatabase, runSqlIn } from "../support/newDatabase.ts"
import { makePartitioned, partitionCount } from "../support/partitions.ts"
import { type Executed, PlanLog } from "../support/PlanLog.ts"
import {
  type Answer,
  bearer,
  newPerson,
  newSignedUp,
  origin,
  type Person,
  send,
  sendJson
} from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"

const partitioned = await newDatabase()
const made = await makePartitioned(partitioned.href)
const log = await PlanLog.start(partitioned)

const service = Layer.merge(
  TestService.layerWith({ DATABASE_URL: log.url.href, RATE_LIMITS: "on" }),
  Layer.effectDiscard(Effect.acquireRelease(Effect.void, () => Effect.promise(() => log.stop())))
)

/** Which partitions a statement has read or written, of any table. */
const partitionsOf = ({ tables }: Executed) =>
  new Set([...tables].flatMap((name) => /^[a-z_]+_(\d)$/.exec(name)?.[1] ?? []))

/** Turns row-level security off or on: it prunes, too, and without it what statements filter by is all there is. */
const rowLevelSecurity = (turned: "DISABLE" | "ENABLE") =>
  Effect.promise(() =>
    runSqlIn(
      partitioned.href,
      ...made.partitioned.filter((name) => name.startsWith("todo.")).map((name) =>
        `ALTER TABLE ${name} ${turned} ROW LEVEL SECURITY`
      )
    )
  )

const tasks = "/api/v1/tasks"
const key = () => ({ "idempotency-key": crypto.randomUUID() })

/** Everything that somebody can have done to their own, by whichever way it gets to the database. */
const repertoire = Effect.fnUntraced(function*(pat: Person) {
  const ok = (request: ReturnType<Person["get"]>): Effect.Effect<Answer, never, TestService> =>
    Effect.tap(request, ({ status, text }) => Effect.sync(() => assert.isBelow(status, 300, text)))
  const get = (path: string) => ok(pat.get(path))
  const json = (method: string, path: string, body: unknown, headers?: Record<string, string>) =>
    ok(pat.json(method, path, body, headers))

  const again = key()
  const { body: one } = yield* json("POST", tasks, { title: "One", description: "More" }, again)
  yield* json("POST", tasks, { title: "One", description: "More" }, again)
  const chosen = `${one.id.slice(0, -1)}${one.id.endsWith("0") ? 1 : 0}`
  for (let twice = 0; twice < 2; twice++) yield* json("POST", tasks, { id: chosen, title: "Chosen" })
  for (const title of ["Two", "Three", "Four"]) yield* json("POST", tasks, { title })
  for (const patch of [{ title: "Uno" }, { completed: true }, { completed: false }, {}]) {
    yield* json("PATCH", `${tasks}/${one.id}`, patch, { ...key(), "if-match": "*" })
  }
  yield* json("PATCH", `${tasks}/${chosen}`, { completed: true })
  yield* json("POST", "/api/v1/batch", {
    operations: [
      { op: "task.create", body: { title: "Five" } },
      { op: "task.update", id: one.id, body: { description: null } },
      { op: "task.remove", id: chosen }
    ]
  }, key())
  yield* json("POST", `${tasks}/${chosen}/restore`, "", key())
  const removed = yield* json("DELETE", `${tasks}/${one.id}`, "", key())
  yield* json("POST", `/api/v1/operations/${removed.headers.get("operation-id")}/undo`, {}, key())
  yield* json("POST", "/api/v1/undo", {})
  yield* json("POST", `${tasks}/${one.id}/restore`, "")
  for (
    const query of ["", "?completed=true", "?completed=false", "?number=1", "?limit=1", "?number=1&completed=false"]
  ) {
    const { body } = yield* get(`${tasks}${query}`)
    if (body.nextCursor !== null) yield* get(`${tasks}${query}&cursor=${body.nextCursor}`)
  }
  yield* get(`${tasks}/${one.id}`)
  yield* get(`${tasks}/${one.id}/history`)
  yield* get("/api/v1/operations?limit=2")
  yield* get(`/api/v1/operations/${removed.headers.get("operation-id")}`)
  const { body: { cursor } } = yield* get("/api/v1/changes?limit=2")
  yield* get(`/api/v1/changes?cursor=${cursor}`)
  yield* get("/api/v1/changes")
  yield* get("/api/v1/limits")
  yield* get("/api/v1/me")
  yield* get("/api/v1/sessions")
  yield* json("DELETE", `${tasks}?number=3&dryRun=true`, "")
  yield* json("DELETE", `${tasks}?completed=true`, "", key())
  yield* json("DELETE", `${tasks}/${one.id}`, "")
  yield* get("/api/v1/trash")
  yield* get(`/api/v1/trash/${one.id}`)
  yield* json("DELETE", `${tasks}/${one.id}?permanent=true`, "")
  yield* json("DELETE", "/api/v1/trash", "")
  const { body: token } = yield* json("POST", "/api/v1/tokens", {
    name: "ci",
    scopes: ["tasks:read"],
    expiresInDays: 1
  })
  yield* get("/api/v1/tokens")
  const { body: { token: jwt } } = yield* ok(
    send("/api/auth/token", { headers: { authorization: `Bearer ${token.secret}` } })
  )
  yield* ok(send(tasks, { headers: { authorization: `Bearer ${jwt}` } }))
  yield* json("DELETE", `/api/v1/tokens/${token.id}`, "")
  const signIn = ok(sendJson("POST", "/api/auth/sign-in/email", { email: pat.email, password: pat.password }, origin))
  yield* signIn
  yield* signIn
  const { body: { items: [session] } } = yield* get("/api/v1/sessions")
  yield* json("DELETE", `/api/v1/sessions/${session.id}`, "")
  yield* json("DELETE", "/api/v1/sessions", "")
  const { sql, url } = yield* TestService
  // Somebody who listens hears of it, whichever replica it is written at.
  const events = yield* Effect.promise(() => EventSource.open(url, pat.jwt))
  yield* pat.add("Heard")
  yield* Effect.promise(() => events.take(1))
  // The service looks each half second what other replicas have written.
  const looked = Effect.sync(() => log.executed.some(({ text }) => text.includes("FROM todo.look(")))
  yield* Effect.repeat(Effect.delay(looked, "50 millis"), { until: (is) => is })
  events.close()
  // Which happens by chance.
  yield* asPerson(pat, sql`SELECT todo.trim_idempotency_keys(${pat.id}::uuid)`)
})

/** Of a database, which of the service's functions have been called by now; what is counted comes a second later. */
const neverCalled = async () => {
  const rows = await runSqlIn(
    partitioned.href,
    `SELECT p.oid::regproc::text AS name FROM pg_proc p LEFT JOIN pg_stat_user_functions s ON s.funcid = p.oid
      WHERE p.pronamespace = 'todo'::regnamespace AND coalesce(s.calls, 0) = 0 ORDER BY 1`
  )
  return rows.map((row) => (row as { readonly name: string }).name)
}

/** Statements that have read or written in several partitions, each once. */
const severalOf = (executed: ReadonlyArray<Executed>) => [
  ...new Set(executed.filter((statement) => partitionsOf(statement).size > 1).map(({ text }) => text))
]

layer(service, { excludeTestServices: true })("tables partitioned by the hash of the user", (it) => {
  it("are all that have users' rows, but those in which a user is looked for", () => {
    assert.deepStrictEqual(made.partitioned, [
      "auth.familiar_clients",
      "todo.agenda",
      "todo.changes",
      "todo.counters",
      "todo.idempotency_keys",
      "todo.operations",
      "todo.script_tokens",
      "todo.tasks"
    ])
    assert.deepStrictEqual(made.whole.filter((name) => !name.startsWith("todo_")), [
      // By a code, an address, a token, an identifier, and the hash of a token for scripts: whose it is is what is asked.
      "auth.\"deviceCode\"",
      "auth.\"user\"",
      "auth.account",
      // Nobody's.
      "auth.jwks",
      "auth.rate_limits",
      "auth.script_token_secrets",
      "auth.session",
      "auth.verification"
    ])
  })

  it.effect("each statement of a user executes one partition, which is that of the user", () =>
    Effect.gen(function*() {
      yield* rowLevelSecurity("DISABLE")
      // Somebody in nearly every partition.
      for (let i = 0; i < 16; i++) yield* (yield* newPerson).add("Another's")
      for (const signedUp of [newSignedUp, newPerson]) {
        log.take()
        const pat = yield* signedUp
        yield* repertoire(pat)
        const executed = log.take()
        assert.deepStrictEqual(severalOf(executed), [])
        assert.strictEqual(new Set(executed.flatMap((statement) => [...partitionsOf(statement)])).size, 1)
        const touched = new Set(executed.flatMap(({ tables }) => [...tables]))
        for (const name of made.partitioned) {
          // A row is inserted by the name of the whole, into its partition alone.
          const base = name.split(".")[1]!
          assert.isTrue([...touched].some((table) => table === base || table.startsWith(`${base}_`)), name)
        }
      }
      // And with the account goes all that is its owner's, by the keys that refer to it.
      const pat = yield* newPerson
      yield* pat.add("Gone")
      log.take()
      const { session, password } = pat
      const deletion = sendJson("POST", "/api/auth/delete-user", { password }, { ...bearer(session), ...origin })
      assert.strictEqual((yield* deletion).status, 200)
      const executed = log.take()
      assert.deepStrictEqual(severalOf(executed), [])
      assert.isTrue(executed.some(({ text }) => text.startsWith("DELETE FROM todo.changes")))
    }))

  it.effect("work for many users is this, and goes on user by user", () =>
    Effect.gen(function*() {
      yield* rowLevelSecurity("ENABLE")
      // The first row of a partition has the same place as that of any other.
      yield* Effect.promise(() =>
        runSqlIn(
          partitioned.href,
          "TRUNCATE auth.familiar_clients",
          `INSERT INTO auth.familiar_clients
            SELECT id, CASE WHEN is_old THEN 'old' ELSE 'new' END, CASE WHEN is_old THEN '2020-01-01' ELSE now() END
            FROM auth."user", LATERAL (SELECT bool_or(satisfies_hash_partition(
              'auth.familiar_clients'::regclass, ${partitionCount}, remainder, id
            )) AS is_old FROM generate_series(0, ${partitionCount - 1}, 2) remainder) half`
        )
      )
      const clients = Effect.promise(() =>
        runSqlIn(partitioned.href, "SELECT client, count(*)::integer AS count FROM auth.familiar_clients GROUP BY 1")
      )
      const fresh = (yield* clients).filter((row) => "client" in row && row.client === "new")
      assert.lengthOf(fresh, 1)
      log.take()
      yield* sweep(expires)
      const swept = expires.map(({ table }) => table).filter((table) => made.partitioned.includes(table))
      const deletions = severalOf(log.take())
      assert.sameMembers(
        deletions.map((text) => /^WITH gone AS \(DELETE FROM "(\w+)"\."(\w+)"/.exec(text)?.slice(1).join(".")),
        swept
      )
      assert.deepStrictEqual(yield* clients, fresh)
      // It is everybody's turn.
      yield* Effect.promise(() => runSqlIn(partitioned.href, "UPDATE todo.agenda SET at = now()"))
      yield* workOffAgenda(recordBounds)
      const reads = severalOf(log.take())
      assert.lengthOf(reads, 1)
      assert.match(reads[0]!, /^SELECT user_id, kind FROM todo\.agenda WHERE at <= \$1/)
    }))

  it.effect("all that the service has for the database has been tried", () =>
    Effect.gen(function*() {
      const never = yield* Effect.repeat(Effect.promise(neverCalled), {
        while: (names) => names.length > 0,
        schedule: Schedule.max([Schedule.spaced("200 millis"), Schedule.recurs(50)])
      })
      assert.deepStrictEqual(never, [])
    }))
})
