import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const made = (pat: Person, body: object) =>
  Effect.map(pat.json("POST", "/api/v1/tasks", { title: "A task", ...body }), (answer) => {
    assert.strictEqual(answer.status, 201, answer.text)
    return answer.body
  })

const patching = (pat: Person, { id }: { readonly id: string }) => (body: unknown) =>
  pat.json("PATCH", `/api/v1/tasks/${id}`, body)

suite("the dates of a task", (it) => {
  it.effect("are all day long, float, or are fixed, and a patch goes inside", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* made(pat, { due: { date: "2999-10-25" } })
      assert.deepInclude(task, { due: { date: "2999-10-25" }, dueAt: null, start: null, startAt: null, overdue: false })
      const patch = patching(pat, task)
      const floating = yield* patch({ due: { time: "09:30" } })
      assert.deepInclude(floating.body, {
        due: { date: "2999-10-25", time: "09:30", timeZone: null },
        dueAt: "2999-10-25T09:30:00.000Z",
        version: 2
      })
      const fixed = yield* patch({ due: { timeZone: "europe/berlin" }, title: "Fixed" })
      assert.deepInclude(fixed.body, {
        title: "Fixed",
        due: { date: "2999-10-25", time: "09:30", timeZone: "Europe/Berlin" },
        version: 3
      })
      const moved = yield* patch({ due: { date: "2999-10-28" }, start: { date: "2999-10-01" } })
      assert.deepInclude(moved.body, {
        due: { date: "2999-10-28", time: "09:30", timeZone: "Europe/Berlin" },
        start: { date: "2999-10-01" }
      })
      assert.deepInclude((yield* patch({ due: { time: null }, tags: ["Home"] })).body, {
        due: { date: "2999-10-28" },
        dueAt: null,
        tags: ["Home"]
      })
      assert.strictEqual((yield* patch({ due: { date: "2999-10-28" } })).headers.get("operation-id"), null)
      assert.deepInclude((yield* patch({ due: null, start: null })).body, { due: null, start: null })
      assert.deepStrictEqual((yield* pat.get(`/api/v1/tasks/${task.id}`)).body.due, null)
    }))

  it.effect("are refused where they cannot be meant: 422 with the place", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* made(pat, {})
      const patch = patching(pat, task)
      const refused = Effect.fnUntraced(function*(body: unknown, code: string, path: ReadonlyArray<string>) {
        const answer = yield* patch(body)
        assertProblem(answer, 422, code)
        assert.deepStrictEqual(answer.body.path, ["payload", ...path])
      })
      yield* refused({ due: { time: "09:30" } }, "invalid_date", ["due", "time"])
      yield* refused({ due: { date: "2026-10-25", timeZone: "Europe/Berlin" } }, "invalid_date", ["due", "timeZone"])
      yield* refused(
        { start: { date: "2026-10-25", time: "09:30", timeZone: "GMT-7" } },
        "unknown_time_zone",
        ["start", "timeZone"]
      )
      yield* refused({ repeat: { rule: "FREQ=DAILY" } }, "repeat_needs_due", ["repeat"])
      yield* refused(
        { due: { date: "2026-10-25" }, repeat: { rule: "FREQ=DAILY;FOO=1" } },
        "invalid_rule",
        ["repeat", "rule"]
      )
      yield* refused({ due: { date: "2026-10-25" }, repeat: { rule: "FREQ=HOURLY" } }, "invalid_rule", [
        "repeat",
        "rule"
      ])
      // A Friday, and in steps of seven days a Friday again; by the week, or when it is done, it comes.
      const due = { date: "2026-11-27" }
      const mondays = "INTERVAL=7;BYDAY=MO"
      yield* refused({ due, repeat: { rule: `FREQ=DAILY;${mondays}` } }, "invalid_rule", ["repeat", "rule"])
      for (
        const repeat of [{ rule: `FREQ=WEEKLY;${mondays}` }, { rule: `FREQ=DAILY;${mondays}`, from: "completion" }]
      ) {
        assert.strictEqual((yield* patch({ due, repeat })).status, 200)
      }
      yield* patch({ due: { date: "2026-10-25" }, repeat: { rule: "FREQ=DAILY" } })
      yield* refused({ due: null }, "repeat_needs_due", ["due"])
      assert.strictEqual((yield* patch({ due: null, repeat: null })).status, 200)
      assertProblem(
        yield* pat.json("POST", "/api/v1/tasks", { title: "x", due: { date: "2026-10-25", timeZone: "X" } }),
        422,
        "invalid_date"
      )
      assert.strictEqual((yield* patch({ due: { date: "2026-02-30" } })).status, 400)
    }))

  it.effect("have no text that cannot be kept", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const due = { date: "2026-10-25", time: "09:30", timeZone: "Europe/Berlin" }
      const task = yield* made(pat, { due, repeat: { rule: "FREQ=DAILY" } })
      for (const unkept of ["\u0000", "\uD800", "Europe/Berlin\u0000"]) {
        for (
          const body of [
            { due: { timeZone: unkept } },
            { start: { ...due, timeZone: unkept } },
            { repeat: { rule: `FREQ=DAILY${unkept}` } },
            { repeat: { text: unkept } }
          ]
        ) {
          assertProblem(yield* patching(pat, task)(body), 400, "invalid_request")
          assertProblem(yield* pat.json("PATCH", "/api/v1/tasks?filter=open", body), 400, "invalid_request")
          const put = yield* pat.json("PUT", "/api/v1/tasks/external/a", { title: "a", due, ...body })
          assertProblem(put, 400, "invalid_request")
          const operations = [{ op: "task.update", id: task.id, body }]
          assertProblem(yield* pat.json("POST", "/api/v1/batch", { operations }), 400, "invalid_request")
        }
        const answer = yield* pat.json("POST", "/api/v1/tasks/query", { filter: "all", timeZone: unkept })
        assertProblem(answer, 400, "invalid_request")
      }
    }))

  it.effect("are meant in the zone that a query in a body names, as in one in the address", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* made(pat, { due: { date: "2026-10-25", time: "02:30" } })
      for (const filter of ["all", "today"]) {
        const answer = yield* pat.json("POST", "/api/v1/tasks/query", { filter, timeZone: "Nope" })
        assertProblem(answer, 422, "unknown_time_zone")
        assert.deepStrictEqual(answer.body.path, ["payload", "timeZone"])
        assertProblem(yield* pat.get(`/api/v1/tasks?filter=${filter}&timeZone=Nope`), 422, "unknown_time_zone")
      }
      const query = { filter: "all", timeZone: "America/New_York" }
      const { body } = yield* pat.json("POST", "/api/v1/tasks/query", query, { "time-zone": "Europe/Berlin" })
      assert.strictEqual(body.items[0].dueAt, "2026-10-25T06:30:00.000Z")
    }))

  it.effect("are those of the account's zone, and of the request's where it names one", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* pat.json("PATCH", "/api/v1/settings", { timeZone: "Europe/Berlin" })
      const due = { date: "2026-10-25", time: "02:30", timeZone: null }
      const { id } = yield* made(pat, { due })
      const path = `/api/v1/tasks/${id}`
      const own = yield* pat.get(path)
      assert.strictEqual(own.body.dueAt, "2026-10-25T00:30:00.000Z")
      const asked = yield* pat.get(path, { "time-zone": "America/New_York" })
      assert.strictEqual(asked.body.dueAt, "2026-10-25T06:30:00.000Z")
      assert.include(asked.headers.get("vary"), "Time-Zone")
      assert.notStrictEqual(own.headers.get("etag"), asked.headers.get("etag"))
      assert.match(own.headers.get("etag")!, /^"1\.[0-9a-z]+"$/)
      const unchanged = yield* pat.get(path, { "if-none-match": own.headers.get("etag")! })
      assert.strictEqual(unchanged.status, 304)
      assert.deepStrictEqual((yield* pat.get(`${path}?timeZone=America%2FNew_York`)).body, asked.body)
      const [listed] = (yield* pat.get("/api/v1/tasks?timeZone=America%2FNew_York")).body.items
      assert.deepStrictEqual(listed, asked.body)
      assertProblem(yield* pat.get(path, { "time-zone": "Mars/Base" }), 422, "unknown_time_zone")
      const changed = yield* pat.json("PATCH", path, { title: "x" }, { "if-match": own.headers.get("etag")! })
      assert.deepInclude(changed.body, { version: 2, dueAt: "2026-10-25T00:30:00.000Z" })
      const stale = yield* pat.json("PATCH", path, { title: "y" }, { "if-match": own.headers.get("etag")! })
      assertProblem(stale, 412, "task_changed")
      assert.deepStrictEqual(stale.body.current, changed.body)
    }))

  it.effect("are late when they are past, and the task is open", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* made(pat, { due: { date: "2020-01-01" } })
      assert.isTrue(task.overdue)
      assert.isFalse((yield* patching(pat, task)({ completed: true })).body.overdue)
      assert.isFalse((yield* made(pat, { due: { date: "2999-01-01" } })).overdue)
    }))

  it.effect("are in a batch as in requests of their own, each after those before it", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* made(pat, { due: { date: "2999-10-25", time: "09:30" } })
      const id = "0198c0de-7a5c-7000-8000-0000000000d1"
      const run = (...operations: ReadonlyArray<object>) => pat.json("POST", "/api/v1/batch", { operations })
      const done = yield* run(
        { op: "task.update", id: task.id, body: { due: { date: "2999-10-26" } } },
        { op: "task.create", body: { id, title: "New", due: { date: "2999-01-01" } } },
        { op: "task.update", id, body: { repeat: { rule: "FREQ=DAILY" }, due: { time: "08:00" } } },
        { op: "task.update", id: task.id, body: { due: { timeZone: "Asia/Tokyo" } } },
        { op: "task.complete", id, body: {} },
        { op: "task.complete", id: task.id, body: {} }
      )
      assert.strictEqual(done.status, 200, done.text)
      assert.deepInclude((yield* pat.get(`/api/v1/tasks/${task.id}`)).body, {
        due: { date: "2999-10-26", time: "09:30", timeZone: "Asia/Tokyo" },
        completed: true
      })
      assert.deepInclude((yield* pat.get(`/api/v1/tasks/${id}`)).body, {
        due: { date: "2999-01-02", time: "08:00", timeZone: null },
        occurrence: "2999-01-02T08:00",
        completed: false
      })
      const refused = yield* run(
        { op: "task.update", id, body: { title: "Not done" } },
        { op: "task.update", id, body: { due: null } }
      )
      assertProblem(refused, 422, "repeat_needs_due")
      assert.deepInclude(refused.body, { index: 1, path: ["payload", "operations", 1, "body", "due"] })
      assertProblem(yield* run({ op: "task.update", id, body: { completed: true } }), 428, "precondition_required")
      const { version } = (yield* pat.get(`/api/v1/tasks/${id}`)).body
      const advanced = yield* run({ op: "task.update", id, version, body: { completed: true, title: "Next" } })
      assert.strictEqual(advanced.status, 200)
      assert.deepInclude((yield* pat.get(`/api/v1/tasks/${id}`)).body, {
        title: "Next",
        occurrence: "2999-01-03T08:00",
        version: version + 1
      })
    }))
})
