import { describe, expect, it } from "@effect/vitest"
import { Effect, Stream } from "effect"
import { Csv } from "effect/encoding"
import * as fc from "fast-check"
import type { Exported } from "../../src/transfer/Document.ts"
import { writeCsv } from "../../src/transfer/formats/CsvTasks.ts"
import { exportedTasks } from "./exportedTasks.ts"

const cellsOf = (exported: Exported) =>
  Effect.runSync(
    writeCsv(exported).pipe(
      Effect.flatMap(({ text }) =>
        Stream.make(text).pipe(Stream.pipeThroughChannel(Csv.decodeString()), Stream.runCollect)
      ),
      Effect.map((rows) => {
        const [head = [], ...others] = [...rows]
        return others.map((row) => Object.fromEntries(head.map((name, index) => [name, row[index]])))
      })
    )
  )

const textual = ["title", "description", "project", "tags", "comments", "external_id"] as const

/** The texts of a task as they come out, where all of them are this one. */
const told = (text: string) => {
  const id = "0198c0de-7a5c-7000-8000-000000000001"
  const task = {
    id,
    number: 1,
    title: text,
    description: text,
    tags: [text],
    externalId: text,
    priority: null,
    start: null,
    due: null,
    repeat: null,
    extra: {},
    parentId: null,
    projectId: id,
    blockedBy: [],
    completedAt: null,
    createdAt: "2026-01-01T00:00:00.000Z"
  }
  const [row = {}] = cellsOf(
    {
      projects: [{ id, name: text, parentId: null }],
      tags: [],
      views: [],
      tasks: [task],
      comments: [
        { id, taskId: id, text, createdAt: task.createdAt }
      ]
    } as unknown as Exported
  )
  return new Set(textual.map((name) => row[name]))
}

describe("todo export --csv", () => {
  it.each(["=SUM(A1)+cmd", "+1+1", "@x", "-1", "\t=1", "\r=1", "\n=1", "＝1", "=\"a\",b"])(
    "puts a quote before %j, which a spreadsheet would read as a formula",
    (text) => {
      expect(told(text)).toEqual(new Set([`'${text}`]))
    }
  )

  it.each(["a=1", "1-1", "'=1", " =1", "x\n=1", "\"=1\""])("leaves %j as it is", (text) => {
    expect(told(text)).toEqual(new Set([text]))
  })

  it("begins no cell with what begins a formula, whatever the texts are", () => {
    const texts = fc.string({ unit: fc.constantFrom(..."=+-@\t\r\n'\", a＝") })
    fc.assert(fc.property(exportedTasks, fc.array(texts, { minLength: 1 }), (exported, texts) => {
      let nth = 0
      const text = () => texts[nth++ % texts.length]!
      const odd = {
        ...exported,
        projects: exported.projects.map((project) => ({ ...project, name: text() })),
        tasks: exported.tasks.map((task) => ({
          ...task,
          title: text(),
          description: text(),
          tags: [text()],
          externalId: text()
        })),
        comments: exported.comments.map((comment) => ({ ...comment, text: text() }))
      } as Exported
      const rows = cellsOf(odd)
      expect(rows).toHaveLength(odd.tasks.length)
      for (const cell of rows.flatMap((row) => Object.values(row))) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/u)
    }))
  })
})
