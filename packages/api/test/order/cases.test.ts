import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { asPerson } from "../support/asPerson.ts"
import { assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

interface Placed {
  readonly id: string
  readonly title: string
  readonly position: string
  readonly parentId: string | null
  readonly version: number
}

/** The tasks of a list, in its order. */
const orderOf = (person: Person, parent: string | null = null) =>
  Effect.map(
    person.get("/api/v1/tasks?limit=200"),
    ({ body }) =>
      (body.items as ReadonlyArray<Placed>)
        .filter(({ parentId }) => parentId === parent)
        .toSorted((one, other) => one.position < other.position ? -1 : one.position > other.position ? 1 : 0)
  )

const titlesOf = (person: Person, parent: string | null = null) =>
  Effect.map(orderOf(person, parent), (tasks) => tasks.map(({ title }) => title))

const move = (person: Person, body: unknown) => person.json("POST", "/api/v1/tasks/move", body)

const madeOf = (person: Person, titles: ReadonlyArray<string>) =>
  Effect.map(
    Effect.forEach(titles, (title) => person.add(title)),
    (tasks) => new Map(tasks.map((task) => [task.title as string, task.id as string]))
  )

/** No two alike, and none longer than a key may be. */
const assertKeys = (tasks: ReadonlyArray<Placed>) => {
  const keys = tasks.map(({ position }) => position)
  assert.strictEqual(new Set(keys).size, keys.length)
  for (const key of keys) assert.isAtMost(key.length, 24)
}

/** The cases of /work/shared/cases/order.json, by their names. */
suite("the order of tasks", (it) => {
  it.effect(
    "a thousand moves into the same gap keep the order that was commanded, and short keys (O1)",
    () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const made = yield* madeOf(pat, ["A", "B", "C", "D"])
        let expected = ["A", "B", "C", "D"]
        const versions = new Map(expected.map((title) => [title, 1]))
        for (let n = 0; n < 1000; n++) {
          const last = expected.at(-1)!
          const answer = yield* move(pat, { ids: [made.get(last)], after: made.get("A") })
          assert.strictEqual(answer.status, 200, answer.text)
          expected = ["A", last, ...expected.slice(1, -1)]
          versions.set(last, versions.get(last)! + 1)
          if (n % 50 !== 0) continue
          const tasks = yield* orderOf(pat)
          assert.deepStrictEqual(tasks.map(({ title }) => title), expected)
          assert.deepStrictEqual(
            new Map(tasks.map(({ title, version }) => [title, version])),
            new Map(expected.map((title) => [title, versions.get(title)!]))
          )
          assertKeys(tasks)
        }
        assert.deepStrictEqual(yield* titlesOf(pat), expected)
        assertKeys(yield* orderOf(pat))
      }),
    120_000
  )

  it.effect(
    "two thousand moves to each end, and to one place, are as commanded, with short keys",
    () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const titles = Array.from({ length: 40 }, (_, index) => `T${index}`)
        const made = yield* madeOf(pat, titles)
        let expected = titles
        for (let n = 0; n < 2000; n++) {
          const place = [{ before: "T20" }, { after: "T20" }, { at: "first" }, { at: "last" }][Math.floor(n / 500)]!
          const title = expected.filter((title) => title !== "T20")[(n * 7) % 39]!
          const [[name, value]] = Object.entries(place) as [[string, string]]
          yield* move(pat, { ids: [made.get(title)], [name]: made.get(value) ?? value })
          const others = expected.filter((other) => other !== title)
          const at = { before: others.indexOf("T20"), after: others.indexOf("T20") + 1, at: value === "first" ? 0 : 39 }
          expected = others.toSpliced(at[name as "at"], 0, title)
        }
        const tasks = yield* orderOf(pat)
        assert.deepStrictEqual(tasks.map(({ title }) => title), expected)
        assertKeys(tasks)
      }),
    120_000
  )

  it.effect("twenty moves into one gap at the same moment all succeed (O2)", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const moved = Array.from({ length: 20 }, (_, index) => `M${index + 1}`)
      const made = yield* madeOf(pat, ["A", "B", ...moved])
      const answers = yield* Effect.forEach(
        moved,
        (title) => move(pat, { ids: [made.get(title)], after: made.get("A") }),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(answers.map(({ status }) => status), moved.map(() => 200))
      const tasks = yield* orderOf(pat)
      assert.strictEqual(tasks[0]!.title, "A")
      assert.strictEqual(tasks.at(-1)!.title, "B")
      assertKeys(tasks)
    }))

  it.effect("fifty tasks made in one batch keep their order (O3)", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const titles = Array.from({ length: 50 }, (_, index) => `Step ${index + 1}`)
      yield* pat.json("POST", "/api/v1/batch", {
        operations: titles.map((title) => ({ op: "task.create", body: { title } }))
      })
      assert.deepStrictEqual(yield* titlesOf(pat), titles)
    }))

  it.effect("a task can be moved to the top of its list in one call (O4)", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { id: parent } = yield* pat.add("Garden")
      const children = yield* Effect.forEach(["A", "B", "C"], (title) =>
        Effect.map(pat.json("POST", "/api/v1/tasks", { title, parentId: parent }), ({ body }) => body.id))
      yield* move(pat, { ids: [children[2]], at: "first" })
      assert.deepStrictEqual(yield* titlesOf(pat, parent), ["C", "A", "B"])
    }))

  it.effect("a move of several tasks moves all of them, in the given order (O5)", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* madeOf(pat, ["A", "B", "C", "D", "E"])
      const ids = ["E", "B", "D"].map((title) => made.get(title))
      const { body, status } = yield* move(pat, { ids, before: made.get("A") })
      assert.strictEqual(status, 200)
      assert.deepStrictEqual(body.items.map(({ id }: Placed) => id), ids)
      assert.deepStrictEqual(yield* titlesOf(pat), ["E", "B", "D", "A", "C"])
      // Who stands there already is not changed.
      const again = yield* move(pat, { ids, before: made.get("A") })
      assert.isNull(again.headers.get("operation-id"))
      assert.deepStrictEqual(again.body, body)
      assert.deepStrictEqual(
        (yield* orderOf(pat)).map(({ position, version }) => [position, version]).slice(0, 3),
        body.items.map(({ position, version }: Placed) => [position, version])
      )
    }))
})

suite("a move", (it) => {
  it.effect("of new tasks is behind all, at the end of whatever list", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* madeOf(pat, ["A", "B", "C"])
      for (let n = 0; n < 100; n++) yield* move(pat, { ids: [made.get(["A", "B"][n % 2]!)], at: "last" })
      yield* pat.add("D")
      yield* move(pat, { ids: [made.get("A")], at: "last" })
      yield* pat.add("E")
      assert.deepStrictEqual(
        yield* titlesOf(pat),
        ["C", "B", "D", "A", "E"].toSorted((a, b) => "CBDAE".indexOf(a) - "CBDAE".indexOf(b))
      )
      assertKeys(yield* orderOf(pat))
    }))

  it.effect("takes many at once, evenly", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const titles = Array.from({ length: 150 }, (_, index) => `T${index}`)
      yield* pat.json("POST", "/api/v1/batch", {
        operations: titles.map((title) => ({ op: "task.create", body: { title } }))
      })
      const made = new Map((yield* orderOf(pat)).map(({ id, title }) => [title, id]))
      const moved = titles.slice(1).toReversed()
      const answer = yield* move(pat, { ids: moved.map((title) => made.get(title)), before: made.get("T0") })
      assert.strictEqual(answer.status, 200, answer.text)
      const tasks = yield* orderOf(pat)
      assert.deepStrictEqual(tasks.map(({ title }) => title), [...moved, "T0"])
      for (const { position } of tasks) assert.isAtMost(position.length, 12)
    }))

  it.effect("into another list is last there, opens what is done above it, and keeps what is below", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* madeOf(pat, ["Parent", "Mover", "Child"])
      const id = (title: string) => made.get(title)!
      yield* pat.json("PATCH", `/api/v1/tasks/${id("Child")}`, { parentId: id("Mover") })
      yield* pat.json("PATCH", `/api/v1/tasks/${id("Parent")}`, { completed: true })
      const moved = yield* move(pat, { ids: [id("Mover")], parentId: id("Parent") })
      assert.strictEqual(moved.status, 200, moved.text)
      const { body: parent } = yield* pat.get(`/api/v1/tasks/${id("Parent")}`)
      assert.deepInclude(parent, { completed: false, openChildren: 1 })
      assert.strictEqual((yield* pat.get(`/api/v1/tasks/${id("Child")}`)).body.parentId, id("Mover"))
      assertProblem(yield* move(pat, { ids: [id("Parent")], parentId: id("Child") }), 422, "cycle")
      assertProblem(yield* move(pat, { ids: [id("Parent")], after: id("Child") }), 422, "cycle")
    }))

  it.effect("names what it does not find by its place", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const eve = yield* newPerson
      const { id } = yield* pat.add("Mine")
      const { id: foreign } = yield* eve.add("Hers")
      const pathOf = (body: unknown) =>
        Effect.map(move(pat, body), (answer) => {
          assertProblem(answer, 422, "reference_not_found")
          return answer.body.path.join(".")
        })
      assert.strictEqual(yield* pathOf({ ids: [id, foreign] }), "payload.ids.1")
      assert.strictEqual(yield* pathOf({ ids: [id], after: foreign }), "payload.after")
      assert.strictEqual(yield* pathOf({ ids: [id], before: foreign }), "payload.before")
      assert.strictEqual(yield* pathOf({ ids: [id], parentId: foreign }), "payload.parentId")
      assert.strictEqual(yield* pathOf({ ids: [id], after: id }), "payload.after")
      assertProblem(yield* move(pat, { ids: [id], after: foreign, at: "last" }), 400, "invalid_request")
      assert.strictEqual((yield* pat.get(`/api/v1/tasks/${id}`)).body.version, 1)
    }))

  it.effect("is undone: each stands behind what it stood behind, whatever came in between", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* madeOf(pat, ["A", "B", "C", "D"])
      const id = (title: string) => made.get(title)!
      const moved = yield* move(pat, { ids: [id("B"), id("C")], at: "last" })
      // Its old gap is full of others by now, and B's neighbour stands elsewhere.
      yield* move(pat, { ids: [id("A")], after: id("D") })
      assert.deepStrictEqual(yield* titlesOf(pat), ["D", "A", "B", "C"])
      const undone = yield* pat.json("POST", `/api/v1/operations/${moved.headers.get("operation-id")}/undo`, {})
      assert.strictEqual(undone.status, 200, undone.text)
      assert.deepStrictEqual(yield* titlesOf(pat), ["D", "A", "B", "C"])
      const redone = yield* pat.json("POST", `/api/v1/operations/${undone.headers.get("operation-id")}/undo`, {})
      assert.strictEqual(redone.status, 200, redone.text)
      assert.deepStrictEqual(yield* titlesOf(pat), ["D", "A", "B", "C"])
      assertKeys(yield* orderOf(pat))
    }))

  it.effect("is undone though its neighbours have new keys since, and not where it was moved since", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const made = yield* madeOf(pat, ["A", "B", "C", "D", "E"])
      const id = (title: string) => made.get(title)!
      const moved = yield* move(pat, { ids: [id("E")], after: id("A") })
      const rekeyed = Effect.gen(function*() {
        const sql = yield* SqlClient.SqlClient
        const rows = yield* asPerson(
          pat,
          sql`SELECT FROM todo.changes c WHERE c.id = ${id("E")} AND c.was ? 'position' AND NOT c.was ? 'version'`
        )
        return rows.length
      })
      for (let n = 0; n < 300 && (yield* rekeyed) === 0; n++) {
        yield* move(pat, { ids: [id(["B", "C"][n % 2]!)], after: id("E") })
      }
      assert.isAbove(yield* rekeyed, 0)
      const order = yield* titlesOf(pat)
      const undone = yield* pat.json("POST", `/api/v1/operations/${moved.headers.get("operation-id")}/undo`, {})
      assert.strictEqual(undone.status, 200, undone.text)
      assert.deepStrictEqual(yield* titlesOf(pat), [...order.filter((title) => title !== "E"), "E"])
      const again = yield* move(pat, { ids: [id("E")], at: "first" })
      yield* move(pat, { ids: [id("E")], after: id("A") })
      assertProblem(
        yield* pat.json("POST", `/api/v1/operations/${again.headers.get("operation-id")}/undo`, {}),
        409,
        "changed_since"
      )
    }))
})
