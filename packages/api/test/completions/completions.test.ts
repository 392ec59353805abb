import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

interface Done {
  readonly occurrence: string
  readonly skipped: boolean
}

/** Somebody with a task that repeats, far enough away that each date is after now. */
const withRepeating = (body: object = {}) =>
  Effect.gen(function*() {
    const pat = yield* newPerson
    const made = yield* pat.json("POST", "/api/v1/tasks", {
      title: "Put the bins out",
      due: { date: "2999-01-01" },
      start: { date: "2998-12-30" },
      repeat: { rule: "FREQ=WEEKLY" },
      ...body
    })
    assert.strictEqual(made.status, 201, made.text)
    return { pat, task: made.body, ...verbsOn(pat, made.body.id) }
  })

const verbsOn = (pat: Person, id: string) => ({
  complete: (body: unknown = "", headers = {}) => pat.json("POST", `/api/v1/tasks/${id}/complete`, body, headers),
  skip: (body: unknown = "", headers = {}) => pat.json("POST", `/api/v1/tasks/${id}/skip`, body, headers),
  patch: (body: unknown, headers = {}) => pat.json("PATCH", `/api/v1/tasks/${id}`, body, headers),
  get: pat.get(`/api/v1/tasks/${id}`),
  completions: (query = "") => pat.get(`/api/v1/tasks/${id}/completions${query}`),
  undo: pat.json("POST", "/api/v1/undo", {})
})

suite("POST /api/v1/tasks/{id}/complete", (it) => {
  it.effect("does a task that does not repeat for good, once", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { id } = yield* pat.add("Once")
      const { complete, completions } = verbsOn(pat, id)
      const done = yield* complete({ completedAt: "2026-01-02T03:04:05.678Z" })
      assert.deepInclude(done.body, {
        completed: true,
        completedAt: "2026-01-02T03:04:05.678Z",
        advanced: true,
        version: 2
      })
      const again = yield* complete()
      assert.deepInclude(again.body, { completedAt: "2026-01-02T03:04:05.678Z", advanced: false, version: 2 })
      assert.isNull(again.headers.get("operation-id"))
      assert.deepStrictEqual((yield* completions()).body, { items: [], nextCursor: null })
    }))

  it.effect("moves a task that repeats on, with its start, as one operation, once for each date that was seen", () =>
    Effect.gen(function*() {
      const { complete, completions, task } = yield* withRepeating()
      assert.strictEqual(task.occurrence, "2999-01-01")
      const done = yield* complete({ occurrence: "2999-01-01" })
      assert.strictEqual(done.status, 200, done.text)
      assert.deepInclude(done.body, {
        advanced: true,
        completed: false,
        completedAt: null,
        due: { date: "2999-01-08" },
        start: { date: "2999-01-06" },
        occurrence: "2999-01-08",
        version: 2
      })
      const again = yield* complete({ occurrence: "2999-01-01" })
      assert.deepInclude(again.body, { advanced: false, occurrence: "2999-01-08", version: 2 })
      assert.strictEqual((yield* complete()).body.occurrence, "2999-01-15")
      const { items } = (yield* completions()).body
      assert.deepStrictEqual(items.map(({ occurrence, skipped }: Done) => [occurrence, skipped]), [
        ["2999-01-08", false],
        ["2999-01-01", false]
      ])
    }))

  it.effect("answers the same to the same key, and refuses another version and the future", () =>
    Effect.gen(function*() {
      const { complete } = yield* withRepeating()
      const key = { "idempotency-key": crypto.randomUUID() }
      const done = yield* complete({}, key)
      const again = yield* complete({}, key)
      assert.deepStrictEqual(again.body, done.body)
      assert.strictEqual(again.headers.get("idempotency-replayed"), "true")
      const changed = yield* complete({}, { "if-match": "\"1\"" })
      assertProblem(changed, 412, "task_changed")
      assert.strictEqual(changed.body.current.occurrence, "2999-01-08")
      assertProblem(yield* complete({ completedAt: "2999-01-01T00:00:00.000Z" }), 422, "in_the_future")
      assert.strictEqual((yield* complete({}, { "if-match": "\"2\"" })).body.occurrence, "2999-01-15")
    }))

  it.effect("ends the series with its last date: then it is done for good", () =>
    Effect.gen(function*() {
      const { complete, completions, pat, task } = yield* withRepeating({ repeat: { rule: "FREQ=DAILY;COUNT=2" } })
      yield* complete()
      const last = yield* complete()
      assert.deepInclude(last.body, { completed: true, advanced: true, occurrence: "2999-01-02" })
      assert.isNotNull(last.body.completedAt)
      assert.strictEqual((yield* complete()).body.advanced, false)
      assert.lengthOf((yield* completions()).body.items, 2)
      const undone = yield* pat.json("POST", "/api/v1/undo", {})
      assert.strictEqual(undone.status, 200)
      assert.deepInclude((yield* pat.get(`/api/v1/tasks/${task.id}`)).body, { completed: false })
      assert.lengthOf((yield* completions()).body.items, 1)
    }))

  it.effect("is undone with its completion, and its undoing too", () =>
    Effect.gen(function*() {
      const { complete, completions, get, patch, skip, undo, pat } = yield* withRepeating()
      const before = (yield* get).body
      const done = yield* complete({ completedAt: "2026-01-02T03:04:05.000Z" })
      const after = (yield* completions()).body
      assert.lengthOf(after.items, 1)
      const undone = yield* undo
      assert.strictEqual(undone.status, 200, undone.text)
      assert.sameMembers(undone.body.changes[0].members, ["due", "occurrence", "start"])
      assert.deepInclude((yield* get).body, { due: before.due, start: before.start, occurrence: before.occurrence })
      assert.deepStrictEqual((yield* completions()).body.items, [])
      // Another one takes its place, and goes again.
      yield* skip()
      assert.deepInclude((yield* completions()).body.items[0], { occurrence: "2999-01-01", skipped: true })
      yield* undo
      const redone = yield* pat.json("POST", `/api/v1/operations/${undone.headers.get("operation-id")}/undo`, {})
      assert.strictEqual(redone.status, 200, redone.text)
      assert.deepInclude((yield* get).body, { due: done.body.due, occurrence: done.body.occurrence })
      assert.deepStrictEqual((yield* completions()).body, after)
      // What was changed since stays.
      yield* patch({ due: { date: "2999-03-01" } })
      const refused = yield* pat.json("POST", `/api/v1/operations/${done.headers.get("operation-id")}/undo`, {})
      assertProblem(refused, 409, "changed_since")
    }))

  it.effect("goes with the task when that is deleted for good", () =>
    Effect.gen(function*() {
      const { complete, completions, pat, task } = yield* withRepeating()
      yield* complete()
      const path = `/api/v1/tasks/${task.id}`
      yield* pat.json("DELETE", path, "")
      assertProblem(yield* completions(), 404, "task_not_found")
      assertProblem(yield* complete(), 404, "task_not_found")
      yield* pat.json("POST", `${path}/restore`, "")
      assert.lengthOf((yield* completions()).body.items, 1)
      assert.strictEqual((yield* pat.json("DELETE", `${path}?permanent=true`, "")).status, 204)
      assertProblem(yield* completions(), 404, "task_not_found")
    }))
})

suite("a task that repeats", (it) => {
  it.effect("is completed by a patch only with If-Match", () =>
    Effect.gen(function*() {
      const { get, patch } = yield* withRepeating()
      assertProblem(yield* patch({ completed: true }), 428, "precondition_required")
      assert.strictEqual((yield* get).body.version, 1)
      const done = yield* patch({ completed: true, title: "Next" }, { "if-match": "\"1\"" })
      assert.deepInclude(done.body, { title: "Next", occurrence: "2999-01-08", completed: false, version: 2 })
      assertProblem(yield* patch({ completed: true }, { "if-match": "\"1\"" }), 412, "task_changed")
      const ended = yield* patch({ completed: true, repeat: null })
      assert.deepInclude(ended.body, { completed: true, repeat: null, occurrence: null })
    }))

  it.effect("stays in its series where a day is moved, and takes all of it to another time", () =>
    Effect.gen(function*() {
      const { complete, get, patch } = yield* withRepeating({ due: { date: "2999-01-01", time: "09:30" } })
      yield* patch({ due: { date: "2999-01-03", time: "20:00" } })
      assert.strictEqual((yield* get).body.occurrence, "2999-01-01T09:30")
      assert.deepInclude((yield* complete()).body, { due: { date: "2999-01-08", time: "09:30", timeZone: null } })
      const retimed = yield* patch({ due: { time: "10:00", timeZone: "Europe/Berlin" } })
      assert.strictEqual(retimed.body.occurrence, "2999-01-08T10:00")
      assert.deepInclude((yield* complete()).body, {
        due: { date: "2999-01-15", time: "10:00", timeZone: "Europe/Berlin" },
        occurrence: "2999-01-15T10:00"
      })
      const anew = yield* patch({ repeat: { rule: "FREQ=MONTHLY" } })
      assert.strictEqual(anew.body.occurrence, "2999-01-15T10:00")
      assert.deepStrictEqual(anew.body.repeat, {
        rule: "FREQ=MONTHLY",
        from: "schedule",
        missed: "skip",
        text: "every month"
      })
      assert.strictEqual((yield* complete()).body.occurrence, "2999-02-15T10:00")
    }))

  it.effect("is skipped: the next date without its being done", () =>
    Effect.gen(function*() {
      const { completions, skip, pat } = yield* withRepeating()
      assert.deepInclude((yield* skip({ occurrence: "2999-01-01" })).body, { occurrence: "2999-01-08", advanced: true })
      assert.isFalse((yield* skip({ occurrence: "2999-01-01" })).body.advanced)
      assert.deepInclude((yield* completions()).body.items[0], { occurrence: "2999-01-01", skipped: true })
      const { id } = yield* pat.add("Once")
      assertProblem(yield* pat.json("POST", `/api/v1/tasks/${id}/skip`, ""), 422, "not_repeating")
    }))

  it.effect("says what comes, with the instants for who asks", () =>
    Effect.gen(function*() {
      const { pat, task } = yield* withRepeating({
        due: { date: "2026-10-24", time: "02:30" },
        repeat: { rule: "FREQ=DAILY" }
      })
      const path = `/api/v1/tasks/${task.id}/occurrences`
      const coming = yield* pat.get(`${path}?count=3`, { "time-zone": "Europe/Berlin" })
      assert.deepStrictEqual(coming.body, {
        items: [
          { occurrence: "2026-10-24T02:30", at: "2026-10-24T00:30:00.000Z" },
          { occurrence: "2026-10-25T02:30", at: "2026-10-25T00:30:00.000Z" },
          { occurrence: "2026-10-26T02:30", at: "2026-10-26T01:30:00.000Z" }
        ]
      })
      assert.lengthOf((yield* pat.get(path)).body.items, 10)
      assert.strictEqual((yield* pat.get(`${path}?count=101`)).status, 400)
      const { id } = yield* pat.add("Once")
      assertProblem(yield* pat.get(`/api/v1/tasks/${id}/occurrences`), 422, "not_repeating")
    }))

  it.effect("tells what was done page by page, each once", () =>
    Effect.gen(function*() {
      const { complete, completions } = yield* withRepeating()
      for (let n = 0; n < 5; n++) yield* complete()
      const first = (yield* completions("?limit=2")).body
      const second = (yield* completions(`?limit=3&cursor=${first.nextCursor}`)).body
      assert.deepStrictEqual(
        [...first.items, ...second.items].map(({ occurrence }: Done) => occurrence),
        ["2999-01-29", "2999-01-22", "2999-01-15", "2999-01-08", "2999-01-01"]
      )
      assert.isNull(second.nextCursor)
      assertProblem(yield* completions("?cursor=x"), 400, "invalid_request")
    }))
})

suite("undo of a date", (it) => {
  it.effect("does not take it from what repeats since", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { id } = yield* pat.add("Later")
      const { get, patch } = verbsOn(pat, id)
      const dated = yield* patch({ due: { date: "2999-01-01" } })
      yield* patch({ repeat: { rule: "FREQ=DAILY" } })
      const undo = `/api/v1/operations/${dated.headers.get("operation-id")}/undo`
      const refused = yield* pat.json("POST", undo, {})
      assertProblem(refused, 409, "changed_since")
      assert.deepStrictEqual(refused.body.changes, [{ noun: "task", id, reason: "changed" }])
      yield* patch({ repeat: null })
      assert.strictEqual((yield* pat.json("POST", undo, {})).status, 200)
      assert.isNull((yield* get).body.due)
    }))
})
