import { assert, layer } from "@effect/vitest"
import { Effect, Layer, Schedule } from "effect"
import { expires } from "../../src/Service.ts"
import { recordBounds, workOffAgenda } from "../../src/sweeper/Agenda.ts"
import { walkZones, zonesVersion } from "../../src/sweeper/FixedTimes.ts"
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

/** Order, trees and what waits. */
const ordered = Effect.fnUntraced(function*(pat: Person) {
  yield* pat.json("PATCH", "/api/v1/settings", { newTasks: "first" })
  const [top, child, other] = yield* Effect.forEach(["top", "child", "other"], pat.add)
  const patch = (id: string, body: object) => pat.json("PATCH", `/api/v1/tasks/${id}`, body)
  yield* patch(child.id, { parentId: top.id })
  yield* patch(other.id, { blockedBy: [top.id] })
  const move = (ids: ReadonlyArray<string>, place: object) => pat.json("POST", "/api/v1/tasks/move", { ids, ...place })
  const put = yield* pat.json("PUT", "/api/v1/tasks/external/of-a-script", { title: "Of a script" })
  assert.strictEqual(put.status, 201, put.text)
  yield* pat.json("PUT", "/api/v1/tasks/external/of-a-script", { title: "Changed" })
  const moved = yield* move([top.id, other.id], { at: "last" })
  assert.strictEqual(moved.status, 200, moved.text)
  yield* moveToAndFro(pat, tasks, top.id, other.id)
  yield* patch(child.id, { completed: true })
  yield* patch(child.id, { completed: false })
  yield* pat.json("POST", `/api/v1/tasks/${top.id}/complete`, { children: "complete" })
  yield* patch(child.id, { completed: false })
  yield* pat.json("DELETE", `/api/v1/tasks/${top.id}`, "")
  yield* pat.json("POST", `/api/v1/tasks/${top.id}/restore`, "")
  // What an undo brings back below what is done by now opens it.
  yield* patch(child.id, { completed: false })
  const gone = yield* pat.json("DELETE", `/api/v1/tasks/${child.id}`, "")
  yield* patch(top.id, { completed: true })
  const opened = yield* pat.json("POST", `/api/v1/operations/${gone.headers.get("operation-id")}/undo`, {})
  assert.strictEqual(opened.status, 200, opened.text)
  yield* pat.json("PATCH", "/api/v1/settings", { newTasks: "last" })
  for (const [noun, body] of [["projects", {}], ["views", { filter: "open" }]] as const) {
    const named = (name: string) => pat.json("POST", `/api/v1/${noun}`, { name, ...body })
    const [one] = [yield* named("Moved"), yield* named("Not moved")]
    for (let twice = 0; twice < 2; twice++) {
      const last = yield* pat.json("POST", `/api/v1/${noun}/move`, { ids: [one.body.id], at: "last" })
      assert.strictEqual(last.status, 200, last.text)
    }
  }
})

/** Everything that somebody can have done to their own, by whichever way it gets to the database. */
const repertoire = Effect.fnUntraced(function*(pat: Person) {
  yield* ordered(pat)
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
  yield* organize(pat)
  yield* carry(pat)
  yield* repeat(pat)
  yield* look(pat)
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

/** What can be done with projects and tags. */
/** Lists by filter, order and view, and what is said about tasks. */
const look = Effect.fnUntraced(function*(pat: Person) {
  const { get, json } = pat
  const [tasks, views] = ["/api/v1/tasks", "/api/v1/views"]
  const { body: { id } } = yield* json("POST", tasks, { title: "Straße", tags: ["seen"], due: { date: "2026-10-25" } })
  const { body: view } = yield* json("POST", views, { name: "Now", filter: "open", sort: "due" })
  yield* json("PATCH", `${views}/${view.id}`, { name: "Later" })
  const { body: soon } = yield* json("POST", views, { name: "Soon", filter: "open" })
  yield* moveToAndFro(pat, views, view.id, soon.id)
  yield* get(views)
  yield* get(`${views}/${view.id}`)
  for (const filter of ["open", "today or overdue", "#work", "@seen and not @s*", "search:strasse", "ready"]) {
    const { body } = yield* get(`${tasks}?limit=1&sort=due,-priority&filter=${encodeURIComponent(filter)}`)
    if (body.nextCursor !== null) {
      const next = new URLSearchParams({ limit: "1", sort: "due,-priority", filter, cursor: body.nextCursor })
      yield* get(`${tasks}?${next}`)
    }
  }
  yield* get(`${tasks}?view=${view.id}`)
  yield* get(`${tasks}/count?filter=open`)
  yield* json("POST", `${tasks}/query`, { filter: { is: "open" } })
  yield* json("PATCH", `${tasks}?filter=@seen`, { priority: "p1", due: { time: "09:30" } })
  const { body: comment } = yield* json("POST", `${tasks}/${id}/comments`, { text: "Größe" })
  yield* json("PATCH", `/api/v1/comments/${comment.id}`, { text: "Größer" })
  yield* get(`${tasks}/${id}/comments`)
  yield* json("POST", "/api/v1/undo", {})
  yield* json("DELETE", `/api/v1/comments/${comment.id}`, "")
  yield* json("DELETE", `${views}/${view.id}`, "")
  yield* json("POST", "/api/v1/undo", {})
})

/** Moves a thing beside another and then elsewhere; the first of it cannot be undone alone. */
const moveToAndFro = Effect.fnUntraced(function*({ json }: Person, path: string, thing: string, other: string) {
  const moved = yield* json("POST", `${path}/move`, { ids: [thing], after: other })
  assert.strictEqual(moved.status, 200, moved.text)
  yield* json("POST", `${path}/move`, { ids: [thing], at: "first" })
  const back = yield* json("POST", `/api/v1/operations/${moved.headers.get("operation-id")}/undo`, {})
  assert.strictEqual(back.status, 409, back.text)
  for (let undone = 0; undone < 2; undone++) {
    assert.strictEqual((yield* json("POST", "/api/v1/undo", {})).status, 200)
  }
  yield* json("POST", `${path}/move`, { ids: [thing], before: other })
  // Two go in one operation, the first from right before the second: an undo looks for more than that each is behind what it stood behind.
  const op = `${path.split("/").at(-1)!.slice(0, -1)}.move`
  const both = yield* json("POST", "/api/v1/batch", {
    operations: [{ op, body: { ids: [thing], at: "last" } }, { op, body: { ids: [other], at: "last" } }]
  })
  assert.strictEqual(both.status, 200, both.text)
  const apart = yield* json("POST", `/api/v1/operations/${both.headers.get("operation-id")}/undo`, {})
  assert.strictEqual(apart.status, 200, apart.text)
})

const organize = Effect.fnUntraced(function*(pat: Person) {
  const { get, json } = pat
  const [projects, tasks] = ["/api/v1/projects", "/api/v1/tasks"]
  const add = (name: string, more: object = {}) =>
    Effect.map(json("POST", projects, { name, ...more }), ({ body }): string => body.id)
  const work = yield* add("Work")
  const below = yield* add("Below", { parentId: work })
  const other = yield* add("Other")
  const { body: { id } } = yield* json("POST", tasks, { title: "In it", projectId: below, tags: ["one", "two"] })
  yield* json("PATCH", `${tasks}/${id}`, { tags: ["two", "three"], title: "Still" })
  yield* json("PUT", `${tasks}/${id}/tags/four`, "")
  yield* json("DELETE", `${tasks}/${id}/tags/three`, "")
  for (const query of ["", "?limit=1", "?archived=true", "?archived=false"]) yield* get(`${projects}${query}`)
  yield* get(`${projects}/${work}`)
  for (const patch of [{ name: "Office" }, { parentId: other }, { archived: true }, { archived: false }]) {
    yield* json("PATCH", `${projects}/${work}`, patch)
  }
  yield* moveToAndFro(pat, projects, work, other)
  yield* json("DELETE", `${projects}/${below}?contents=move&to=${work}`, "")
  yield* json("DELETE", `${projects}/${other}?contents=trash`, "")
  yield* json("POST", "/api/v1/undo", {})
  yield* get("/api/v1/tags")
  yield* json("PATCH", "/api/v1/tags/two", { name: "zwei", color: "#112233" })
  yield* json("POST", "/api/v1/undo", {})
  yield* json("PATCH", "/api/v1/tags/four", { name: "two", merge: true })
  yield* json("DELETE", "/api/v1/tags/two", "")
  yield* json("POST", "/api/v1/undo", {})
})

/** Out of the service, and into it: what is there, what differs, and what is new. */
const carry = Effect.fnUntraced(function*({ get, json }: Person) {
  const { body: document } = yield* get("/api/v1/export")
  const [task] = document.tasks
  const more = { ...task, id: `${task.id.slice(0, -4)}ffff`, externalId: null, title: "Carried", parentId: null }
  const changed = { ...document, tasks: [{ ...task, title: "Changed" }, more] }
  for (const query of ["dryRun=true&partial=true", "overwrite=true&partial=true", "partial=true"]) {
    const { status, text } = yield* json("POST", `/api/v1/import?${query}`, changed)
    assert.strictEqual(status, 200, text)
  }
})

/** What can be done with dates, and with where one is. */
const repeat = Effect.fnUntraced(function*({ get, json }: Person) {
  const settings = "/api/v1/settings"
  const { headers } = yield* json("PATCH", settings, { timeZone: "Europe/Berlin" })
  yield* json("POST", `/api/v1/operations/${headers.get("operation-id")}/undo`, {})
  yield* get(settings)
  const due = { date: "2999-01-01" }
  const { body: { id } } = yield* json("POST", "/api/v1/tasks", { title: "Daily", due, repeat: { rule: "FREQ=DAILY" } })
  const task = `/api/v1/tasks/${id}`
  for (const verb of ["complete", "skip"]) {
    yield* json("POST", `${task}/${verb}`, {})
    yield* json("POST", "/api/v1/undo", {})
  }
  for (const part of ["occurrences", "completions"]) yield* get(`${task}/${part}`)
  yield* json("DELETE", `${task}?permanent=true`, "")
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
      "auth.verification",
      "todo.zones"
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
      // Somebody's keys are by other data of zones.
      yield* (yield* newPerson).json("POST", tasks, {
        title: "Fixed",
        due: { date: "2030-06-01", time: "09:30", timeZone: "Europe/Berlin" }
      })
      yield* Effect.promise(() =>
        runSqlIn(
          partitioned.href,
          "UPDATE todo.zones SET version = ''",
          "UPDATE todo.tasks SET due_key = 'z2031' WHERE due_key LIKE 'z%'"
        )
      )
      log.take()
      yield* walkZones(zonesVersion)
      yield* workOffAgenda(recordBounds)
      const reads = severalOf(log.take())
      assert.lengthOf(reads, 1)
      assert.match(reads[0]!, /^SELECT user_id, kind, at FROM todo\.agenda WHERE at <= \$1/)
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
