import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import words from "../../../domain/test/cases/words.json" with { type: "json" }
import { AskingTime } from "../../src/dates/Asker.ts"
import { newPerson, type Person } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"

interface Step {
  readonly quick?: string
  readonly dueText?: string
  readonly repeatText?: string
  readonly of?: string
  readonly settings?: object
}

interface Expected {
  readonly status?: number
  readonly series?: ReadonlyArray<string>
  readonly alternatives?: ReadonlyArray<object>
  readonly tasks?: ReadonlyArray<Expected>
  readonly allTags?: ReadonlyArray<string>
}

interface Given {
  readonly now: string
  readonly tasks?: ReadonlyArray<{ readonly as: string; readonly title: string; readonly due: object }>
}

/** When it is, as each case has it. */
let now = Date.now()

/** What is not named of a task that was made must be empty. */
const empty = { due: null, start: null, repeat: null, tags: [], priority: null, projectId: null, description: null }

const quick = Effect.fnUntraced(function*(person: Person, text: string, expected: Expected) {
  const { body, status } = yield* person.json("POST", "/api/v1/tasks/quick", { text })
  assert.strictEqual(status, 201, text)
  const each = expected.tasks ?? [expected]
  assert.lengthOf(body.tasks, each.length)
  for (const [index, { allTags: _, alternatives = [], tasks: __, ...members }] of each.entries()) {
    assert.deepInclude(body.tasks[index], { ...empty, ...members }, text)
    const values = body.parsed.alternatives.map(({ value }: { readonly value: unknown }) => value)
    assert.includeDeepMembers(values, [...alternatives], text)
  }
  if (expected.allTags !== undefined) {
    const { body } = yield* person.get("/api/v1/tags")
    assert.deepStrictEqual(body.items.map(({ name }: { readonly name: string }) => name), [...expected.allTags])
  }
})

layer(TestService.layer.pipe(Layer.provide(Layer.succeed(AskingTime, () => now))), { excludeTestServices: true })(
  "what other programs got wrong in words, over HTTP",
  (it) => {
    for (const { do: steps, expect, given, id, title } of words.cases) {
      it.effect(`${id}: ${title}`, () =>
        Effect.gen(function*() {
          const { now: at, tasks = [], ...settings } = given as Given
          now = Date.parse(at)
          for (const [index, step] of (steps as ReadonlyArray<Step>).entries()) {
            const expected = (expect.steps as ReadonlyArray<Expected>)[index]!
            const person = yield* newPerson
            yield* person.json("PATCH", "/api/v1/settings", { ...settings, ...step.settings })
            if (step.quick !== undefined) {
              yield* quick(person, step.quick, expected)
              continue
            }
            const { as: _, ...task } = tasks.find(({ as }) => as === step.of) ?? { as: "", title: "Something" }
            const made = yield* person.json("POST", "/api/v1/tasks", task)
            const { of: __, settings: ___, ...texts } = step
            const path = `/api/v1/tasks/${made.body.id}`
            const answer = yield* person.json("PATCH", path, texts)
            const { series, status = 200, ...members } = expected
            assert.strictEqual(answer.status, status, answer.text)
            if (status === 200) assert.deepInclude(answer.body, members)
            if (series === undefined) continue
            const come = yield* person.get(`${path}/occurrences?count=${series.length}`)
            const dates = come.body.items.map(({ occurrence }: { readonly occurrence: string }) => occurrence)
            assert.deepStrictEqual(dates, [...series])
          }
        }))
    }
  }
)
