import { assert, describe, it } from "@effect/vitest"
import { parse } from "@todo/domain/filter/Parser"
import { Result } from "effect"
import * as fc from "fast-check"
import { dates } from "../support/filterDates.ts"
import { anyTerm, treesOf } from "../support/filterTrees.ts"
import { matches } from "../support/model/matches.ts"
import { type ModelTask, plainTask, type World } from "../support/model/World.ts"

const project = (id: string, parentId: string | null, archived = false) => ({ id, name: id, parentId, archived })

const world: World = {
  now: Date.parse("2026-09-30T12:00:00Z"),
  timeZone: "Europe/Berlin",
  dayEndsAt: 0,
  projects: [project("Work", null), project("Old", "Work", true), project("Older", "Old"), project("Gone", null, true)],
  tasks: [
    { id: "open" },
    { id: "done", completedAt: 1 },
    { id: "trashed", trashedAt: 1 },
    { id: "trashed and done", trashedAt: 1, completedAt: 1 },
    { id: "of work", projectId: "Work" },
    { id: "of old", projectId: "Old" },
    { id: "of older", projectId: "Older" },
    { id: "of gone", projectId: "Gone" }
  ].map((it, index): ModelTask => ({ ...plainTask, ...it, title: it.id, number: index + 1 }))
}

const listed = (text: string) => {
  const { tree } = Result.getOrThrow(parse(text, dates))
  return world.tasks.filter((task) => matches(tree, task, world)).map(({ id }) => id)
}

describe("a filter is about", () => {
  for (
    const [text, ids] of [
      ["number:any", ["open", "of work"]],
      ["open", ["open", "of work"]],
      ["not open", ["done"]],
      ["done", ["done"]],
      ["not done", ["open", "of work"]],
      ["all", ["open", "done", "of work"]],
      ["completed:any", ["done"]],
      ["not completed > 2026-01-01", ["open", "done", "of work"]],
      ["trash", ["trashed", "trashed and done"]],
      ["trash done", ["trashed and done"]],
      ["not trash", ["open", "done", "of work"]],
      ["in:Work", ["of work"]],
      ["not in:Work", ["open"]],
      ["in:Old", ["of old", "of older"]],
      ["in:=Old", ["of old"]],
      ["in:Work/Old", ["of old", "of older"]],
      ["in:Older", ["of older"]],
      ["not in:Old", ["open", "of work"]],
      ["in:inbox", ["open"]],
      ["in:Gone or number:1", ["open", "of gone"]],
      ["in:nowhere", []]
    ] as const
  ) {
    it(text, () => {
      assert.deepStrictEqual(listed(text), [...ids])
    })
  }

  it("what it and its negation divide", () => {
    fc.assert(fc.property(treesOf(anyTerm), (tree) => {
      const about = world.tasks.filter((task) => matches({ or: [tree, { not: tree }] }, task, world))
      for (const task of world.tasks) {
        const times = [tree, { not: tree }].filter((it) => matches(it, task, world)).length
        assert.strictEqual(times, about.includes(task) ? 1 : 0)
      }
    }))
  })
})
