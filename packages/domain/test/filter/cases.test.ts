import { assert, describe, it } from "@effect/vitest"
import type { FilterTree } from "@todo/domain/filter/FilterTree"
import { parse } from "@todo/domain/filter/Parser"
import { parseSort } from "@todo/domain/filter/Sort"
import { Result } from "effect"
import lists from "../cases/lists.json" with { type: "json" }
import { dates } from "../support/filterDates.ts"
import { type Given, givenWorld } from "../support/model/givenWorld.ts"
import { inOrder } from "../support/model/inOrder.ts"
import { matches } from "../support/model/matches.ts"

interface Step {
  readonly filter?: string
  readonly search?: string
  readonly sort?: string
}

interface Expectation {
  readonly set?: ReadonlyArray<string>
  readonly items?: ReadonlyArray<string>
  readonly status?: number
  readonly positionIn?: string
  readonly didYouMean?: string
}

/** These are about pages, which a filter does not make. */
const ofPages = ["L15", "L16"]

/** What went wrong in other programs, by the reports of their users. */
describe("what other programs got wrong in lists", () => {
  for (const { do: steps, expect, given, id, title } of lists.cases.filter((it) => !ofPages.includes(it.id))) {
    it(`${title} (${id})`, () => {
      const world = givenWorld(given as Given)
      for (const [index, { filter, search, sort }] of (steps as ReadonlyArray<Step>).entries()) {
        const { didYouMean, items, positionIn, set, status } = (expect.steps as ReadonlyArray<Expectation>)[index]!
        const text = filter ?? (search === undefined ? "all" : `search: ${search}`)
        const parsed = parse(text, dates)
        if (status === 400) {
          if (Result.isSuccess(parsed)) return assert.fail(`${text} was read`)
          const from = text.indexOf(positionIn!)
          assert.isTrue(parsed.failure.position >= from && parsed.failure.position < from + positionIn!.length)
          assert.strictEqual(parsed.failure.didYouMean, didYouMean)
          continue
        }
        const tree: FilterTree = Result.getOrThrow(parsed).tree
        const found = world.tasks.filter((task) => matches(tree, task, world))
        const keys = sort === undefined ? [] : Result.getOrThrow(parseSort(sort))
        const names = inOrder(keys, found, tree, world).map((task) => task.id)
        if (items === undefined) assert.sameMembers(names, [...set!], text)
        else assert.deepStrictEqual(names, [...items], text)
      }
    })
  }
})
