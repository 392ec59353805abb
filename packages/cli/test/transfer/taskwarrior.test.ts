import { describe, expect, it } from "@effect/vitest"
import { Effect, Result } from "effect"
import * as fc from "fast-check"
import { readTaskwarrior } from "../../src/transfer/formats/Taskwarrior.ts"
import { tasksOut, writeTaskwarrior } from "../../src/transfer/formats/TaskwarriorOut.ts"
import { exportedTasks } from "./exportedTasks.ts"

interface Read {
  readonly [member: string]: unknown
}

const here = { timeZone: "Europe/Berlin" }
const read = (text: string) => {
  const { document, notes } = Effect.runSync(readTaskwarrior(text, here))
  return {
    projects: document.projects as ReadonlyArray<Read>,
    tasks: document.tasks as ReadonlyArray<Read>,
    comments: document.comments as ReadonlyArray<Read>,
    notes
  }
}
const uuid = (end: string) => `a1b2c3d4-0000-4000-8000-0000000000${end}`
const task = (end: string, more: object = {}) => ({
  id: 0,
  uuid: uuid(end),
  description: `Task ${end}`,
  status: "pending",
  entry: "20261001T080000Z",
  urgency: 3.2,
  ...more
})

describe("an export of Taskwarrior is read", () => {
  it("with all that a task has, and nothing is dropped", () => {
    const { comments, projects, tasks } = read(JSON.stringify([
      task("01", {
        project: "home.garden",
        tags: ["next", "outside"],
        priority: "H",
        due: "20261126T230000Z",
        wait: "20261120T120000Z",
        scheduled: "20261121T230000Z",
        until: "20270101T000000Z",
        annotations: [{ entry: "20261002T080000Z", description: "They close at six" }],
        depends: [uuid("02"), uuid("99")],
        jiraid: "ABC-7",
        estimate: 3
      }),
      task("02", { status: "completed", end: "20261003T100000Z", priority: "X" })
    ]))
    expect(projects.map(({ name }) => name)).toEqual(["home", "garden"])
    expect(tasks[0]).toMatchObject({
      title: "Task 01",
      externalId: `taskwarrior:${uuid("01")}`,
      projectId: projects[1]!["id"],
      tags: ["next", "outside"],
      priority: "p1",
      // Midnight there is a day without a time.
      due: { date: "2026-11-27" },
      start: { date: "2026-11-20", time: "13:00", timeZone: "Europe/Berlin" },
      extra: { until: "20270101T000000Z", scheduled: "20261121T230000Z", jiraid: "ABC-7", estimate: "3" },
      createdAt: "2026-10-01T08:00:00.000Z",
      completed: false
    })
    expect(tasks[0]!["blockedBy"]).toHaveLength(2)
    expect((tasks[0]!["blockedBy"] as ReadonlyArray<string>)[0]).toBe(tasks[1]!["id"])
    expect(tasks[1]).toMatchObject({
      completed: true,
      completedAt: "2026-10-03T10:00:00.000Z",
      extra: { priority: "X" }
    })
    expect(comments).toMatchObject([{
      taskId: tasks[0]!["id"],
      text: "They close at six",
      createdAt: "2026-10-02T08:00:00.000Z"
    }])
  })

  it.each([
    ["an array", (tasks: ReadonlyArray<object>) => JSON.stringify(tasks, null, 2)],
    ["a task a line", (tasks: ReadonlyArray<object>) => tasks.map((task) => JSON.stringify(task)).join("\n")],
    [
      "a task a line, with commas",
      (tasks: ReadonlyArray<object>) => tasks.map((task) => JSON.stringify(task)).join(",\r\n")
    ]
  ])("as %s", (_, write) => {
    expect(read(write([task("01"), task("02", { depends: `${uuid("01")},${uuid("03")}` })])).tasks).toMatchObject([
      { title: "Task 01" },
      { title: "Task 02", blockedBy: [expect.any(String), expect.any(String)] }
    ])
  })

  it("with what repeats once, at its next date, and what waited for an instance waits for it", () => {
    const template = { due: "20260131T230000Z", recur: "monthly", mask: "+-", rtype: "periodic" }
    const { notes, tasks } = read(JSON.stringify([
      task("01", { ...template, status: "recurring" }),
      task("02", { ...template, parent: uuid("01"), imask: 0, status: "completed" }),
      task("03", { ...template, parent: uuid("01"), imask: 1, due: "20260228T230000Z" }),
      task("04", { depends: [uuid("03")] }),
      task("05", { status: "deleted" })
    ]))
    expect(tasks.map(({ title }) => title)).toEqual(["Task 01", "Task 04"])
    expect(tasks[0]).toMatchObject({
      due: { date: "2026-03-01" },
      repeat: { rule: "FREQ=MONTHLY;BYMONTHDAY=1", from: "schedule" }
    })
    expect(tasks[1]!["blockedBy"]).toEqual([tasks[0]!["id"]])
    expect(notes).toHaveLength(2)
  })

  it.each([
    ["daily", "FREQ=DAILY"],
    ["weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"],
    ["2wks", "FREQ=WEEKLY;INTERVAL=2"],
    ["P1M", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"],
    ["quarterly", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"],
    ["yearly", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31"],
    ["3 days", "FREQ=DAILY;INTERVAL=3"],
    ["PT5H", undefined],
    ["often", undefined]
  ])("with recur %s", (recur, rule) => {
    const { notes, tasks } = read(JSON.stringify([task("01", { status: "recurring", due: "20260130T230000Z", recur })]))
    if (rule === undefined) {
      expect(tasks[0]).toMatchObject({ extra: { recur } })
      expect(notes).toHaveLength(1)
    } else expect(tasks[0]).toMatchObject({ repeat: { rule } })
  })

  it.each([
    ["[{]", "line 1"],
    [`${JSON.stringify(task("01"))}\nnonsense`, "line 2"],
    ["[{\"description\": \"x\"}]", "task 1: it has no uuid"]
  ])("or not: %s", (text, message) => {
    const result = Effect.runSync(Effect.result(readTaskwarrior(text, here)))
    expect(Result.isFailure(result) && result.failure.message).toContain(message)
  })
})

describe("an export for Taskwarrior", () => {
  it("is read as it was written, as far as it has room", () => {
    fc.assert(fc.property(exportedTasks, (exported) => {
      const { text } = Effect.runSync(writeTaskwarrior(exported, here))
      const { comments, projects, tasks } = read(text)
      const names = new Map(projects.map(({ id, name }) => [id, name]))
      const titles = new Map(tasks.map(({ id, title }) => [id, title]))
      const theirNames = new Map(exported.projects.map(({ id, name }) => [id as string, name]))
      const theirTitles = new Map(exported.tasks.map(({ id, title }) => [id as string, title]))
      expect(tasks.map(({ blockedBy, completedAt, createdAt, due, priority, projectId, start, tags, title }) => ({
        blockedBy: (blockedBy as ReadonlyArray<string>).map((id) => titles.get(id)),
        completedAt: completedAt ?? null,
        createdAt,
        due: due ?? null,
        priority: priority ?? null,
        project: names.get(projectId) ?? null,
        start: start ?? null,
        tags,
        title
      }))).toEqual(
        exported.tasks.map(({ blockedBy, completedAt, createdAt, due, priority, projectId, start, tags, title }) => ({
          blockedBy: blockedBy.map((id) => theirTitles.get(id)),
          completedAt,
          createdAt,
          due,
          priority,
          project: theirNames.get(projectId ?? "") ?? null,
          start,
          tags,
          title
        }))
      )
      const described = exported.tasks.filter(({ description }) => description !== null).length
      expect(comments).toHaveLength(exported.comments.length + described)
    }))
  })

  it("is read by the account that has written it as what is there, and says nothing of it again", () => {
    fc.assert(fc.property(exportedTasks, (exported) => {
      const { text } = Effect.runSync(writeTaskwarrior(exported, here))
      const { document, notes } = Effect.runSync(readTaskwarrior(text, here, tasksOut(exported, here)))
      expect([document.projects, document.comments, notes]).toEqual([[], [], []])
      expect(document.tasks).toEqual(exported.tasks.map(({ createdAt, id, title }) => ({ id, title, createdAt })))
    }))
  })
})
