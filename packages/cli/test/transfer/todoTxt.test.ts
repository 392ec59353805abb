import { describe, expect, it } from "@effect/vitest"
import { Effect } from "effect"
import * as fc from "fast-check"
import type { Exported } from "../../src/transfer/Document.ts"
import { readTodoTxt, writeTodoTxt } from "../../src/transfer/formats/TodoTxt.ts"
import { exportedTasks } from "./exportedTasks.ts"

interface Read {
  readonly [member: string]: unknown
}

const read = (text: string) => {
  const { document, notes } = Effect.runSync(readTodoTxt(text))
  const projects = new Map((document.projects as ReadonlyArray<Read>).map(({ id, name }) => [id, name]))
  const tasks = (document.tasks as ReadonlyArray<Read>).map(({ projectId, ...task }): Read => ({
    ...task,
    project: projectId === null ? null : projects.get(projectId as string)
  }))
  return { tasks, notes }
}
const one = (line: string) => read(line).tasks[0]!

describe("todo.txt is read", () => {
  it.each([
    ["xylophone lesson", { title: "xylophone lesson", completed: false }],
    ["X not done", { title: "X not done", completed: false }],
    ["x 2026-10-02 2026-10-01 Call Mum pri:A", {
      title: "Call Mum",
      completed: true,
      completedAt: "2026-10-02T12:00:00.000Z",
      createdAt: "2026-10-01T12:00:00.000Z",
      priority: "p1"
    }],
    ["x Call Mum", { title: "Call Mum", completed: true }],
    ["(a) small", { title: "(a) small" }],
    ["(A)->no", { title: "(A)->no" }],
    ["Really (A) urgent", { title: "Really (A) urgent" }],
    ["(B) 2026-10-01 Thing", { title: "Thing", priority: "p2", createdAt: "2026-10-01T12:00:00.000Z" }],
    ["(D) Later", { title: "Later", extra: { "todotxt:priority": "D" } }],
    ["open pri:A", { title: "open pri:A" }],
    ["see http://example.org/a:b at 12:30 due:", { title: "see http://example.org/a:b at 12:30 due:" }],
    ["pay due:2026-11-27 t:2026-11-20 rec:+1m", {
      title: "pay",
      due: { date: "2026-11-27" },
      start: { date: "2026-11-20" },
      repeat: { rule: "FREQ=MONTHLY;BYMONTHDAY=27", from: "schedule", missed: "skip", text: null }
    }],
    ["water due:2026-01-31 rec:3d", {
      repeat: { rule: "FREQ=DAILY;INTERVAL=3", from: "completion", missed: "skip", text: null }
    }],
    ["never due:2026-02-30", { title: "never due:2026-02-30" }],
    ["2026-02-30 never made", { title: "2026-02-30 never made" }],
    ["mail a@b.c about C++ and 1+1 +Home @phone", {
      title: "mail a@b.c about C++ and 1+1",
      project: "Home",
      tags: ["phone"]
    }],
    ["+Home @phone", { title: "+Home @phone", project: "Home", tags: ["phone"] }]
  ])("%s", (line, expected) => {
    expect(one(line)).toMatchObject(expected)
  })

  it("line by line, however lines end, and equal lines are several tasks", () => {
    const { tasks } = read("one\r\n\r\none\ntwo\n")
    expect(tasks.map(({ title }) => title)).toEqual(["one", "one", "two"])
    expect(new Set(tasks.map(({ externalId }) => externalId)).size).toBe(3)
    expect(read("one\none\ntwo").tasks.map(({ externalId, id }) => [externalId, id])).toEqual(
      tasks.map(({ externalId, id }) => [externalId, id])
    )
  })

  it("without dropping a repetition in silence", () => {
    const { notes, tasks } = read("water rec:1d\ncut due:2026-01-01 rec:2b")
    expect(tasks[0]).toMatchObject({ extra: { "todotxt:rec": "1d" } })
    // No unit of it is known: the word stays.
    expect(tasks[1]).toMatchObject({ title: "cut rec:2b", due: { date: "2026-01-01" } })
    expect(notes).toEqual([
      "line 1: rec:1d is kept in extra, and nothing repeats: there is no due date",
      "line 2: rec:2b stays in the title: no rule says it"
    ])
  })

  it.each([
    ["a rec:1b", "rec:1b stays in the title: no rule says it"],
    ["a due:2026-13-45", "due:2026-13-45 stays in the title: there is no such day"],
    ["a t:soon", "t:soon stays in the title: there is no such day"],
    ["a pri:A", "pri:A stays in the title: what is open has it as (A), before all else"],
    ["x a pri:high", "pri:high stays in the title: it is no priority"],
    ["2026-02-30 a", "2026-02-30 stays in the title: there is no such day"],
    ["x 2026-02-30 2026-02-01 a", "2026-02-30 stays in the title: there is no such day"],
    ["a +one +two", "+one stays in the title: a task is in one project"],
    ["a due:2026-01-01 due:2026-01-02", "due:2026-01-01 stays in the title: another stands behind it"]
  ])("and says of %s what is not understood, by its line", (line, note) => {
    const [word = ""] = note.split(" ")
    const { notes, tasks } = read(`fine +p @c due:2026-01-01 http://x.org/y:z\n\n${line}\n`)
    expect(notes).toEqual([`line 3: ${note}`])
    expect(tasks[1]!["title"]).toContain(word)
  })

  it("whatever it is", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
      const { tasks } = read(text)
      for (const { title } of tasks) expect((title as string).trim()).not.toBe("")
      expect(tasks).toHaveLength(text.split(/\r\n|\n|\r/u).filter((line) => line.trim() !== "").length)
    }))
  })
})

describe("todo.txt is written", () => {
  it("so that it is read as it was, as far as it has room", () => {
    fc.assert(fc.property(exportedTasks, (exported) => {
      const { text } = Effect.runSync(writeTodoTxt(exported))
      const names = new Map(exported.projects.map(({ id, name }) => [id, name]))
      const { tasks } = read(text)
      expect(tasks.map(({ completed, due, priority = null, project, start, tags, title }) => ({
        completed,
        due: due ?? null,
        priority,
        project,
        start: start ?? null,
        tags,
        title
      }))).toEqual(exported.tasks.map(({ completedAt, due, priority, projectId, start, tags, title }) => ({
        completed: completedAt !== null,
        due: due === null ? null : { date: due.date },
        priority,
        project: projectId === null ? null : names.get(projectId),
        start: start === null ? null : { date: start.date },
        tags,
        title
      })))
    }))
  })

  it("with titles that look like something else, on a line each", () => {
    const base = { comments: [], projects: [], tags: [], views: [] }
    const task = (title: string, completedAt: string | null) =>
      ({
        id: "1",
        title,
        completedAt,
        createdAt: "2026-01-01T00:00:00.000Z",
        description: null,
        due: null,
        start: null,
        repeat: null,
        extra: {},
        tags: [],
        blockedBy: [],
        priority: null,
        projectId: null,
        parentId: null
      }) as unknown as Exported["tasks"][number]
    for (const title of ["x done", "(A) first", "2026-01-02 report", "a\nb"]) {
      for (const completedAt of [null, "2026-01-03T00:00:00.000Z"]) {
        const { text } = Effect.runSync(writeTodoTxt({ ...base, tasks: [task(title, completedAt)] }))
        expect(one(text)).toMatchObject({ title: title.replace("\n", " "), completed: completedAt !== null })
      }
    }
  })

  /** What an account has of what was read. */
  const imported = (text: string) => {
    const { document } = Effect.runSync(readTodoTxt(text))
    return {
      comments: [],
      tags: [],
      views: [],
      projects: document.projects,
      tasks: (document.tasks as ReadonlyArray<Read>).map((task) => ({
        due: null,
        start: null,
        repeat: null,
        extra: {},
        description: null,
        blockedBy: [],
        parentId: null,
        priority: null,
        createdAt: "2026-01-01T12:00:00.000Z",
        ...task,
        completedAt: task["completed"] === true ? task["completedAt"] ?? "2026-01-02T12:00:00.000Z" : null
      }))
    } as unknown as Exported
  }
  /** But for what is made of the line. */
  const essence = (text: string) => read(text).tasks.map(({ externalId: _known, id: _id, ...task }) => task)
  const rewritten = (text: string) => Effect.runSync(writeTodoTxt(imported(text))).text

  it.each([
    ["@only +only", "2026-01-01 @only +only\n"],
    ["@only +only +only @only", "2026-01-01 @only +only\n"],
    ["due:2026-01-01", "2026-01-01 due:2026-01-01\n"],
    ["a +one +two @x @x", "2026-01-01 a +one +two @x\n"]
  ])("without saying twice what the title of %s says", (line, written) => {
    expect(rewritten(line)).toBe(written)
    expect(rewritten(written)).toBe(written)
  })

  it("so that nothing becomes more, or is another, on its way out and in again", () => {
    const words = [
      "a",
      "b",
      "+p",
      "+q",
      "@c",
      "@d",
      "due:2026-01-01",
      "due:2026-02-30",
      "t:2026-01-02",
      "rec:1d",
      "rec:1b"
    ]
    const word = fc.constantFrom(...words, "due:2026-03-03", "rec:+2w", "pri:A", "pri:B", "x", "(B)", "2026-05-05", "")
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), (line) => {
        const once = rewritten(line.join(" "))
        const twice = rewritten(once)
        expect(essence(twice)).toEqual(essence(once))
        expect(rewritten(twice)).toBe(twice)
        expect(twice.length).toBeLessThanOrEqual(once.length)
      }),
      { numRuns: 1000 }
    )
  })
})
