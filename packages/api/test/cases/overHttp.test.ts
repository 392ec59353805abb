import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { AskingTime } from "../../src/dates/Asker.ts"
import { type Answer, assertProblem, newPerson, type Person } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"
import { type Case, casesOf } from "./Scenario.ts"

/** When it is, as each step has it. */
let now = Date.now()

/** Filters are read elsewhere. */
const isOfFilters = ({ do: steps, expect }: Case) =>
  steps.some(({ request }) => request === "POST /api/v1/tasks")
  && expect.steps.every(({ suggests }) => suggests === undefined)

const instantOf = (answer: string | null) => answer === null ? null : answer.replace(".000Z", "Z")

/** Runs a case as somebody new, by requests, and asserts what it expects of the answers. */
const run = Effect.fnUntraced(function*({ do: steps, expect, given }: Case) {
  const person: Person = yield* newPerson
  now = Date.parse(given.now)
  const { dayEndsAt, timeZone } = given
  yield* person.json("PATCH", "/api/v1/settings", { timeZone, ...dayEndsAt !== undefined && { dayEndsAt } })
  const tasks = new Map<string, { readonly id: string; occurrence: string | null }>()
  for (const { as, due, repeat, start } of given.tasks ?? []) {
    const made = yield* person.json("POST", "/api/v1/tasks", { title: `Something called ${as}`, due, repeat, start })
    assert.strictEqual(made.status, 201, made.text)
    tasks.set(as, made.body)
  }
  const shownFirst = new Map([...tasks].map(([as, { occurrence }]) => [as, occurrence]))

  for (const [index, step] of steps.entries()) {
    const expected = expect.steps[index]!
    now = Date.parse(step.at)
    const { headers } = step
    const on = (as: string) => tasks.get(as)!
    const path = (as: string, verb = "") => `/api/v1/tasks/${on(as).id}${verb}`
    const named = step.request?.match(/\{(\w+)\}/)?.[1]
    let answer: Answer | undefined
    if (step.settings !== undefined) answer = yield* person.json("PATCH", "/api/v1/settings", step.settings)
    else if (step.complete !== undefined) {
      const { complete: as } = step
      const occurrence = "occurrence" in step ? shownFirst.get(as) : on(as).occurrence
      answer = yield* person.json("POST", path(as, "/complete"), { occurrence, ...step.body })
      on(as).occurrence = answer.body.occurrence
    } else if (step.patch !== undefined) answer = yield* person.json("PATCH", path(step.patch), step.body, headers)
    else if (step.quick !== undefined) {
      const made = yield* person.json("POST", "/api/v1/tasks/quick", { text: step.quick })
      assert.strictEqual(made.status, 201, made.text)
      const [task] = made.body.tasks
      tasks.set(step.as!, task)
      shownFirst.set(step.as!, task.occurrence)
      answer = { ...made, status: 200, body: task }
    } else if (named !== undefined) answer = yield* person.get(path(named), headers)
    else if (step.request === "POST /api/v1/tasks") {
      answer = yield* person.json("POST", "/api/v1/tasks", { title: "Something else", ...step.body })
    }
    const label = `step ${index}`
    if (step.series !== undefined) {
      const { body } = yield* person.get(path(step.series, `/occurrences?count=${step.count}`))
      const come = body.items.map(({ at, occurrence }: { readonly at: string | null; readonly occurrence: string }) =>
        at === null
          ? occurrence
          : { date: occurrence.slice(0, 10), time: occurrence.slice(11), at: instantOf(at) }
      )
      assert.deepStrictEqual(come, expected.series, label)
    }
    if (answer === undefined) continue
    if (expected.suggests !== undefined) {
      assertProblem(answer, 422, "unknown_time_zone")
      assert.isNotEmpty(answer.body.nearest)
      continue
    }
    assert.strictEqual(answer.status, 200, `${label}: ${answer.text}`)
    const { body } = answer
    if (expected.title !== undefined) assert.strictEqual(body.title, expected.title, label)
    if (expected.repeat !== undefined) assert.deepInclude(body.repeat, expected.repeat, label)
    if (expected.due !== undefined) assert.deepStrictEqual(body.due, expected.due, label)
    if (expected.start !== undefined) assert.deepStrictEqual(body.start, expected.start, label)
    if (expected.at !== undefined) assert.strictEqual(instantOf(body.dueAt), expected.at, label)
    if (expected.overdue !== undefined) assert.strictEqual(body.overdue, expected.overdue, label)
    if (expected.advanced !== undefined) assert.strictEqual(body.advanced, expected.advanced, label)
    if (expected.completions !== undefined) {
      const done = yield* person.get(path(step.complete!, "/completions"))
      assert.lengthOf(done.body.items, expected.completions, label)
    }
  }
})

const cases = ["repetition.json", "zones.json"].flatMap(casesOf).filter((each) => !isOfFilters(each))

layer(TestService.layer.pipe(Layer.provide(Layer.succeed(AskingTime, () => now))), { excludeTestServices: true })(
  "what other programs had wrong, over HTTP",
  (it) => {
    it("are most of the cases", () => assert.isAtLeast(cases.length, 38))

    for (const each of cases) it.effect(`${each.id}: ${each.title}`, () => run(each))
  }
)
