import { describe, expect, it } from "@effect/vitest"
import { thingsOf, verbOf } from "../../src/operations/OperationWords.ts"

const change = (title: string | null, members: ReadonlyArray<string> = [], cleared: ReadonlyArray<string> = []) => ({
  noun: "task",
  id: `the id of ${title}`,
  number: 7,
  title,
  members,
  cleared
})
const other = (noun: string, title: string, members: ReadonlyArray<string> = []) => ({
  ...change(title, members),
  noun,
  number: null
})

describe("an operation in words", () => {
  it.each([
    ["task.update", [change("Milk", ["completedAt"])], "done", "7  Milk"],
    ["task.update", [change("Milk", ["completedAt"], ["completedAt"])], "reopened", "7  Milk"],
    ["task.update", [change("Milk", ["title"])], "changed", "7  Milk"],
    ["task.update", [change("Milk", ["title", "completedAt"])], "changed", "7  Milk"],
    ["task.complete", [change("Bins", ["due", "occurrence"])], "done", "7  Bins"],
    ["task.purge", [change(null)], "deleted for good", "7  (gone for good)"],
    ["batch", [change("a", ["trashedAt"]), change("b", ["trashedAt"])], "deleted", "2 tasks: 7  a, 7  b"],
    ["batch", [change("a", ["completedAt"]), change("b", ["due", "occurrence"])], "done", "2 tasks: 7  a, 7  b"],
    ["batch", [change("b", ["due", "occurrence"])], "done or skipped", "7  b"],
    ["batch", [change("a", ["completedAt"]), change("b", ["title"])], "changed", "2 tasks: 7  a, 7  b"],
    [
      "batch",
      [change("a", ["completedAt"]), other("project", "Home", ["name"])],
      "changed",
      "2 things: 7  a, project Home"
    ],
    ["project.create", [other("project", "Home")], "added", "project Home"],
    ["project.update", [other("project", "Home", ["archivedAt"])], "archived", "project Home"],
    ["project.update", [other("project", "Home", ["name"])], "changed", "project Home"],
    ["tag.update", [other("tag", "home", ["name"]), change("a", ["tags"])], "changed", "tag home and 1 more: 7  a"],
    ["settings.update", [other("settings", "Europe/Berlin", ["timeZone"])], "changed", "settings"],
    ["task.move", [change("a", ["place"]), change("b", ["place"])], "moved", "2 tasks: 7  a, 7  b"],
    ["view.remove", [other("view", "Today")], "deleted", "view Today"],
    ["comment.create", [other("comment", "They close at six")], "added", "comment They close at six"],
    ["import", [change("a"), change("b"), change("a", ["blockedBy"])], "imported", "2 tasks: 7  a, 7  b"],
    ["import", [change("a"), change("a", ["blockedBy"])], "imported", "7  a"],
    ["comment.create", [other("comment", "They close\nat six\n")], "added", "comment They close…"],
    ["import", [other("comment", "hello\n"), change("a")], "imported", "2 things: comment hello, 7  a"],
    ["comet.fly", [change("a")], "comet.fly", "7  a"]
  ])("%s %j", (kind, changes, verb, things) => {
    const operation = { kind, changes, count: changes.length }
    expect([verbOf(operation), thingsOf(operation)]).toEqual([verb, things])
  })

  it("says no more than is known where more was changed than is told", () => {
    const changes = [change("a", ["completedAt"]), change("b", ["completedAt"]), change("c", ["completedAt"])]
    const told = (kind: string) => [verbOf({ kind, changes, count: 9 }), thingsOf({ kind, changes, count: 9 })]
    expect(told("batch")).toEqual(["changed", "9 things: 7  a, 7  b, 7  c, …"])
    expect(told("task.remove")).toEqual(["deleted", "9 tasks: 7  a, 7  b, 7  c, …"])
    expect(told("project.remove")).toEqual(["deleted", "a project and 8 more: 7  a, 7  b, 7  c"])
  })
})
