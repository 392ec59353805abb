import { assert } from "@effect/vitest"
import { addDays } from "@todo/domain/dates/CivilDate"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import { Effect } from "effect"
import { assertProblem, invalidPaths, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const day = 86_400_000
const path = "/api/v1/stats"

const today = () => new Date().toISOString().slice(0, 10) as DateOnly

const complete = (person: Person, id: string, daysAgo = 0) =>
  Effect.map(
    person.json(
      "POST",
      `/api/v1/tasks/${id}/complete`,
      daysAgo === 0 ? {} : { completedAt: new Date(Date.now() - daysAgo * day).toISOString() }
    ),
    ({ status, text }) => assert.strictEqual(status, 200, text)
  )

const daysOf = (person: Person, query = "") => Effect.map(person.get(`${path}${query}`), ({ body }) => body.days)

suite("stats", (it) => {
  it.effect("tell of each day what was done and made, and what was open when it ended", () =>
    Effect.gen(function*() {
      const [pat, other] = [yield* newPerson, yield* newPerson]
      yield* other.add("Somebody else's")
      const ids: Array<string> = []
      for (const title of ["One", "Two", "Three", "Gone"]) ids.push((yield* pat.add(title)).id)
      yield* complete(pat, ids[0]!)
      yield* complete(pat, ids[1]!, 1)
      yield* complete(pat, ids[3]!)
      yield* pat.json("DELETE", `/api/v1/tasks/${ids[3]}`, "")
      const days = yield* daysOf(pat)
      assert.lengthOf(days, 84)
      assert.deepStrictEqual(days.at(-1), { date: today(), done: 1, added: 2, open: 1 })
      // One was done before it was made.
      assert.deepStrictEqual(days.at(-2), { date: addDays(today(), -1), done: 1, added: 1, open: 0 })
      assert.deepStrictEqual(yield* daysOf(pat, "?days=1"), [days.at(-1)])
    }))

  it.effect("count each date of what repeats, and none that was skipped or undone", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const body = { title: "Bins", due: { date: today() }, repeat: { rule: "FREQ=DAILY;COUNT=4" } }
      const { body: { id } } = yield* pat.json("POST", "/api/v1/tasks", body)
      yield* complete(pat, id)
      yield* pat.json("POST", `/api/v1/tasks/${id}/skip`, {})
      yield* complete(pat, id)
      yield* pat.json("POST", "/api/v1/undo", {})
      assert.deepStrictEqual((yield* daysOf(pat)).at(-1), { date: today(), done: 1, added: 1, open: 1 })
      yield* complete(pat, id)
      yield* complete(pat, id)
      // It is done for good, and is open no more.
      assert.deepStrictEqual((yield* daysOf(pat)).at(-1), { date: today(), done: 3, added: 1, open: 0 })
    }))

  it.effect("have days as they are for who asks, and as many as are asked for", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      for (const timeZone of ["Pacific/Kiritimati", "Pacific/Pago_Pago"]) {
        const days = yield* daysOf(pat, `?days=366&timeZone=${timeZone}`)
        assert.lengthOf(days, 366)
        const here = new Date().toLocaleDateString("sv-SE", { timeZone })
        assert.strictEqual(days.at(-1).date, here)
      }
      for (const days of ["0", "367", "x", "1.5"]) {
        assert.deepStrictEqual(invalidPaths(yield* pat.get(`${path}?days=${days}`)), ["query.days"])
      }
      assertProblem(yield* pat.get(`${path}?timeZone=Nowhere`), 422, "unknown_time_zone")
    }))
})
