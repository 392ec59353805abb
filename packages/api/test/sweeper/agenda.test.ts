import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { recordBounds, workOffAgenda } from "../../src/sweeper/Agenda.ts"
import { asPerson } from "../support/asPerson.ts"
import { assertProblem, bearer, newPerson, origin, type Person, sendJson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const sweep = workOffAgenda(recordBounds)

const remove = (person: Person, id: string) => person.json("DELETE", `/api/v1/tasks/${id}`, "")
const restore = (person: Person, id: string) => person.json("POST", `/api/v1/tasks/${id}/restore`, "")

/** Lets time go by for all that is somebody's. */
const age = (person: Person, by: string) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    yield* asPerson(
      person,
      Effect.all([
        sql`UPDATE todo.tasks SET trashed_at = trashed_at - ${by}::interval`,
        sql`UPDATE todo.operations SET at = at - ${by}::interval`,
        sql`UPDATE todo.counters SET last_at = last_at - ${by}::interval`,
        sql`UPDATE todo.agenda SET at = at - ${by}::interval`
      ])
    )
  })

/** Has somebody's record looked at the next time. */
const dueNow = (person: Person) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    yield* asPerson(person, sql`UPDATE todo.agenda SET at = now() WHERE kind = 'record'`)
  })

const kindsOf = (person: Person) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const rows = yield* asPerson(person, sql<{ kind: string }>`SELECT kind FROM todo.operations ORDER BY seq`)
    return rows.map(({ kind }) => kind)
  })

const agendaOf = (person: Person) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    return yield* asPerson(
      person,
      sql<{ kind: string; days: number }>`
        SELECT kind, round(extract(epoch FROM at - now()) / 86400)::integer AS days FROM todo.agenda ORDER BY kind`
    )
  })

suite("the trash is emptied after 30 days", (it) => {
  it.effect("and spares what was taken out of it in time (H8)", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const [a, b] = yield* Effect.forEach(["A", "B"], pat.add)
      yield* remove(pat, a.id)
      yield* remove(pat, b.id)
      yield* age(pat, "29 days")
      yield* sweep
      assert.strictEqual((yield* restore(pat, a.id)).status, 200)
      yield* age(pat, "3 days")
      yield* sweep
      const found = yield* pat.get(`/api/v1/tasks/${a.id}`)
      assert.strictEqual(found.status, 200)
      assert.strictEqual(found.body.number, 1)
      assertProblem(yield* restore(pat, b.id), 404, "task_not_found")
    }))

  it.effect("also of what was deleted, restored, and deleted again: from then on", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("A")
      yield* remove(pat, task.id)
      yield* age(pat, "20 days")
      yield* restore(pat, task.id)
      yield* remove(pat, task.id)
      yield* age(pat, "20 days")
      yield* sweep
      assert.strictEqual((yield* pat.get(`/api/v1/trash/${task.id}`)).status, 200)
      assert.deepStrictEqual((yield* agendaOf(pat)).filter(({ kind }) => kind === "trash"), [{
        kind: "trash",
        days: 10
      }])
      yield* age(pat, "11 days")
      yield* sweep
      assertProblem(yield* pat.get(`/api/v1/trash/${task.id}`), 404, "task_not_found")
      assert.deepStrictEqual((yield* agendaOf(pat)).filter(({ kind }) => kind === "trash"), [])
    }))

  it.effect("as an operation of nobody's, with nothing of the text left", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const sam = yield* newPerson
      const task = yield* pat.add("Very private")
      yield* remove(pat, task.id)
      yield* sam.add("Stays")
      yield* age(pat, "31 days")
      // Several replicas may do it at the same time.
      yield* Effect.all([sweep, sweep, sweep], { concurrency: "unbounded" })
      assert.deepStrictEqual(yield* kindsOf(pat), ["task.create", "task.remove", "trash.expire"])
      const [operation] = yield* asPerson(
        pat,
        sql<{ actor: unknown; name: unknown; text: string; at: boolean }>`
          SELECT o.actor, o.actor_name AS name, o.at > now() - interval '1 minute' AS at,
            (SELECT string_agg(c::text, '') FROM todo.changes c) AS text
            FROM todo.operations o WHERE o.kind = 'trash.expire'`
      )
      assert.deepInclude(operation, { actor: null, name: null, at: true })
      assert.notInclude(operation!.text, "private")
      assert.deepStrictEqual(yield* kindsOf(sam), ["task.create"])
      // The user's next write is behind it.
      yield* pat.add("next")
      assert.deepStrictEqual((yield* kindsOf(pat)).at(-1), "task.create")
      const [{ tasks } = { tasks: 0 }] = yield* asPerson(pat, sql<{ tasks: number }>`SELECT tasks FROM todo.counters`)
      assert.strictEqual(tasks, 1)
    }))

  it.effect("however much there is", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      yield* asPerson(
        pat,
        sql`INSERT INTO todo.tasks (user_id, id, number, title, created_at, updated_at, version, trashed_at)
          SELECT ${pat.id}::uuid, gen_random_uuid(), n, 'x', now(), now(), 1, now() FROM generate_series(1, 1201) n`
      )
      yield* age(pat, "31 days")
      yield* sweep
      assert.deepStrictEqual((yield* pat.get("/api/v1/trash")).body.items, [])
      assert.deepStrictEqual(yield* kindsOf(pat), ["trash.expire", "trash.expire", "trash.expire"])
    }))
})

suite("the record", (it) => {
  it.effect("goes back 90 days", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const id = "0198c0de-7a5c-7000-8000-0000000000a1"
      const task = (yield* pat.json("POST", "/api/v1/tasks", { id, title: "Old" })).body
      yield* age(pat, "60 days")
      yield* pat.add("Young")
      yield* age(pat, "29 days")
      yield* sweep
      assert.lengthOf(yield* kindsOf(pat), 2)
      yield* age(pat, "2 days")
      yield* sweep
      const left = yield* asPerson(pat, sql<{ seq: number }>`SELECT seq::integer AS seq FROM todo.changes`)
      assert.deepStrictEqual(left, [{ seq: 2 }])
      assert.lengthOf(yield* kindsOf(pat), 1)
      const [{ swept } = { swept: 0 }] = yield* asPerson(
        pat,
        sql<{ swept: number }>`SELECT swept::integer AS swept FROM todo.counters`
      )
      assert.strictEqual(swept, 1)
      // The things are not part of it.
      assert.deepStrictEqual((yield* pat.get(`/api/v1/tasks/${task.id}`)).body, task)
      assert.deepStrictEqual(yield* agendaOf(pat), [{ kind: "record", days: 59 }])
    }))

  it.effect("has as many changes as it may, the newest, and operations whole", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      yield* Effect.forEach(["1", "2", "3"], pat.add)
      yield* pat.json("DELETE", "/api/v1/tasks?completed=false", "")
      yield* pat.add("4")
      const seqs = Effect.map(
        asPerson(pat, sql<{ seq: number }>`SELECT seq::integer AS seq FROM todo.changes ORDER BY seq`),
        (rows) => rows.map(({ seq }) => seq)
      )
      for (
        const [changes, left] of [[7, [1, 2, 3, 4, 4, 4, 5]], [5, [3, 4, 4, 4, 5]], [3, [5]], [0, []]] as const
      ) {
        yield* dueNow(pat)
        yield* workOffAgenda({ ...recordBounds, changes })
        assert.deepStrictEqual(yield* seqs, [...left])
        assert.lengthOf(yield* kindsOf(pat), new Set(left).size)
      }
    }))

  it.effect("takes no more room than it may", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("1")
      for (const title of ["2", "3", "4"]) yield* pat.json("PATCH", `/api/v1/tasks/${task.id}`, { title })
      yield* dueNow(pat)
      yield* workOffAgenda({ ...recordBounds, bytes: 900 })
      const left = (yield* kindsOf(pat)).length
      assert.isAbove(left, 0)
      assert.isBelow(left, 4)
    }))

  it.effect("is looked at after many changes", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      assert.deepStrictEqual(yield* agendaOf(pat), [{ kind: "record", days: 90 }])
      yield* asPerson(
        pat,
        sql`INSERT INTO todo.tasks (user_id, id, number, title, created_at, updated_at, version)
          SELECT ${pat.id}::uuid, gen_random_uuid(), n, 'x', now(), now(), 1 FROM generate_series(1, 1100) n`
      )
      yield* pat.json("DELETE", "/api/v1/tasks?completed=false", "")
      assert.deepStrictEqual(yield* agendaOf(pat), [{ kind: "record", days: 0 }, { kind: "trash", days: 30 }])
      yield* sweep
      assert.deepStrictEqual((yield* agendaOf(pat))[0], { kind: "record", days: 90 })
    }))
})

suite("an account that is deleted", (it) => {
  it.effect("is gone at once however much it has, and what is left of its rows soon", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      yield* pat.add("Very private")
      yield* asPerson(
        pat,
        Effect.all([
          sql`INSERT INTO todo.tasks (user_id, id, number, title, created_at, updated_at)
            SELECT user_id, gen_random_uuid(), n, title, created_at, updated_at FROM todo.tasks, generate_series(2, 2500) n`,
          sql`INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, was, now)
            SELECT c.user_id, n, 0, c.noun, c.id, c.was, c.now FROM todo.changes c, generate_series(2, 4500) n`
        ])
      )
      const leftOf = asPerson(
        pat,
        sql<{ count: number }>`SELECT count(*)::integer AS count FROM (
          SELECT user_id FROM todo.tasks UNION ALL SELECT user_id FROM todo.changes
          UNION ALL SELECT user_id FROM todo.operations UNION ALL SELECT user_id FROM todo.agenda) AS kept`
      ).pipe(Effect.map(([row]) => row!.count))
      const deletion = yield* sendJson("POST", "/api/auth/delete-user", { password: pat.password }, {
        ...bearer(pat.session),
        ...origin
      })
      assert.strictEqual(deletion.status, 200, deletion.text)
      assert.strictEqual((yield* pat.get("/api/v1/tasks")).status, 401)
      assert.isAbove(yield* leftOf, 0)
      yield* sweep
      assert.strictEqual(yield* leftOf, 0)
    }))
})

suite("the agenda", (it) => {
  it.effect("shows everybody's turns to nobody in particular, and somebody's own to them", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const sam = yield* newPerson
      const seen = sql<{ user_id: string }>`SELECT user_id FROM todo.agenda`
      assert.includeMembers((yield* seen).map(({ user_id }) => user_id), [pat.id, sam.id])
      assert.deepStrictEqual((yield* asPerson(pat, seen)).map(({ user_id }) => user_id), [pat.id])
      const moved = yield* sql`UPDATE todo.agenda SET at = now() RETURNING 1`
      assert.deepStrictEqual(moved, [])
    }))
})
