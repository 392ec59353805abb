import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { assertProblem, invalidPaths, newPerson } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const path = "/api/v1/settings"

suite("settings", (it) => {
  it.effect("are the usual ones until they are set, and are changed by a merge-patch", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const before = yield* pat.get(path)
      assert.deepInclude(before.body, {
        id: pat.id,
        timeZone: null,
        weekStart: "mon",
        dateOrder: "ymd",
        dayEndsAt: "00:00",
        newTasks: "last",
        version: 1
      })
      assert.strictEqual(before.headers.get("etag"), "\"1\"")
      const set = yield* pat.json("PATCH", path, { timeZone: "europe/berlin", dayEndsAt: "04:00" })
      assert.deepInclude(set.body, { timeZone: "Europe/Berlin", dayEndsAt: "04:00", weekStart: "mon", version: 2 })
      assert.isNotNull(set.headers.get("operation-id"))
      const same = yield* pat.json("PATCH", path, { timeZone: "Europe/Berlin" })
      assert.isNull(same.headers.get("operation-id"))
      assert.deepStrictEqual((yield* pat.get(path)).body, set.body)
      assert.deepStrictEqual((yield* (yield* newPerson).get(path)).body.timeZone, null)
    }))

  it.effect("refuse what they do not know: a zone with the nearest names, and another version", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const unknown = yield* pat.json("PATCH", path, { timeZone: "GMT-7" })
      assertProblem(unknown, 422, "unknown_time_zone")
      assert.deepStrictEqual(unknown.body.path, ["payload", "timeZone"])
      assert.include(unknown.body.nearest, "America/Los_Angeles")
      assert.deepStrictEqual(invalidPaths(yield* pat.json("PATCH", path, { weekStart: "tue" })), ["payload.weekStart"])
      assert.deepStrictEqual(invalidPaths(yield* pat.json("PATCH", path, { dayEndsAt: "4" })), ["payload.dayEndsAt"])
      assert.strictEqual((yield* pat.json("PATCH", path, { weekStart: "sun" }, { "if-match": "\"1\"" })).status, 200)
      const changed = yield* pat.json("PATCH", path, { weekStart: "sat" }, { "if-match": "\"1\"" })
      assertProblem(changed, 412, "settings_changed")
      assert.deepInclude(changed.body.current, { weekStart: "sun", version: 2 })
    }))

  it.effect("say how tasks repeat in the language that is set, with another ETag", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const due = { date: "2999-01-01" }
      const repeat = { rule: "FREQ=WEEKLY;BYDAY=MO;UNTIL=29990301" }
      const { body } = yield* pat.json("POST", "/api/v1/tasks", { title: "Bins", due, repeat })
      assert.strictEqual(body.repeat.text, "every monday until Fri 1 Mar 2999")
      const given = yield* pat.json("POST", "/api/v1/tasks", { title: "Rent", due, repeatText: "every month at 9:00" })
      assert.strictEqual(given.body.repeat.text, "every 1st")
      const task = `/api/v1/tasks/${body.id}`
      const before = yield* pat.get(task)
      yield* pat.json("PATCH", path, { language: "de" })
      const after = yield* pat.get(task)
      assert.strictEqual(after.body.repeat.text, "jeden Montag bis Fr 1. März 2999")
      assert.strictEqual(after.body.version, before.body.version)
      assert.notStrictEqual(after.headers.get("etag"), before.headers.get("etag"))
      const { items } = (yield* pat.get("/api/v1/tasks")).body
      assert.deepStrictEqual(items[1].repeat, after.body.repeat)
      assert.strictEqual(items[0].repeat.text, "jeden 1.")
      // Words that somebody has given with a rule are theirs.
      const own = { rule: "FREQ=DAILY", text: "at dawn" }
      assert.deepInclude((yield* pat.json("PATCH", task, { repeat: own })).body.repeat, own)
    }))

  it.effect("are on record, undone by name and never as the latest", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* pat.add("Before")
      const set = yield* pat.json("PATCH", path, { timeZone: "Asia/Tokyo", newTasks: "first" })
      const operation = set.headers.get("operation-id")!
      assert.deepInclude((yield* pat.get(`/api/v1/operations/${operation}`)).body.changes[0], {
        noun: "settings",
        members: ["newTasks", "timeZone"],
        value: set.body
      })
      assert.strictEqual((yield* pat.json("POST", "/api/v1/undo", {})).body.changes[0].title, "Before")
      assert.strictEqual((yield* pat.json("POST", `/api/v1/operations/${operation}/undo`, {})).status, 200)
      assert.deepInclude((yield* pat.get(path)).body, { timeZone: null, newTasks: "last", version: 3 })
    }))

  it.effect("come in the feed once they were set", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const start = yield* pat.get("/api/v1/changes")
      assert.deepStrictEqual(start.body.items, [])
      const set = yield* pat.json("PATCH", path, { dateOrder: "mdy" })
      const page = yield* pat.get(`/api/v1/changes?cursor=${start.body.cursor}`)
      assert.deepInclude(page.body.items[0], { noun: "settings", id: pat.id, value: set.body })
      assert.deepInclude((yield* pat.get("/api/v1/changes")).body.items[0], { noun: "settings", value: set.body })
    }))
})
