import { describe, expect, it } from "@effect/vitest"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import { languages } from "@todo/domain/words/Languages"
import { Effect, Result } from "effect"
import { readTodoist } from "../../src/transfer/formats/Todoist.ts"
import { instantOfWall, wallAt } from "../../src/transfer/formats/Zone.ts"

interface Read {
  readonly [member: string]: unknown
}

const moment = {
  now: Date.parse("2026-09-30T12:00:00Z"),
  today: "2026-09-30" as DateOnly,
  timeZone: "Europe/Berlin" as TimeZoneName,
  weekStart: "mon" as const,
  dateOrder: "ymd" as const,
  language: languages.en,
  zones: { wallAt, instantOfWall }
}
const head =
  "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT,DEADLINE,DEADLINE_LANG"

const result = (text: string, file = "Home.csv") => Effect.runSync(Effect.result(readTodoist(text, file, moment)))
const read = (rows: ReadonlyArray<string>, file?: string) => {
  const found = result([head, ...rows].join("\r\n"), file)
  if (Result.isFailure(found)) throw found.failure
  const { document, notes } = found.success
  return {
    projects: document.projects as ReadonlyArray<Read>,
    tasks: document.tasks as ReadonlyArray<Read>,
    comments: document.comments as ReadonlyArray<Read>,
    notes
  }
}

describe("a file of Todoist is read", () => {
  it("with its rows of any width, sections, notes, labels and levels", () => {
    const { comments, notes, projects, tasks } = read([
      "meta,view_style=list",
      "task,Buy milk @shop @home,Two litres,1,1,Ada (1),,tomorrow 9am,en,Europe/Berlin,15,minute,,",
      "note,\"They close\nat six\",,,,Ada (1),,,,",
      "task,Oat,,4,2",
      ",,,,,,,,,,,,,",
      "section,Garden,,,,,,,,",
      "task,Roses,,,1,,,every monday,en,",
      "task,Prune,,3,2,,,,,",
      "task,Thorns,,2,4,,,,,"
    ], "/tmp/Home [2203306141].csv")
    expect(projects.map(({ name }) => name)).toEqual(["Home", "Garden"])
    expect(tasks).toMatchObject([
      {
        title: "Buy milk",
        tags: ["shop", "home"],
        description: "Two litres",
        priority: "p1",
        due: { date: "2026-10-01", time: "09:00", timeZone: null },
        projectId: projects[0]!["id"],
        extra: { "todoist:AUTHOR": "Ada (1)", "todoist:DURATION": "15", "todoist:DURATION_UNIT": "minute" }
      },
      { title: "Oat", parentId: tasks[0]!["id"] },
      // No priority is the highest.
      {
        title: "Roses",
        priority: "p1",
        projectId: projects[1]!["id"],
        due: { date: "2026-10-05" },
        repeat: { rule: "FREQ=WEEKLY;BYDAY=MO" }
      },
      { title: "Prune", priority: "p3", parentId: tasks[2]!["id"] },
      { title: "Thorns", priority: "p2", parentId: tasks[3]!["id"] }
    ])
    expect(tasks[1]).not.toHaveProperty("priority")
    expect(comments).toMatchObject([{ taskId: tasks[0]!["id"], text: "They close\nat six" }])
    expect(notes).toEqual(["record 2: how Todoist shows the list is left out: view_style=list"])
  })

  it("with dates in the languages that are known, and others as words in the description", () => {
    const { notes, tasks } = read([
      "task,One,,4,1,,,jeden montag,de,",
      "task,Two,,4,1,,,tous les lundis,fr,",
      "task,Three,,4,1,,,when it rains,en,",
      "task,Four,,4,1,,,,,,,,2026-12-24,en"
    ])
    expect(tasks).toMatchObject([
      { repeat: { rule: "FREQ=WEEKLY;BYDAY=MO" } },
      { description: "DATE (fr): tous les lundis" },
      { description: "DATE (en): when it rains" },
      { due: { date: "2026-12-24" } }
    ])
    expect(notes).toHaveLength(2)
  })

  it("with equal rows as several tasks, always of the same ids", () => {
    const rows = ["task,Milk,,4,1", "task,Milk,,4,1", "task,Milk,,4,2"]
    const ids = read(rows).tasks.map(({ id }) => id)
    expect(new Set(ids).size).toBe(3)
    expect(read(rows).tasks.map(({ id }) => id)).toEqual(ids)
  })

  it("with a BOM, and with semicolons", () => {
    const found = result(`${head.replaceAll(",", ";")}\ntask;a, b;;4;1\n`)
    expect(Result.isSuccess(found) && found.success.document.tasks).toMatchObject([{ title: "a, b" }])
  })

  it.each([
    [`${head}\ntask,5" pipe,,4,1\n`, "line 2: "],
    ["a,b\n1,2\n", "line 1: Todoist's files begin with TYPE,CONTENT"]
  ])("or not: %s", (text, message) => {
    const found = result(text)
    expect(Result.isFailure(found) && found.failure.message).toContain(message)
  })
})
