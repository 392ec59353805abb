import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const day = 86_400_000
const dateIn = (days: number) => new Date(Date.now() + days * day).toISOString().slice(0, 10)

const settle = (person: Person, patch: object) => person.json("PATCH", "/api/v1/settings", patch)

const meaningOf = (person: Person, filter: string) =>
  Effect.map(
    person.get(`/api/v1/tasks?explain=true&filter=${encodeURIComponent(filter)}`),
    ({ body, status, text }) => {
      assert.strictEqual(status, 200, text)
      return body.explanation as { readonly filter: string; readonly tree: unknown; readonly meaning: string }
    }
  )

suite("dates of filters, as people say them", (it) => {
  it.effect("are those of the day, in the languages that there are", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      for (const days of [2, 5, 9]) {
        yield* person.json("POST", "/api/v1/tasks", { title: `${days}`, due: { date: dateIn(days) } })
      }
      for (
        const [filter, titles] of [
          ["due before in 3 days", ["2"]],
          ["due until in 5 days", ["5", "2"]],
          ["due after in 2 days and not due = \"in 9 days\"", ["5"]],
          ["due until vor 3 Tagen or due until in 5 Tagen", ["5", "2"]],
          ["created after 2 days ago", ["9", "5", "2"]],
          ["created before a week ago", []]
        ] as const
      ) {
        const { body, text } = yield* person.get(`/api/v1/tasks?filter=${encodeURIComponent(filter)}`)
        assert.deepStrictEqual(
          body.items?.map(({ title }: { title: string }) => title),
          titles,
          text
        )
      }
      const explained = yield* meaningOf(person, "due until  In 5  Tagen")
      assert.strictEqual(explained.filter, "due until \"in 5 tagen\"")
      assert.include(explained.meaning, `in 5 tagen (${dateIn(5)})`)
    }))

  it.effect("say the other reading where there are two", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const { meaning } = yield* meaningOf(person, "due before next sunday or due before next saturday")
      assert.match(meaning, /\(\d{4}-\d\d-\d\d, not \d{4}-\d\d-\d\d\)/)
    }))

  it.effect("are told where they are none, with what was meant, in a text and in a tree", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const ask = (filter: unknown) => person.json("POST", "/api/v1/tasks/query", { filter })
      const sent = yield* ask("open and due before tomorow")
      assertProblem(sent, 400, "invalid_filter")
      assert.deepInclude(sent.body, { position: 20, didYouMean: "tomorrow" })
      const tree = yield* ask({ and: [{ is: "open" }, { field: "due", op: "<", value: "tomorow" }] })
      assertProblem(tree, 400, "invalid_filter")
      assert.deepInclude(tree.body, { position: 20, didYouMean: "tomorrow" })
      assertProblem(yield* ask("due before friday 5pm"), 400, "invalid_filter")
      assertProblem(yield* ask({ field: "due", op: "<", value: "friday 5pm" }), 400, "invalid_filter")
      assertProblem(yield* ask({ field: "due", op: "<", value: "x".repeat(101) }), 400, "invalid_request")
    }))

  it.effect("of a view are read as whoever asks says them now, and it is told where they are none", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const make = (name: string, filter: string) =>
        Effect.map(person.json("POST", "/api/v1/views", { name, filter }), ({ body, status, text }) => {
          assert.strictEqual(status, 201, text)
          return body.id as string
        })
      yield* settle(person, { dateOrder: "dmy" })
      const [soon, spring] = [yield* make("Soon", "due until in 3 days"), yield* make("Spring", "due after 30/4")]
      assertProblem(
        yield* person.json("POST", "/api/v1/views", { name: "x", filter: "due > 40/4" }),
        400,
        "invalid_filter"
      )
      const of = (view: string, more = "") => person.get(`/api/v1/tasks?view=${view}${more}`)
      for (const view of [soon, spring]) assert.strictEqual((yield* of(view)).status, 200)
      yield* settle(person, { language: "de", dateOrder: "mdy" })
      assert.strictEqual((yield* of(soon)).status, 200)
      const broken = yield* of(spring, "&filter=open")
      assertProblem(broken, 409, "view_broken")
      assert.strictEqual(broken.body.word, "30/4")
      const own = yield* of(soon, `&filter=${encodeURIComponent("open due > 30/4")}`)
      assertProblem(own, 400, "invalid_filter")
      assert.strictEqual(own.body.position, 11)
      assertProblem(yield* person.get("/api/v1/tasks/count?filter=due%20%3E%2030/4"), 400, "invalid_filter")
    }))
})
