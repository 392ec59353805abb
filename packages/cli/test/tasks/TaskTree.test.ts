import { describe, expect, it } from "@effect/vitest"
import { type Task, TaskId } from "@todo/domain/tasks/Task"
import { renderTasks } from "../../src/tasks/TaskTable.ts"
import { openTask } from "../support/openTask.ts"

const idOf = (number: number) => TaskId.make(`0198c0de-7a5c-7000-8000-00000000000${number}`)
const task = (number: number, title: string, parent?: number, more: Partial<Task> = {}) =>
  openTask({
    id: idOf(number),
    number,
    title,
    parentId: parent === undefined ? null : idOf(parent),
    position: `8000000${number}`,
    ...more
  })
const tasks = [
  task(6, "Elsewhere"),
  task(5, "Roller", 3, { position: "80000000" }),
  task(4, "Brush", 3),
  task(3, "Buy tools", 1),
  task(2, "Below what is not listed", 9),
  task(1, "Paint", undefined, { blocked: true })
]
const style = { color: false, now: Date.parse("2026-11-23T10:00:00.000Z") }

describe("a list with subtasks", () => {
  it("has each below its parent, in its place there, on a terminal", () => {
    const lines = renderTasks(tasks, { ...style, columns: 80 }).map((line) => line.replace(/\s+now\s*$/, "").trimEnd())
    expect(lines.map((line) => line.replace(/ {2,}\d.*ago$|\s+just now$/, ""))).toEqual([
      "6  ○  Elsewhere",
      "2  ○  Below what is not listed",
      "1  ◌  Paint",
      "3  ○    Buy tools",
      "5  ○      Roller",
      "4  ○      Brush"
    ])
  })

  it("is as it comes elsewhere", () => {
    const lines = renderTasks(tasks, { ...style, columns: undefined })
    expect(lines.map((line) => line.split("\t").slice(0, 3))).toEqual(
      tasks.map(({ number, title }) => [String(number), "open", title])
    )
  })
})
