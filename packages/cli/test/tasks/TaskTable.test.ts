import { describe, expect, it } from "@effect/vitest"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import type { TimeOfDay } from "@todo/domain/dates/TimeOfDay"
import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import type { Task } from "@todo/domain/tasks/Task"
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

  it("has the priority before the title where a task has one, and elsewhere behind all that was there before", () => {
    const tasks = [{ ...task(10, "Buy milk"), priority: "p1" as const }, task(9, "Call")]
    expect(renderTasks(tasks, { color: false, columns: 80, now })).toEqual([
      "10  ○  p1  Buy milk  3d ago",
      " 9  ○      Call      3d ago"
    ])
    expect(renderTasks(tasks, { color: false, columns: undefined, now })).toEqual([
      "10\topen\tBuy milk\t2026-01-02T03:04:05.000Z\tp1\t\t\t",
      "9\topen\tCall\t2026-01-02T03:04:05.000Z\t\t\t\t"
    ])
  })

  it("has when a task is due behind its title, what is late with a sign and in red, and what repeats with another", () => {
    const date = "2026-01-02" as DateOnly
    const tasks = [
      { ...task(3, "Late"), due: { date }, overdue: true },
      {
        ...task(2, "Bins"),
        due: { date, time: "07:00" as TimeOfDay, timeZone: "Asia/Tokyo" as TimeZoneName },
        dueAt: DateTime.makeUnsafe(new Date(2026, 0, 5, 21, 30).valueOf()),
        repeat: { rule: "FREQ=DAILY", from: "schedule" as const, missed: "skip" as const, text: "every day" }
      },
      task(1, "Some day")
    ]
    const style = { columns: 80, now: new Date(2026, 0, 5, 12, 0).valueOf() }
    expect(renderTasks(tasks, { ...style, color: false }).map((line) => line.replace(/ +\S+ ago$/, ""))).toEqual([
      "3  ○  Late      ! 2 Jan",
      "2  ○  Bins      today 21:30 ↻ every day",
      "1  ○  Some day"
    ])
    expect(renderTasks(tasks, { ...style, color: true })[0]).toContain("\u001B[31m! 2 Jan")
    // A title is worth more than words that a sign stands for.
    expect(renderTasks(tasks, { ...style, columns: 30, color: false })[1]).toBe("2  ○  Bins      today 21:30 ↻")
    expect(renderTasks(tasks, { color: false, columns: undefined, now }).map((line) => line.split("\t")[5])).toEqual([
      "2026-01-02",
      "2026-01-02T07:00[Asia/Tokyo]",
      ""
    ])
  })

  it("has project and tags behind the title where a task has one, and elsewhere as the last columns", () => {
    const projectId = "0198c0de-7a5c-7000-8000-0000000000b1" as NonNullable<Task["projectId"]>
    const tasks = [{ ...task(10, "Buy milk"), projectId, tags: ["home", "to day"] }, task(9, "Call")]
    const paths = new Map([[projectId, "Work/Misc"]])
    expect(renderTasks(tasks, { color: false, columns: 80, now, paths })).toEqual([
      "10  ○  Buy milk  Work/Misc  @home @to day  3d ago",
      " 9  ○  Call                                3d ago"
    ])
    expect(renderTasks(tasks, { color: false, columns: undefined, now, paths })).toEqual([
      "10\topen\tBuy milk\t2026-01-02T03:04:05.000Z\t\t\tWork/Misc\t@home @to day",
      "9\topen\tCall\t2026-01-02T03:04:05.000Z\t\t\t\t"
    ])
  })

  it("has what is to be read first: of others it cuts tags, and of a path what it begins with, before titles", () => {
    const projectId = "0198c0de-7a5c-7000-8000-0000000000b1" as NonNullable<Task["projectId"]>
    const tasks = [
      { ...task(11, "Disk of db-2 is 85 % full"), projectId, tags: ["on-call", "backend", "regression"] },
      { ...task(8, "Login fails on Safari since the last release"), priority: "p1" as const }
    ]
    const style = { color: false, now, paths: new Map([[projectId, "Operations/Incidents"]]) }
    expect(renderTasks(tasks, { ...style, columns: 120 })).toEqual([
      "11  ○      Disk of db-2 is 85 % full                     Operations/Incidents  @on-call @backend @regression  3d ago",
      " 8  ○  p1  Login fails on Safari since the last release                                                       3d ago"
    ])
    expect(renderTasks(tasks, { ...style, columns: 80 })).toEqual([
      "11  ○      Disk of db-2 is 85 % full             …/Incidents  @on-call …  3d ago",
      " 8  ○  p1  Login fails on Safari since the las…                           3d ago"
    ])
  })

  it("says of what is done when that was, and of what cannot begin yet from when on", () => {
    const date = "2026-01-02" as DateOnly
    const completedAt = DateTime.makeUnsafe(now - 3_600_000)
    const done = { ...task(2, "Call", true), completedAt, due: { date } }
    const later = { ...task(1, "Pack"), start: { date: "2026-01-07" as DateOnly }, ready: false }
    const style = { color: false, columns: 80, now }
    expect(renderTasks([done], style)).toEqual(["2  ✓  Call  1h ago"])
    expect(renderTasks([done, later], style)).toEqual(["2  ✓  Call  2 Jan", "1  ○  Pack  from Wed"])
    expect(renderTasks([{ ...later, ready: true }], style)).toEqual(["1  ○  Pack  3d ago"])
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
      `1\topen\t${title}\t2026-01-02T03:04:05.000Z\t\t\t\t`,
      "2\tdone\ty\t2026-01-02T03:04:05.000Z\t\t\t\t"
    ])
  })

  it("has its fields parted by tabs where there is no terminal, whatever a title is", () => {
    fc.assert(fc.property(fc.array(anyTask, { minLength: 1, maxLength: 20 }), (tasks) => {
      const rows = renderTasks(tasks, { color: false, columns: undefined, now })
      expect(rows.map((row) => row.split("\t").length)).toEqual(tasks.map(() => 8))
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
    expect(renderFooter(tasks, { ...style, isMore: true })).toEqual(["2 open, 1 done, and there are more"])
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
