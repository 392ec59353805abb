import { assert } from "@effect/vitest"
import { Task } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { assertProblem, bearer, invalidPaths, newPerson, send } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

suite("POST /api/v1/tasks", (it) => {
  it.effect("makes an open task with the user's next number, and says where it is", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const first = yield* pat.json("POST", "/api/v1/tasks", { title: "  Buy milk\n", description: "Oat " })
      assert.strictEqual(first.status, 201)
      assert.strictEqual(first.headers.get("location"), `/api/v1/tasks/${first.body.id}`)
      assert.strictEqual(first.headers.get("etag"), "\"1\"")
      assert.deepStrictEqual(Object.keys(first.body), Object.keys(Task.fields))
      assert.match(first.body.id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      assert.match(first.body.createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      assert.include(first.body, {
        number: 1,
        title: "Buy milk",
        description: "Oat ",
        completed: false,
        completedAt: null,
        version: 1
      })
      assert.strictEqual(first.body.updatedAt, first.body.createdAt)
      const second = yield* pat.add("Next")
      assert.strictEqual(second.number, 2)
      assert.strictEqual(second.description, null)
      assert.deepStrictEqual((yield* pat.get(`/api/v1/tasks/${first.body.id}`)).body, first.body)
    }))

  it.effect("says what is missing, and what there is not", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { body, status } = yield* pat.json("POST", "/api/v1/tasks", { titel: "Buy milk" })
      assert.strictEqual(status, 400)
      assert.sameDeepMembers(body.errors, [
        { path: ["payload", "title"], message: "It is missing" },
        { path: ["payload", "titel"], message: "There is no such member" }
      ])
    }))

  it.effect("never uses a number again, also after the newest task is deleted", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const task = yield* pat.add("Gone soon")
      yield* pat.json("DELETE", `/api/v1/tasks/${task.id}`, "")
      assert.strictEqual((yield* pat.add("Next")).number, 2)
    }))

  it.effect("numbers tasks that are made at once without a gap or a double", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* Effect.forEach(Array.from({ length: 40 }), (_, i) => pat.add(`Task ${i}`), {
        concurrency: "unbounded"
      })
      const numbers = made.map((task): number => task.number).toSorted((a, b) => a - b)
      assert.deepStrictEqual(numbers, Array.from({ length: 40 }, (_, i) => i + 1))
      const list = yield* pat.get("/api/v1/tasks?limit=200")
      const times = list.body.items.map((task: { createdAt: string }) => task.createdAt)
      assert.deepStrictEqual(times, times.toSorted().toReversed())
    }))

  it.effect("counts a title's characters after trimming, as people do", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const create = (title: string) => pat.json("POST", "/api/v1/tasks", { title })
      for (const title of ["x".repeat(500), ` ${"x".repeat(500)} `, "😀".repeat(500), "é̂", "日本語"]) {
        const answer = yield* create(title)
        assert.strictEqual(answer.status, 201)
        assert.strictEqual(answer.body.title, title.trim())
      }
      for (const title of ["", "   ", "\t\n\u00a0", "x".repeat(501), "😀".repeat(501)]) {
        assert.deepStrictEqual(invalidPaths(yield* create(title)), ["payload.title"])
      }
    }))

  it.effect("takes a description of 20,000 characters, an empty one and null, and no longer one", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const create = (description: unknown) => pat.json("POST", "/api/v1/tasks", { title: "x", description })
      for (const description of ["", null, "y".repeat(20_000), "line\nline"]) {
        assert.strictEqual((yield* create(description)).body.description, description)
      }
      for (const description of ["y".repeat(20_001), 7, {}]) {
        assert.deepStrictEqual(invalidPaths(yield* create(description)), ["payload.description"])
      }
    }))

  it.effect("refuses what PostgreSQL cannot hold", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      for (const text of ["a\\u0000b", "a\\ud800", "\\udc00b"]) {
        const title = yield* pat.json("POST", "/api/v1/tasks", `{"title":"${text}"}`)
        assert.deepStrictEqual(invalidPaths(title), ["payload.title"])
        const description = yield* pat.json("POST", "/api/v1/tasks", `{"title":"x","description":"${text}"}`)
        assert.deepStrictEqual(invalidPaths(description), ["payload.description"])
      }
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, [])
    }))

  it.effect("names every place that is wrong, and takes no field it does not know", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const answer = yield* pat.json("POST", "/api/v1/tasks", { title: 7, description: 7, userId: pat.id, number: 9 })
      assert.sameMembers([...invalidPaths(answer)], [
        "payload.title",
        "payload.description",
        "payload.userId",
        "payload.number"
      ])
      assert.deepStrictEqual(invalidPaths(yield* pat.json("POST", "/api/v1/tasks", {})), ["payload.title"])
      const prototype = yield* pat.json("POST", "/api/v1/tasks", "{\"title\":\"x\",\"__proto__\":{\"a\":1}}")
      assert.deepStrictEqual(invalidPaths(prototype), ["payload.__proto__"])
    }))

  it.effect("refuses a body that is no JSON object in UTF-8", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      for (const body of ["", "nope", "[]", "null", "\"text\"", "{\"title\":\"x\""]) {
        assert.deepStrictEqual(invalidPaths(yield* pat.json("POST", "/api/v1/tasks", body)), ["payload"])
      }
      const latin1 = yield* pat.json("POST", "/api/v1/tasks", Buffer.from("{\"title\":\"caf\xe9\"}", "latin1"))
      assert.deepStrictEqual(invalidPaths(latin1), ["payload"])
      assert.deepStrictEqual((yield* pat.get("/api/v1/tasks")).body.items, [])
    }))

  it.effect("refuses another media type with 415, and a body over 256 KiB with 413", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      for (const type of ["application/x-www-form-urlencoded", "text/plain", "application/merge-patch+json"]) {
        const answer = yield* pat.json("POST", "/api/v1/tasks", { title: "x" }, { "content-type": type })
        assertProblem(answer, 415, "unsupported_media_type")
      }
      const charset = yield* pat.json("POST", "/api/v1/tasks", { title: "x" }, {
        "content-type": "application/json; charset=utf-8"
      })
      assert.strictEqual(charset.status, 201)

      const frame = JSON.stringify({ title: "x", description: "" }).length
      const body = (bytes: number) => JSON.stringify({ title: "x", description: "y".repeat(bytes - frame) })
      const whole = yield* pat.json("POST", "/api/v1/tasks", body(262_144))
      assert.deepStrictEqual(invalidPaths(whole), ["payload.description"])
      assertProblem(yield* pat.json("POST", "/api/v1/tasks", body(262_145)), 413, "body_too_large")
      const chunked = yield* send("/api/v1/tasks", {
        method: "POST",
        headers: { ...bearer(pat.jwt), "content-type": "application/json" },
        body: new Blob([body(262_145)]).stream(),
        duplex: "half"
      } as RequestInit)
      assertProblem(chunked, 413, "body_too_large")
      assert.strictEqual(chunked.body.detail, "The body may have 256 KiB at the most")
    }))

  it.effect("takes the longest task there may be, however its characters are written", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const escaped = "\\udbff\\udffd"
      const made = yield* pat.json(
        "POST",
        "/api/v1/tasks",
        `{"title":"${escaped.repeat(500)}","description":"${escaped.repeat(20_000)}"}`
      )
      assert.strictEqual(made.status, 201)
      assert.strictEqual(made.body.description, "\u{10fffd}".repeat(20_000))
    }))
})
