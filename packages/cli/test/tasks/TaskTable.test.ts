import { describe, expect, it } from "@effect/vitest"
import { DateTime } from "effect"
import * as fc from "fast-check"
import stringWidth from "fast-string-width"
import { stripVTControlCharacters } from "node:util"
import { renderFooter, renderTasks } from "../../src/tasks/TaskTable.ts"
import { openTask } from "../support/openTask.ts"

const createdAt = DateTime.makeUnsafe("2026-01-02T03:04:05Z")
const now = DateTime.toEpochMillis(createdAt) + 3 * 86_400_000

const task = (number: number, title: string, completed = false) =>
  openTask({ number, title, completed, createdAt, updatedAt: createdAt })

const anyTask = fc.tuple(
  fc.integer({ min: 1, max: 99_999 }),
  fc.string({ unit: "grapheme", minLength: 1 }),
  fc.boolean()
)
  .map(([number, title, completed]) => task(number, title, completed))

describe("the list for people", () => {
  it("is a table of number, mark, title and age", () => {
    expect(renderTasks([task(10, "Buy milk"), task(9, "Call", true)], { color: false, columns: 80, now }))
      .toEqual(
        [
          "10  ○  Buy milk  3d ago",
          " 9  ✓  Call      3d ago"
        ]
      )
  })

  it("cuts titles to the width of the terminal, and no wide character in two", () => {
    const rows = renderTasks([task(1, "日本語のタイトル"), task(2, "A long title, too long")], {
      color: false,
      columns: 25,
      now
    })
    expect(rows).toEqual([
      "1  ○  日本語のタ…  3d ago",
      "2  ○  A long tit…  3d ago"
    ])
  })

  it("has colors only when it may", () => {
    const style = { columns: 80, now }
    const [colored] = renderTasks([task(1, "x", true)], { ...style, color: true })
    const [plain] = renderTasks([task(1, "x", true)], { ...style, color: false })
    expect(colored).not.toBe(plain)
    expect(stripVTControlCharacters(colored ?? "")).toBe(plain)
  })

  it("is whole and exact where there is no terminal", () => {
    const title = "x".repeat(300)
    expect(renderTasks([task(1, title), task(2, "y", true)], { color: false, columns: undefined, now })).toEqual([
      `1\topen\t${title}\t2026-01-02T03:04:05.000Z`,
      "2\tdone\ty\t2026-01-02T03:04:05.000Z"
    ])
  })

  it("has four fields parted by tabs where there is no terminal, whatever a title is", () => {
    fc.assert(fc.property(fc.array(anyTask, { minLength: 1, maxLength: 20 }), (tasks) => {
      const rows = renderTasks(tasks, { color: false, columns: undefined, now })
      expect(rows.map((row) => row.split("\t").length)).toEqual(tasks.map(() => 4))
      expect(rows.join("")).not.toContain("\n")
    }))
  })

  it("is one line a task, in columns, no wider than the terminal", () => {
    fc.assert(fc.property(
      fc.array(anyTask, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 40, max: 200 }),
      (tasks, columns) => {
        const rows = renderTasks(tasks, { color: false, columns, now })
        expect(rows).toHaveLength(tasks.length)
        expect(new Set(rows.map((row) => stringWidth(row))).size).toBe(1)
        expect(stringWidth(rows[0] ?? "")).toBeLessThanOrEqual(columns)
        expect(rows.join("")).not.toMatch(/[\n\t]/)
      }
    ))
  })
})

describe("the line below the list", () => {
  const tasks = [task(3, "x"), task(2, "y", true), task(1, "z")]
  const style = { color: false, columns: 80, rows: undefined }

  it("counts what is shown, on a terminal only", () => {
    expect(renderFooter(tasks, style)).toEqual(["2 open, 1 done"])
    expect(renderFooter(tasks.slice(1, 2), style)).toEqual(["1 done"])
    expect(renderFooter([], style)).toEqual([])
    expect(renderFooter(tasks, { ...style, columns: undefined })).toEqual([])
  })

  it("says how to see the newest where they have gone off the screen", () => {
    expect(renderFooter(tasks, { ...style, rows: 5 })).toEqual(["2 open, 1 done"])
    expect(renderFooter(tasks, { ...style, rows: 4 })).toEqual([
      "2 open, 1 done, newest first; --limit 2 fits the screen"
    ])
    expect(renderFooter(tasks, { ...style, rows: 1 })).toEqual(["2 open, 1 done"])
  })
})
