import { assert, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { readFileSync } from "node:fs"
import { AskingTime } from "../../src/dates/Asker.ts"
import { type Answer, assertProblem, newPerson, type Person } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"

/** When it is, as each step has it. */
let now = Date.now()

interface Given {
  readonly as: string
  readonly title: string
  readonly times?: number
  readonly parentId?: string
  readonly blockedBy?: ReadonlyArray<string>
  readonly due?: unknown
  readonly repeat?: unknown
}

interface Step {
  readonly at: string
  readonly complete?: string
  readonly patch?: string
  readonly delete?: string
  readonly restore?: string
  readonly filter?: "ready" | "blocked" | "open"
  readonly undo?: string
  readonly body?: Record<string, unknown>
}

interface Expected {
  readonly status?: number
  readonly code?: string
  readonly lists?: number
  readonly names?: ReadonlyArray<string>
  readonly set?: ReadonlyArray<string>
  readonly [member: string]: unknown
}

interface Case {
  readonly id: string
  readonly title: string
  readonly given: { readonly now: string; readonly timeZone: string; readonly tasks: ReadonlyArray<Given> }
  readonly do: ReadonlyArray<Step>
  readonly expect: { readonly steps: ReadonlyArray<Expected>; readonly finally?: Readonly<Record<string, object>> }
}

/** The cases of /work/shared/cases. */
const { cases } = JSON.parse(readFileSync(new URL("../cases/trees.json", import.meta.url), "utf8")) as {
  readonly cases: ReadonlyArray<Case>
}

const make = Effect.fnUntraced(function*(person: Person, given: ReadonlyArray<Given>) {
  const ids = new Map<string, string>()
  const idOf = (name: string) => ids.get(name.replace(/[{}]/g, ""))!
  for (const { as, blockedBy, due, parentId, repeat, times = 1, title } of given) {
    for (let n = 1; n <= times; n++) {
      const { body } = yield* person.json("POST", "/api/v1/tasks", {
        title: title.replace("{n}", String(n)),
        due,
        repeat,
        ...parentId === undefined ? {} : { parentId: idOf(parentId) },
        ...blockedBy === undefined ? {} : { blockedBy: blockedBy.map(idOf) }
      })
      ids.set(as.replace("{n}", String(n)), body.id)
    }
  }
  return { ids, idOf }
})

const filters = {
  ready: ({ ready }: { readonly ready: boolean }) => ready,
  blocked: ({ blocked }: { readonly blocked: boolean }) => blocked,
  open: () => true
}

layer(TestService.layer.pipe(Layer.provide(Layer.succeed(AskingTime, () => now))), { excludeTestServices: true })(
  "cases of trees and blockers",
  (it) => {
    for (const { do: steps, expect, given, id, title } of cases) {
      it.effect(`${title} (${id})`, () =>
        Effect.gen(function*() {
          const pat = yield* newPerson
          now = Date.parse(given.now)
          yield* pat.json("PATCH", "/api/v1/settings", { timeZone: given.timeZone })
          const { ids, idOf } = yield* make(pat, given.tasks)
          const nameOf = new Map([...ids].map(([name, id]) => [id, name]))
          const answers: Array<Answer> = []
          const at = (name: string) => `/api/v1/tasks/${idOf(name)}`
          const perform = (step: Step) => {
            const body = JSON.parse(
              JSON.stringify(step.body ?? {}).replace(/\{(\w+)\}/g, (_, name: string) => idOf(name))
            )
            if (step.complete !== undefined) return pat.json("POST", `${at(step.complete)}/complete`, body)
            if (step.patch !== undefined) return pat.json("PATCH", at(step.patch), body)
            if (step.delete !== undefined) return pat.json("DELETE", at(step.delete), "")
            if (step.restore !== undefined) return pat.json("POST", `${at(step.restore)}/restore`, "")
            if (step.undo !== undefined) {
              const undone = answers[Number(/\d+/.exec(step.undo)![0])]!
              return pat.json("POST", `/api/v1/operations/${undone.headers.get("operation-id")}/undo`, {})
            }
            return pat.get("/api/v1/tasks?completed=false&limit=200")
          }
          for (const [index, step] of steps.entries()) {
            const { code, lists, names, set, status, ...members } = expect.steps[index]!
            now = Date.parse(step.at)
            const before = yield* pat.get("/api/v1/operations")
            const answer = yield* perform(step)
            answers.push(answer)
            const label = `step ${index}: ${answer.text}`
            if (code !== undefined) {
              assertProblem(answer, status!, code)
              assert.deepStrictEqual((yield* pat.get("/api/v1/operations")).body, before.body, label)
            } else if (status !== undefined) assert.strictEqual(answer.status, status, label)
            if (lists !== undefined) assert.strictEqual(answer.body.tasks.length, lists, label)
            if (names !== undefined) {
              assert.deepStrictEqual(answer.body.tasks.map(({ id }: { id: string }) => nameOf.get(id)), names, label)
            }
            if (set !== undefined) {
              const found = answer.body.items.filter(filters[step.filter!])
              assert.sameMembers(found.map(({ id }: { id: string }) => nameOf.get(id)), [...set], label)
            }
            if (code === undefined) assert.deepInclude(answer.body, members, label)
          }
          for (const [name, members] of Object.entries(expect.finally ?? {})) {
            const range = / to C(\d+)/.exec(name)
            const named = range === null ? [name] : [...ids.keys()].filter((key) => key.startsWith("C") && key !== "C1")
            for (const one of named) {
              const { body } = yield* pat.get(at(one))
              const wanted = (value: unknown) =>
                value === "as before"
                  ? idOf(one)
                  : typeof value === "string" && value.startsWith("{")
                  ? idOf(value)
                  : value
              for (const [member, value] of Object.entries(members)) {
                // The clock of the service is not that of the case.
                if (member === "completedAt" && value !== null) assert.isNotNull(body.completedAt)
                else assert.deepStrictEqual(body[member], wanted(value), `${one}.${member}`)
              }
            }
          }
        }))
    }
  }
)
