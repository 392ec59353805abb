import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { asPerson } from "../support/asPerson.ts"
import { EventSource } from "../support/EventSource.ts"
import { assertProblem, invalidPaths, newPerson, type Person, send, tokenOf } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { allowedOrigin, TestService } from "../support/TestService.ts"
import { claimsOf } from "../support/tokens.ts"

/** A stream of the person's events, until the test ends. */
const events = (
  { jwt }: Pick<Person, "jwt">,
  path = "",
  headers: Record<string, string> = {}
) =>
  Effect.flatMap(TestService, ({ url }) =>
    Effect.acquireRelease(
      Effect.promise(() => EventSource.open(url, jwt, path, headers)),
      (source) => Effect.sync(() => source.close())
    ))

const take = (source: EventSource, count: number) => Effect.promise(() => source.take(count))
const ended = (source: EventSource) => Effect.promise(() => source.ended())

const changesFrom = (person: Person, cursor: string) =>
  Effect.map(person.get(`/api/v1/changes?cursor=${cursor}`), ({ body }) => body)

suite("GET /api/v1/events", (it) => {
  it.effect("tells from now on what happens, as `changes` does, after an event with the cursor", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      yield* person.add("Before")
      const source = yield* events(person)
      const { headers } = source.response
      assert.strictEqual(headers.get("content-type"), "text/event-stream")
      assert.strictEqual(headers.get("cache-control"), "no-store")
      assert.isNull(headers.get("content-encoding"))
      const [start] = yield* take(source, 1)
      assert.strictEqual(start!.event, "start")
      assert.deepStrictEqual(start!.data, { cursor: start!.id })
      assert.match(source.beginning, /^retry: \d{4}\n\n/)
      const made = yield* person.add("Now")
      yield* person.json("PATCH", `/api/v1/tasks/${made.id}`, { completed: true })
      yield* person.json("PATCH", `/api/v1/tasks/${made.id}`, {})
      yield* person.json("DELETE", `/api/v1/tasks/${made.id}`, "")
      const told = yield* take(source, 3)
      const page = yield* changesFrom(person, start!.id)
      assert.deepStrictEqual(told.map(({ data }) => data), page.items)
      assert.deepStrictEqual(told.map(({ event }) => event), ["message", "message", "message"])
      assert.strictEqual(told[2]!.id, page.cursor)
    }))

  it.effect("goes on after the last event that came, which goes before the cursor of the query", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const source = yield* events(person)
      const [start] = yield* take(source, 1)
      for (const title of ["one", "two", "three"]) yield* person.add(title)
      const [one] = yield* take(source, 3)
      const titles = (told: ReadonlyArray<{ readonly data: { readonly value: { readonly title: string } } }>) =>
        told.map(({ data }) => data.value.title)
      const again = yield* events(person, `?cursor=${start!.id}`)
      assert.deepStrictEqual(titles((yield* take(again, 4)).slice(1)), ["one", "two", "three"])
      const resumed = yield* events(person, `?cursor=${start!.id}`, { "last-event-id": one!.id })
      const [first, ...rest] = yield* take(resumed, 3)
      assert.strictEqual(first!.id, one!.id)
      assert.deepStrictEqual(titles(rest), ["two", "three"])
      // A snapshot that has begun comes to its end.
      const { body } = yield* person.get("/api/v1/changes?limit=1")
      const snapshot = yield* events(person, `?cursor=${body.cursor}`)
      yield* person.add("four")
      assert.deepStrictEqual(titles((yield* take(snapshot, 4)).slice(1)), ["two", "three", "four"])
    }))

  it.effect("refuses a cursor that is none, another's, or too old, before it begins", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const stranger = yield* newPerson
      const { body } = yield* person.get("/api/v1/changes")
      assert.deepStrictEqual(invalidPaths(yield* person.get("/api/v1/events?cursor=x")), ["query.cursor"])
      assert.deepStrictEqual(invalidPaths(yield* stranger.get(`/api/v1/events?cursor=${body.cursor}`)), [
        "query.cursor"
      ])
      assert.deepStrictEqual(
        invalidPaths(yield* stranger.get("/api/v1/events", { "last-event-id": body.cursor })),
        ["headers.last-event-id"]
      )
      yield* asPerson(
        person,
        Effect.flatMap(SqlClient.SqlClient, (sql) => sql`UPDATE todo.counters SET swept = 1, seq = 1`)
      )
      assertProblem(yield* person.get(`/api/v1/events?cursor=${body.cursor}`), 410, "cursor_expired")
    }))

  it.effect("tells nobody of another's things", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const stranger = yield* newPerson
      const source = yield* events(stranger)
      yield* take(source, 1)
      yield* person.add("Private")
      yield* stranger.add("Mine")
      assert.deepStrictEqual((yield* take(source, 1)).map(({ data }) => data.value.title), ["Mine"])
    }))

  it.effect("tells all of an operation with more changes than are read at once, in order", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const { body: { cursor } } = yield* person.get("/api/v1/changes")
      const { id } = yield* person.add("Many")
      yield* asPerson(
        person,
        Effect.flatMap(SqlClient.SqlClient, (sql) =>
          sql`INSERT INTO todo.changes (user_id, seq, ordinal, noun, id, now)
            SELECT user_id, seq, n, noun, id, now || jsonb_build_object('title', 'Many ' || n)
            FROM todo.changes, generate_series(1, 449) n`)
      )
      const source = yield* events(person, `?cursor=${cursor}`)
      const [, ...told] = yield* take(source, 451)
      assert.deepStrictEqual(
        told.map(({ data }) => data.value.title),
        ["Many", ...Array.from({ length: 449 }, (_, n) => `Many ${n + 1}`)]
      )
      assert.isTrue(told.every(({ data }) => data.id === id))
      // An event in the midst of it is a place to go on from.
      const resumed = yield* events(person, "", { "last-event-id": told[300]!.id })
      assert.deepStrictEqual((yield* take(resumed, 2))[1]!.data, told[301]!.data)
    }))

  it.effect("ends with the session, or with the token for scripts, that it is for", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const signedIn = yield* send("/api/auth/sign-in/email", {
        method: "POST",
        headers: { "content-type": "application/json", "origin": allowedOrigin },
        body: JSON.stringify({ email: person.email, password: person.password })
      })
      const other = yield* tokenOf(signedIn.body.token)
      const token = yield* person.json("POST", "/api/v1/tokens", {
        name: "ci",
        scopes: ["tasks:read"],
        expiresInDays: 1
      })
      const bySession = yield* events({ jwt: other })
      const bySecret = yield* events({ jwt: token.body.secret })
      const own = yield* events(person)
      for (const source of [bySession, bySecret, own]) yield* take(source, 1)
      yield* person.json("DELETE", `/api/v1/sessions/${claimsOf(other).sid}`, "")
      yield* ended(bySession)
      yield* person.json("DELETE", `/api/v1/tokens/${token.body.id}`, "")
      yield* ended(bySecret)
      yield* person.add("Still here")
      yield* take(own, 1)
      assert.deepStrictEqual([bySession.events, bySecret.events, own.isEnded], [[], [], false])
    }))

  it.effect("has ten places for a user, and gives back the place of a stream that has ended", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const sources = yield* Effect.forEach(Array.from({ length: 10 }), () => events(person))
      const refused = yield* person.get("/api/v1/events")
      assertProblem(refused, 429, "rate_limited")
      assert.strictEqual(refused.headers.get("retry-after"), "1")
      yield* events(yield* newPerson)
      sources[0]!.close()
      // The service hears of it a little later. A question for the head alone takes a place for a moment only.
      for (let status = 429; status === 429;) status = (yield* headOf(person)).status
      for (let i = 0; i < 20; i++) assert.strictEqual((yield* headOf(person)).status, 200)
      yield* take(yield* events(person), 1)
      yield* person.add("To all")
      for (const source of sources.slice(1)) yield* take(source, 2)
    }))

  it.effect("may be read by pages of allowed origins, with the header that goes on", () =>
    Effect.gen(function*() {
      const preflight = yield* send("/api/v1/events", {
        method: "OPTIONS",
        headers: {
          "origin": allowedOrigin,
          "access-control-request-method": "GET",
          "access-control-request-headers": "authorization,last-event-id"
        }
      })
      assert.include(preflight.headers.get("access-control-allow-headers")!.toLowerCase(), "last-event-id")
      const source = yield* events(yield* newPerson, "", { origin: allowedOrigin })
      assert.strictEqual(source.response.headers.get("access-control-allow-origin"), allowedOrigin)
    }))
})

const headOf = ({ jwt }: Person) =>
  send("/api/v1/events", { method: "HEAD", headers: { authorization: `Bearer ${jwt}` } })
