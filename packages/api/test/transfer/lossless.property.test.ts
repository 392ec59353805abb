import { assert } from "@effect/vitest"
import { Effect } from "effect"
import * as fc from "fast-check"
import { newPerson, type Person } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import type { TestService } from "../support/TestService.ts"
import { documents } from "./documents.ts"

interface Thing {
  readonly id: string
  readonly [member: string]: unknown
}

const nouns = ["projects", "tags", "views", "tasks", "comments"] as const
type Exported = Record<typeof nouns[number], ReadonlyArray<Thing>>

const exported = (person: Person) => Effect.map(person.get("/api/v1/export"), ({ body }): Exported => body)

/** What an account cannot take over from another. */
const own = new Set(["number", "position", "updatedAt", "version"])

/** Things without that, and in their place the place that each has in its list. */
const essence = (document: Exported) =>
  Object.fromEntries(nouns.map((noun) => {
    const listOf = ({ parentId, projectId }: Thing) => String(parentId ?? projectId ?? "")
    const ranks = (thing: Thing) =>
      document[noun].filter((other) =>
        listOf(other) === listOf(thing) &&
        (String(other["position"]) < String(thing["position"]) ||
          (other["position"] === thing["position"] && other.id < thing.id))
      ).length
    const made = document[noun].map((thing) => ({
      ...Object.fromEntries(Object.entries(thing).filter(([name]) => !own.has(name))),
      // Tasks make a tag, by using it, with an id of its own, and no import says when.
      ...noun === "tags" ? { id: "", createdAt: "" } : {},
      rank: noun === "tags" || noun === "comments" ? 0 : ranks(thing)
    }))
    return [noun, made.toSorted((one, other) => JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)]
  }))

const imported = (person: Person, document: object, query = "") =>
  Effect.map(person.json("POST", `/api/v1/import${query}`, document), (answer) => {
    assert.strictEqual(answer.status, 200, answer.text)
    return answer.body.counts
  })

suite("what was exported", (it) => {
  it.effect(
    "comes into another account as it was, once, and an undo leaves nothing of it",
    () =>
      Effect.gen(function*() {
        const context = yield* Effect.context<TestService>()
        yield* Effect.promise(() =>
          fc.assert(
            fc.asyncProperty(documents, (document) =>
              Effect.gen(function*() {
                const [pat, sam] = [yield* newPerson, yield* newPerson]
                const many = nouns.reduce((sum, noun) => sum + document[noun].length, 0)
                assert.strictEqual((yield* imported(pat, document)).create, many)
                const first = yield* exported(pat)
                // All that the document says is so.
                assert.strictEqual((yield* imported(pat, document)).unchanged, many)
                // Tags that tasks have made are things of the export.
                const all = nouns.reduce((sum, noun) => sum + first[noun].length, 0)
                assert.strictEqual((yield* imported(sam, first)).create, all)
                // Nor has the export left out anything that was imported.
                assert.strictEqual((yield* imported(sam, document)).unchanged, many)
                const second = yield* exported(sam)
                assert.deepStrictEqual(essence(second), essence(first))
                assert.strictEqual((yield* imported(sam, first, "?overwrite=true")).unchanged, all)
                if (all > first.tags.length) {
                  const undone = yield* sam.json("POST", "/api/v1/undo", {})
                  assert.strictEqual(undone.status, 200, undone.text)
                }
                const left = yield* exported(sam)
                assert.deepStrictEqual([left.projects, left.views, left.tasks, left.comments], [[], [], [], []])
              }).pipe(Effect.provide(context), Effect.scoped, Effect.runPromise)),
            { numRuns: Number(process.env["RUNS"] ?? 25) }
          )
        )
      }),
    120_000
  )
})
