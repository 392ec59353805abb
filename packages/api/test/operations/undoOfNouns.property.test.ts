import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import * as fc from "fast-check"
import { asPerson } from "../support/asPerson.ts"
import { type Answer, newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { astray, forAll, operationOf, undo } from "../support/undoing.ts"

/*
 * The nouns beside tasks, with the tasks that are in projects and have tags and comments. All ids are chosen, from a few, so that
 * acts are about the same things.
 */
const nouns = ["task", "project", "view", "comment"] as const
type Noun = (typeof nouns)[number]

/** An id of the `nth` thing of a noun. */
const idOf = (noun: Noun, nth: number) =>
  `0198c0de-7a5c-7000-8000-00${nouns.indexOf(noun)}${String(nth).padStart(9, "0")}`
const nth = fc.nat(3)
const id = (noun: Noun) => nth.map((nth) => idOf(noun, nth))
const orNull = <A>(values: fc.Arbitrary<A>) => fc.option(values, { nil: null })
const names = fc.constantFrom("One", "ONE", "Two", "Dr\u00ed")
const colors = orNull(fc.constantFrom("#3366ff", "#000000"))
const tags = fc.constantFrom("one", "ONE", "two", "three")
const archived = fc.boolean()
const contents = fc.constantFrom({}, { contents: "trash" }, { contents: "move", to: "inbox" }, {
  contents: "move",
  to: idOf("project", 0)
})
type Members = Readonly<Record<string, fc.Arbitrary<unknown>>>
const patch = (members: Members) => fc.record(members, { requiredKeys: [] })
const made = (noun: Noun, needed: Members, more: Members) =>
  fc.tuple(fc.record({ ...needed, id: id(noun) }), patch(more)).map(([needed, more]) => ({ ...more, ...needed }))
const moved = (noun: Noun, list: Members) => {
  const place = fc.oneof(
    fc.tuple(fc.constantFrom({}, { at: "first" }, { at: "last" }), patch(list)).map(([at, list]) => ({
      ...at,
      ...list
    })),
    id(noun).map((before) => ({ before })),
    id(noun).map((after) => ({ after }))
  )
  return fc.tuple(fc.uniqueArray(id(noun), { minLength: 1, maxLength: 3 }), place)
    .map(([ids, place]) => ({ ids, ...place }))
}

const project = { parentId: orNull(id("project")), color: colors, description: orNull(names) }
const view = {
  filter: fc.constantFrom("open", "done and #One", "@one"),
  sort: orNull(fc.constantFrom("due", "-created"))
}
const task = { projectId: orNull(id("project")), tags: fc.uniqueArray(tags, { maxLength: 2 }), title: names }

/** All that a batch may do to them: a new way to write is a line here. */
const acts: ReadonlyArray<fc.Arbitrary<object>> = [
  fc.record({ op: fc.constant("project.create"), body: made("project", { name: names }, project) }),
  fc.record({
    op: fc.constant("project.update"),
    id: id("project"),
    body: patch({ ...project, name: names, archived })
  }),
  fc.record({ op: fc.constant("project.move"), body: moved("project", { parentId: project.parentId }) }),
  fc.tuple(id("project"), contents).map(([id, contents]) => ({ op: "project.remove", id, ...contents })),
  fc.record({ op: fc.constant("view.create"), body: made("view", { name: names, filter: view.filter }, view) }),
  fc.record({ op: fc.constant("view.update"), id: id("view"), body: patch({ ...view, name: names }) }),
  fc.record({ op: fc.constant("view.move"), body: moved("view", {}) }),
  fc.record({ op: fc.constant("view.remove"), id: id("view") }),
  fc.record({ op: fc.constant("task.create"), body: made("task", { title: names }, task) }),
  fc.record({ op: fc.constant("task.update"), id: id("task"), body: patch({ ...task, completed: fc.boolean() }) }),
  fc.record({ op: fc.constant("task.move"), body: moved("task", { projectId: task.projectId }) }),
  fc.record({ op: fc.constantFrom("task.remove", "task.restore"), id: id("task") }),
  fc.record({ op: fc.constantFrom("task.tag", "task.untag"), id: id("task"), name: tags }),
  fc.record({ op: fc.constant("comment.create"), body: made("comment", { taskId: id("task"), text: names }, {}) }),
  fc.record({ op: fc.constant("comment.update"), id: id("comment"), body: patch({ text: names }) }),
  fc.record({ op: fc.constant("comment.remove"), id: id("comment") }),
  fc.record({
    op: fc.constant("tag.update"),
    name: tags,
    body: patch({ name: tags, color: colors, merge: fc.constant(true) })
  }),
  fc.record({ op: fc.constant("tag.remove"), name: tags })
]

/** What is done together; a refused one changes nothing. */
const steps = fc.array(fc.array(fc.oneof(...acts), { minLength: 1, maxLength: 3 }), { minLength: 8, maxLength: 24 })

/** What everybody has at first, so that most acts are about something. */
const furniture = [0, 1, 2].flatMap((nth) => [
  {
    op: "project.create",
    body: { id: idOf("project", nth), name: `Project ${nth}`, parentId: nth === 1 ? idOf("project", 0) : null }
  },
  {
    op: "task.create",
    body: {
      id: idOf("task", nth),
      title: `Task ${nth}`,
      projectId: nth === 2 ? null : idOf("project", nth),
      tags: ["one", "two"].slice(nth)
    }
  },
  { op: "comment.create", body: { id: idOf("comment", nth), taskId: idOf("task", nth), text: `Comment ${nth}` } },
  { op: "view.create", body: { id: idOf("view", nth), name: `View ${nth}`, filter: "open" } }
])

/**
 * All that is stored of what somebody has, to the byte; but for versions, times, and tags that are neither used nor coloured,
 * which tasks make by using them. Where nobody has moved a thing, its place follows from its number or its time.
 */
const stateOf = (person: Person) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const [row] = yield* asPerson(
      person,
      sql<{ astray: string; state: string }>`
        WITH hidden(names) AS (VALUES ('{version,created_at,updated_at,seq,is_parent}'::text[]))
        SELECT ${sql.literal(astray)}::text AS astray, jsonb_pretty(jsonb_build_object(
          'counters', (SELECT jsonb_build_array(tasks, projects, views, comments, new_first) FROM todo.counters),
          'tasks', (SELECT jsonb_agg(to_jsonb(t) - names ORDER BY t.id) FROM todo.tasks t),
          'projects', (SELECT jsonb_agg(to_jsonb(p) - names ORDER BY p.id) FROM todo.projects p),
          'views', (SELECT jsonb_agg(to_jsonb(v) - names ORDER BY v.id) FROM todo.views v),
          'comments', (SELECT jsonb_agg(to_jsonb(c) - names ORDER BY c.id) FROM todo.comments c),
          'tags', (SELECT jsonb_agg(jsonb_build_array(g.name_key, g.name, g.color) ORDER BY g.name_key) FROM todo.tags g
            WHERE g.color IS NOT NULL OR EXISTS (SELECT FROM todo.tasks t WHERE t.tags ? g.name_key))
        )) AS state FROM hidden`
    )
    assert.strictEqual(row!.astray, "[]")
    return row!.state
  })

const batch = (person: Person, operations: ReadonlyArray<object>) =>
  person.json("POST", "/api/v1/batch", { operations })

const isAboutGoneTags = ({ body, status }: Answer) =>
  status === 409
  && body.changes.every(({ noun, reason }: Record<string, string>) => noun === "tag" && reason === "gone")

suite("undo of what is beside tasks", (it) => {
  it.effect(
    "leads back to each state before, one by one, and undo of undo to each after",
    () =>
      forAll(
        30,
        fc.record({ steps, newTasks: fc.constantFrom("first", "last") }),
        ({ newTasks, steps }) =>
          Effect.gen(function*() {
            const person = yield* newPerson
            yield* person.json("PATCH", "/api/v1/settings", { newTasks })
            assert.strictEqual((yield* batch(person, furniture)).status, 200)
            const states = [yield* stateOf(person)]
            const operations: Array<string> = []
            for (const operation of steps) {
              const answer = yield* batch(person, operation)
              assert.include([200, 404, 409, 422], answer.status, answer.text)
              if (operationOf(answer) === null) continue
              operations.push(operationOf(answer)!)
              states.push(yield* stateOf(person))
            }
            const undos: Array<string> = []
            for (const [index, operation] of [...operations.entries()].toReversed()) {
              const undone = yield* undo(person, operation)
              assert.strictEqual(undone.status, 200, undone.text)
              assert.strictEqual(yield* stateOf(person), states[index])
              undos.push(operationOf(undone)!)
            }
            for (const [index, operation] of undos.toReversed().entries()) {
              const redone = yield* undo(person, operation)
              // One that tasks had made by using it, and that has made room for the one before it, is another when it is used again.
              if (isAboutGoneTags(redone)) return
              assert.strictEqual(redone.status, 200, redone.text)
              assert.strictEqual(yield* stateOf(person), states[index + 1])
            }
          })
      ),
    120_000
  )
})
