import { assert } from "@effect/vitest"
import { maxPageBytes } from "@todo/domain/http/Page"
import type { Task } from "@todo/domain/tasks/Task"
import { CurrentUser, SessionId } from "@todo/domain/users/CurrentUser"
import { UserId } from "@todo/domain/users/User"
import { Effect, Layer } from "effect"
import type { SqlError } from "effect/sql"
import { Comments } from "../../src/comments/Comments.ts"
import { Statements } from "../../src/database/connections/Statements.ts"
import type { Listing } from "../../src/database/List.ts"
import { Wakeups } from "../../src/database/Wakeups.ts"
import { Writes } from "../../src/database/Write.ts"
import { Projects } from "../../src/projects/Projects.ts"
import { Tasks } from "../../src/tasks/Tasks.ts"
import { Trash } from "../../src/trash/Trash.ts"
import { Views } from "../../src/views/Views.ts"
import { type Answer, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { claimsOf } from "../support/tokens.ts"

const add = (person: Person, tasks: ReadonlyArray<object>) =>
  Effect.forEach(tasks, (task) => person.json("POST", "/api/v1/tasks", { title: "Long", ...task }), { concurrency: 4 })

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
        yield* add(pat, descriptions.map((description) => ({ description })))
        const all = downFrom(descriptions.length)
        for (const query of ["limit=200", "limit=50", "limit=3", "limit=1", "completed=false&limit=200"]) {
          const pages = yield* pagesOf(pat, query)
          assert.deepStrictEqual(pages.flatMap((page) => page.numbers), all, query)
          for (const page of pages) assert.isAtMost(page.bytes, maxPageBytes, query)
          if (query.endsWith("limit=200")) {
            // No shorter than they must be: another of the longest would not have fitted.
            for (const page of pages.slice(0, -1)) {
              assert.isAbove(page.bytes + 20_000 * bytes + 6000, maxPageBytes, query)
            }
          }
        }
      }))
  }

  it.effect("ends at 1 MiB where it is what scripts keep that is long", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      // Texts that the database compresses to almost nothing.
      yield* add(
        pat,
        Array.from(
          { length: 70 },
          () => ({ extra: Object.fromEntries(["a", "b"].map((name) => [name, "x".repeat(8190)])) })
        )
      )
      for (const query of ["limit=200", "filter=open&limit=200"]) {
        const pages = yield* pagesOf(pat, query)
        assert.deepStrictEqual(pages.flatMap((page) => page.numbers), downFrom(70), query)
        assert.lengthOf(pages, 2, query)
        for (const page of pages) assert.isAtMost(page.bytes, maxPageBytes, query)
      }
    }))
})

/** What these reads of a person's are sent by the database, in bytes of JSON. */
const octetsOf = Effect.fnUntraced(function*<A, E, R>(person: Person, read: Effect.Effect<A, E, R>) {
  const statements = yield* Statements
  let octets = 0
  const counting = <Row extends object>(rows: Effect.Effect<ReadonlyArray<Row>, SqlError.SqlError>) =>
    Effect.tap(rows, (rows) =>
      Effect.sync(() => {
        octets += Buffer.byteLength(JSON.stringify(rows))
      }))
  const answer = yield* read.pipe(
    Effect.provide(
      Layer.mergeAll(Tasks.layer, Comments.layer, Projects.layer, Views.layer, Trash.layer).pipe(
        Layer.provide(Writes.layer),
        Layer.provide(Wakeups.layer),
        Layer.provide(Layer.succeed(Statements, {
          ...statements,
          run: (text, values) => counting(statements.run(text, values)),
          runOnce: (text, values) => counting(statements.runOnce(text, values))
        })),
        Layer.fresh
      )
    ),
    Effect.provideService(CurrentUser, {
      id: UserId.make(person.id),
      sessionId: SessionId.make(claimsOf(person.jwt).sid),
      scopes: ["tasks:read"]
    })
  )
  return { answer, octets }
})

suite("a page of what is long", (it) => {
  it.effect("is not read from the database as a whole, whatever is long", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const long = "\u{1F642}".repeat(20_000)
      const making = (path: string, bodies: ReadonlyArray<object>) =>
        Effect.forEach(bodies, (body) => pat.json("POST", `/api/v1/${path}`, body), { concurrency: 4 })
      const [task] = yield* making("tasks", [{ title: "Commented" }])
      const read = <S, E, R>(
        what: string,
        listing: Effect.Effect<Listing<S>, E, R>,
        least = 14
      ) =>
        Effect.map(octetsOf(pat, listing), ({ answer, octets }) => {
          // Those that fit, and one that says that there are more.
          assert.isAtLeast(answer.found.length, least, what)
          assert.isAtMost(octets, maxPageBytes + 150_000, what)
        })
      const all = { limit: 200 }
      const readTasks = Effect.andThen(
        read("tasks", Effect.flatMap(Tasks, ({ list }) => list(all))),
        read("filtered", Effect.flatMap(Tasks, ({ listFiltered }) => listFiltered({ ...all, filter: "open" })))
      )
      yield* making(`tasks/${task!.body.id}/comments`, Array.from({ length: 24 }, () => ({ text: long })))
      yield* making("projects", Array.from({ length: 24 }, (_, i) => ({ name: `Project ${i}`, description: long })))
      yield* making(
        "views",
        Array.from({ length: 200 }, (_, i) => ({ name: `V ${i}`, filter: `"${"é".repeat(1990)}"` }))
      )
      yield* read("comments", Effect.flatMap(Comments, ({ list }) => list(task!.body.id, all)))
      yield* read("projects", Effect.flatMap(Projects, ({ list }) => list(all)))
      yield* read("views", Effect.flatMap(Views, ({ list }) => list(all)), 200)
      yield* making("tasks", Array.from({ length: 24 }, () => ({ title: "Long", description: long })))
      yield* readTasks
      yield* pat.json("DELETE", "/api/v1/tasks?completed=false", "")
      yield* read("trash", Effect.flatMap(Trash, ({ list }) => list(all)))
      yield* making(
        "tasks",
        Array.from({ length: 200 }, () => ({ title: "Kept", extra: { a: "x".repeat(8190), b: "x".repeat(8190) } }))
      )
      yield* readTasks
    }))
})
