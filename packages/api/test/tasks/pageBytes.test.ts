import { assert } from "@effect/vitest"
import { maxPageBytes } from "@todo/domain/http/Page"
import type { Task } from "@todo/domain/tasks/Task"
import { CurrentUser, SessionId } from "@todo/domain/users/CurrentUser"
import { UserId } from "@todo/domain/users/User"
import { Effect, Layer } from "effect"
import { Statements } from "../../src/database/connections/Statements.ts"
import { Wakeups } from "../../src/database/Wakeups.ts"
import { Writes } from "../../src/database/Write.ts"
import { Tasks } from "../../src/tasks/Tasks.ts"
import { type Answer, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { claimsOf } from "../support/tokens.ts"

const add = (person: Person, descriptions: ReadonlyArray<string | null>) =>
  Effect.forEach(
    descriptions,
    (description) => person.json("POST", "/api/v1/tasks", { title: "Long", description }),
    { concurrency: 4 }
  )

/** All pages from the first to the last: their length in bytes, and the numbers of their tasks. */
const pagesOf = Effect.fnUntraced(function*(person: Person, query: string) {
  const pages: Array<{ readonly bytes: number; readonly numbers: ReadonlyArray<number> }> = []
  let cursor: string | null = ""
  while (cursor !== null) {
    const answer: Answer = yield* person.get(`/api/v1/tasks?${query}${cursor === "" ? "" : `&cursor=${cursor}`}`)
    assert.strictEqual(answer.status, 200, answer.text.slice(0, 1000))
    pages.push({
      bytes: Buffer.byteLength(answer.text),
      numbers: answer.body.items.map((task: Task) => task.number)
    })
    cursor = answer.body.nextCursor
  }
  return pages
})

const downFrom = (number: number) => Array.from({ length: number }, (_, i) => number - i)

suite("a page of long tasks", (it) => {
  for (
    const [what, character, bytes] of [
      ["control characters, of six bytes in JSON and one in the table", "\u0001", 6],
      ["characters of four bytes", "\u{1F642}", 4]
    ] as const
  ) {
    it.effect(`ends at 1 MiB, skips no task and has none twice: ${what}`, () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const longest = character.repeat(20_000)
        // Short ones between long ones, and an odd length.
        const descriptions = Array.from({ length: 48 }, (_, i) => i % 5 === 0 ? null : i === 7 ? "x" : longest)
        yield* add(pat, descriptions)
        const all = downFrom(descriptions.length)
        for (const query of ["limit=200", "limit=50", "limit=3", "limit=1", "completed=false&limit=200"]) {
          const pages = yield* pagesOf(pat, query)
          assert.deepStrictEqual(pages.flatMap((page) => page.numbers), all, query)
          for (const page of pages) assert.isAtMost(page.bytes, maxPageBytes, query)
          if (query.endsWith("limit=200")) {
            // No shorter than they must be: another of the longest would not have fitted.
            for (const page of pages.slice(0, -1)) {
              assert.isAbove(page.bytes + 20_000 * bytes + 1000, maxPageBytes, query)
            }
          }
        }
      }))
  }

  it.effect("is not read from the database as a whole", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* add(pat, Array.from({ length: 48 }, () => "\u{1F642}".repeat(20_000)))
      const statements = yield* Statements
      let octets = 0
      const counting = Statements.of({
        ...statements,
        run: <Row extends object>(text: string, values: ReadonlyArray<unknown>) =>
          Effect.tap(statements.run<Row>(text, values), (rows) =>
            Effect.sync(() => {
              octets += Buffer.byteLength(JSON.stringify(rows))
            }))
      })
      const { found } = yield* Effect.flatMap(Tasks, (tasks) => tasks.list({ limit: 200 })).pipe(
        Effect.provide(
          Tasks.layer.pipe(
            Layer.provide(Writes.layer),
            Layer.provide(Wakeups.layer),
            Layer.provide(Layer.succeed(Statements, counting))
          )
        ),
        Effect.provideService(CurrentUser, {
          id: UserId.make(pat.id),
          sessionId: SessionId.make(claimsOf(pat.jwt).sid),
          scopes: ["tasks:read"]
        })
      )
      // 13 fit, and the one after them says that there are more.
      assert.lengthOf(found, 14)
      assert.isAtMost(octets, maxPageBytes + 100_000)
    }))
})
