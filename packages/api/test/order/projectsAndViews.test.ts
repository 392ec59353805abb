import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { newId } from "../batch/newId.ts"
import { asPerson } from "../support/asPerson.ts"
import { assertProblem, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

interface Placed {
  readonly id: string
  readonly name: string
  readonly position: string
  readonly parentId?: string | null
  readonly version: number
}

const nouns = [
  { noun: "project", path: "/api/v1/projects", more: {} },
  { noun: "view", path: "/api/v1/views", more: { filter: "p1" } }
] as const
type Noun = typeof nouns[number]

const listed = (person: Person, { path }: Noun, query = "limit=200") =>
  Effect.map(person.get(`${path}?${query}`), ({ body }) => body.items as ReadonlyArray<Placed>)

const namesOf = (person: Person, noun: Noun, parent: string | null = null) =>
  Effect.map(
    listed(person, noun),
    (things) => things.filter(({ parentId = null }) => parentId === parent).map(({ name }) => name)
  )

const move = (person: Person, { path }: Noun, body: unknown) => person.json("POST", `${path}/move`, body)

const madeOf = (person: Person, { more, path }: Noun, names: ReadonlyArray<string>, parentId?: string) =>
  Effect.map(
    Effect.forEach(names, (name) =>
      person.json("POST", path, { name, ...more, ...parentId === undefined ? {} : { parentId } })),
    (answers) =>
      answers.map(({ body }) => body.id as string)
  )

const undo = (person: Person) =>
  Effect.map(person.json("POST", "/api/v1/undo", {}), (answer) => assert.strictEqual(answer.status, 200, answer.text))

for (const one of nouns) {
  suite(`the order of ${one.noun}s`, (it) => {
    it.effect("is that in which they are made, and then as commanded, on pages too", () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const [a, b, c, d] = yield* madeOf(pat, one, ["D", "C", "B", "A"])
        assert.deepStrictEqual(yield* namesOf(pat, one), ["D", "C", "B", "A"])
        const moved = yield* move(pat, one, { ids: [d, c], before: a })
        assert.strictEqual(moved.status, 200, moved.text)
        assert.deepStrictEqual(moved.body.items.map(({ id, version }: Placed) => [id, version]), [[d, 2], [c, 2]])
        assert.deepStrictEqual(yield* namesOf(pat, one), ["A", "B", "D", "C"])
        yield* move(pat, one, { ids: [a], at: "first" })
        yield* move(pat, one, { ids: [d], after: b })
        const all = yield* listed(pat, one)
        assert.deepStrictEqual(all.map(({ name }) => name), ["D", "B", "C", "A"])
        // What stands there already is no operation, nor another version; others keep theirs.
        const again = yield* move(pat, one, { ids: [d], at: "last" })
        assert.strictEqual(again.headers.get("operation-id"), null)
        assert.deepStrictEqual(all.map(({ version }) => version), [2, 2, 1, 3])
        const first = yield* pat.get(`${one.path}?limit=3`)
        const rest = yield* listed(pat, one, `limit=3&cursor=${first.body.nextCursor}`)
        assert.deepStrictEqual([...first.body.items, ...rest], all)
        assert.deepStrictEqual((yield* pat.get(`${one.path}/${a}`)).body.position, all[0]!.position)
      }))

    it.effect("is told to who follows, and undone, and the undo too", () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const [, b, c] = yield* madeOf(pat, one, ["A", "B", "C"])
        const { body: { cursor } } = yield* pat.get("/api/v1/changes")
        yield* move(pat, one, { ids: [c, b], at: "first" })
        const { body } = yield* pat.get(`/api/v1/changes?cursor=${cursor}`)
        assert.deepStrictEqual(
          body.items.map(({ id, noun }: { readonly id: string; readonly noun: string }) => [noun, id]),
          [[one.noun, c], [one.noun, b]]
        )
        assert.isTrue(body.items[0].value.position < body.items[1].value.position)
        assert.deepStrictEqual(yield* namesOf(pat, one), ["C", "B", "A"])
        yield* undo(pat)
        assert.deepStrictEqual(yield* namesOf(pat, one), ["A", "B", "C"])
        const { body: { items: [latest] } } = yield* pat.get("/api/v1/operations?limit=1")
        assert.strictEqual((yield* pat.json("POST", `/api/v1/operations/${latest.id}/undo`, {})).status, 200)
        assert.deepStrictEqual(yield* namesOf(pat, one), ["C", "B", "A"])
      }))

    it.effect("is that of before when a batch is undone that moves and deletes neighbours", () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const [a, b, c, d] = yield* madeOf(pat, one, ["A", "B", "C", "D"])
        const moving = (id: string | undefined, body = {}) => ({ op: `${one.noun}.move`, body: { ids: [id], ...body } })
        const removing = (id: string | undefined) => ({ op: `${one.noun}.remove`, id })
        for (
          const [operations, names] of [
            [[moving(a), moving(b)], ["C", "D", "A", "B"]],
            [[moving(d, { before: b }), moving(b)], ["A", "D", "C", "B"]],
            [[removing(a), moving(b)], ["C", "D", "B"]],
            [[moving(c), removing(a), moving(b, { at: "last" })], ["D", "C", "B"]]
          ] as const
        ) {
          const before = yield* listed(pat, one)
          assert.strictEqual((yield* pat.json("POST", "/api/v1/batch", { operations })).status, 200)
          assert.deepStrictEqual(yield* namesOf(pat, one), [...names])
          yield* undo(pat)
          assert.deepStrictEqual(
            (yield* listed(pat, one)).map(({ name, position }) => [name, position]),
            before.map(({ name, position }) => [name, position])
          )
        }
      }))

    it.effect("is that of before where others have moved since: behind the former neighbour", () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const [a, b, c, d] = yield* madeOf(pat, one, ["A", "B", "C", "D"])
        const first = yield* move(pat, one, { ids: [b], at: "last" })
        yield* move(pat, one, { ids: [d], after: a })
        yield* move(pat, one, { ids: [a], after: c })
        assert.deepStrictEqual(yield* namesOf(pat, one), ["D", "C", "A", "B"])
        const operation = first.headers.get("operation-id")
        assert.strictEqual((yield* pat.json("POST", `/api/v1/operations/${operation}/undo`, {})).status, 200)
        assert.deepStrictEqual(yield* namesOf(pat, one), ["D", "C", "A", "B"])
        yield* move(pat, one, { ids: [a], at: "first" })
        assert.deepStrictEqual(yield* namesOf(pat, one), ["A", "D", "C", "B"])
      }))

    it.effect("is that of a batch, which makes and moves, and is undone as one", () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const [a] = yield* madeOf(pat, one, ["A"])
        const [x, y] = [newId(), newId()]
        const run = (operations: ReadonlyArray<unknown>) => pat.json("POST", "/api/v1/batch", { operations })
        const create = (id: string, name: string) => ({
          op: `${one.noun}.create`,
          body: { id, name, ...one.more }
        })
        const done = yield* run([
          create(x!, "X"),
          create(y!, "Y"),
          { op: `${one.noun}.move`, body: { ids: [y], before: a } }
        ])
        assert.strictEqual(done.status, 200, done.text)
        assert.deepStrictEqual(done.body.results[2], { status: 200, id: y, number: null, version: 2 })
        assert.deepStrictEqual(yield* namesOf(pat, one), ["Y", "A", "X"])
        const lost = yield* run([{ op: `${one.noun}.move`, body: { ids: [x], after: newId() } }])
        assertProblem(lost, 422, "reference_not_found")
        assert.deepInclude(lost.body, { index: 0, path: ["payload", "operations", 0, "body", "after"] })
        yield* undo(pat)
        assert.deepStrictEqual(yield* namesOf(pat, one), ["A"])
      }))

    it.effect("is one for all who move into one gap at the same moment, and keys stay short", () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const ids = yield* madeOf(pat, one, Array.from({ length: 22 }, (_, i) => `N${i}`))
        const answers = yield* Effect.forEach(
          ids.slice(2),
          (id) => move(pat, one, { ids: [id], after: ids[0] }),
          { concurrency: "unbounded" }
        )
        for (const answer of answers) assert.strictEqual(answer.status, 200, answer.text)
        for (let n = 0; n < 150; n++) yield* move(pat, one, { ids: [ids[2 + n % 20]], after: ids[0] })
        const all = yield* listed(pat, one)
        assert.deepStrictEqual(
          all.slice(0, 21).map(({ id }) => id),
          [ids[0], ...Array.from({ length: 20 }, (_, i) => ids[2 + (149 - i) % 20])]
        )
        const keys = all.map(({ position }) => position)
        assert.strictEqual(new Set(keys).size, 22)
        for (const key of keys) assert.isAtMost(key.length, 24)
      }))

    it.effect("has what was there before there was an order first, by age, and moves it", () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const [a, b] = yield* madeOf(pat, one, ["A", "B", "C"])
        const sql = yield* SqlClient.SqlClient
        yield* asPerson(
          pat,
          sql.unsafe(`UPDATE todo.${one.noun}s SET position = NULL WHERE id IN ('${a}', '${b}')`)
        )
        assert.deepStrictEqual(yield* namesOf(pat, one), ["A", "B", "C"])
        assert.strictEqual((yield* move(pat, one, { ids: [b], before: a })).status, 200)
        assert.deepStrictEqual(yield* namesOf(pat, one), ["B", "A", "C"])
        yield* undo(pat)
        assert.deepStrictEqual(yield* namesOf(pat, one), ["A", "B", "C"])
      }))

    it.effect("names what there is not by its place, alike whether it is somebody else's", () =>
      Effect.gen(function*() {
        const [pat, eve] = [yield* newPerson, yield* newPerson]
        const [a] = yield* madeOf(pat, one, ["A"])
        const [foreign] = yield* madeOf(eve, one, ["A"])
        for (
          const [body, path] of [
            [{ ids: [foreign] }, ["payload", "ids", 0]],
            [{ ids: [a, newId()] }, ["payload", "ids", 1]],
            [{ ids: [a], before: foreign }, ["payload", "before"]],
            [{ ids: [a], after: a }, ["payload", "after"]]
          ] as const
        ) {
          const answer = yield* move(pat, one, body)
          assertProblem(answer, 422, "reference_not_found")
          assert.deepStrictEqual(answer.body.path, path)
        }
        for (
          const body of [{ ids: [] }, { ids: [a, a] }, { ids: [a], at: "middle" }, { ids: [a], before: a, after: a }]
        ) {
          assertProblem(yield* move(pat, one, body), 400, "invalid_request")
        }
      }))
  })
}

suite("the order of projects below each other", (it) => {
  const [projects] = nouns

  it.effect("is that of each list; what comes into another is last there, and undone goes back where it was", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const [work] = yield* madeOf(pat, projects, ["Work", "Home"])
      const [, b] = yield* madeOf(pat, projects, ["A", "B", "C"], work)
      yield* move(pat, projects, { ids: [b], parentId: null, at: "first" })
      assert.deepStrictEqual(yield* namesOf(pat, projects), ["B", "Work", "Home"])
      yield* undo(pat)
      assert.deepStrictEqual(yield* namesOf(pat, projects, work), ["A", "B", "C"])
      yield* pat.json("PATCH", `/api/v1/projects/${b}`, { parentId: null })
      assert.deepStrictEqual(yield* namesOf(pat, projects), ["Work", "Home", "B"])
      yield* undo(pat)
      assert.deepStrictEqual(yield* namesOf(pat, projects, work), ["A", "B", "C"])
      // What a project has that goes keeps its order, behind the others.
      const removed = yield* pat.json("DELETE", `/api/v1/projects/${work}?contents=move&to=inbox`, "")
      assert.strictEqual(removed.status, 204, removed.text)
      assert.deepStrictEqual(yield* namesOf(pat, projects), ["Home", "A", "B", "C"])
      yield* undo(pat)
      assert.deepStrictEqual(yield* namesOf(pat, projects), ["Work", "Home"])
      assert.deepStrictEqual(yield* namesOf(pat, projects, work), ["A", "B", "C"])
    }))

  it.effect("is refused where no project may be: below itself, beside its like, in an archived one, too deep", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const [work, home, away] = yield* madeOf(pat, projects, ["Work", "Home", "Away"])
      const [a] = yield* madeOf(pat, projects, ["A"], work)
      const [other] = yield* madeOf(pat, projects, ["a"], home)
      const cycle = yield* move(pat, projects, { ids: [home, work], parentId: a })
      assertProblem(cycle, 422, "cycle")
      assert.deepStrictEqual(cycle.body.path, ["payload", "parentId"])
      assertProblem(yield* move(pat, projects, { ids: [a], before: other }), 409, "name_taken")
      assertProblem(yield* move(pat, projects, { ids: [a, other], parentId: null }), 409, "name_taken")
      yield* pat.json("PATCH", `/api/v1/projects/${away}`, { archived: true })
      assertProblem(yield* move(pat, projects, { ids: [a], parentId: away }), 409, "project_archived")
      assert.deepStrictEqual(yield* namesOf(pat, projects, work), ["A"])
      let below = home
      for (let level = 2; level <= 8; level++) [below] = yield* madeOf(pat, projects, [`L${level}`], below)
      const deep = yield* move(pat, projects, { ids: [work], parentId: below })
      assertProblem(deep, 409, "limit_reached")
      assert.deepInclude(deep.body, { limit: "depth", max: 8 })
    }))
})
