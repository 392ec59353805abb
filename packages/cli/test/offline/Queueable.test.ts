import { describe, expect, it } from "@effect/vitest"
import { TaskId } from "@todo/domain/tasks/Task"
import { Schema } from "effect"
import * as fc from "fast-check"
import { newId } from "../../src/offline/NewId.ts"
import { isQueueable, prepared } from "../../src/offline/Queueable.ts"

const id = "0198c0de-7a5c-7000-8000-0000000000a1"

describe("a new id", () => {
  it("is a UUID of version 7 that says when it was made", () => {
    const isId = Schema.is(TaskId.check(Schema.isUUID(7)))
    fc.assert(fc.property(fc.nat(2 ** 47), (now) => {
      const made = newId(now)
      expect(isId(made)).toBe(true)
      expect(Number.parseInt(made.replaceAll("-", "").slice(0, 12), 16)).toBe(now)
    }))
    expect(newId()).not.toBe(newId())
  })
})

describe("what is queued", () => {
  it.each([
    ["POST", "/tasks"],
    ["POST", "/tasks/quick"],
    ["PATCH", `/tasks/${id}`],
    ["DELETE", `/tasks/${id}`],
    ["POST", `/tasks/${id}/comments`],
    ["POST", "/batch"],
    ["PATCH", "/tags/shopping"]
  ])("%s %s is", (method, path) => expect(isQueueable(method, `/api/v1${path}`)).toBe(true))

  it.each([
    ["DELETE", `/tasks/${id}?permanent=true`],
    ["DELETE", "/tasks?filter=all"],
    ["DELETE", "/trash"],
    ["POST", "/undo"],
    ["POST", "/tokens"],
    ["PATCH", "/settings"],
    ["DELETE", "/sessions"],
    ["GET", "/tasks"]
  ])("%s %s is not", (method, path) => expect(isQueueable(method, `/api/v1${path}`)).toBe(false))
})

describe("what is made", () => {
  it("has an id of the client's: a task, those of a batch, and a comment", () => {
    const one = prepared("POST", "/api/v1/tasks", { title: "a" })
    expect(one.body).toEqual({ title: "a", id: one.tasks[0]!.id })
    expect(prepared("POST", "/api/v1/tasks", { title: "a", id }).tasks).toEqual([{ id, title: "a" }])
    const batch = prepared("POST", "/api/v1/batch", {
      operations: [{ op: "task.create", body: { title: "a" } }, { op: "task.update", id, body: { title: "b" } }]
    })
    expect(batch.tasks).toHaveLength(1)
    expect(batch.changes).toEqual([id])
    expect(batch.body).toMatchObject({ operations: [{ body: { id: batch.tasks[0]!.id } }, { op: "task.update", id }] })
    expect(prepared("POST", `/api/v1/tasks/${id}/comments`, { text: "a" }).body).toMatchObject({
      text: "a",
      id: expect.any(String)
    })
  })

  it("of a text has an id for each line, as far as there is room for them", () => {
    const text = (lines: number) => Array.from({ length: lines }, (_, line) => `line ${line}`).join("\n")
    expect(prepared("POST", "/api/v1/tasks/quick", { text: `${text(3)}\n\n` }).taskIds).toHaveLength(3)
    expect(prepared("POST", "/api/v1/tasks/quick", { text: text(20) }).taskIds).toHaveLength(20)
    expect(prepared("POST", "/api/v1/tasks/quick", { text: text(21) }).taskIds).toEqual([])
  })
})
