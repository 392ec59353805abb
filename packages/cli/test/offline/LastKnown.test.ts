import { afterEach, beforeEach, describe, expect, it } from "@effect/vitest"
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { LastKnown } from "../../src/offline/LastKnown.ts"

let folder: string
let known: LastKnown
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "todo-known-"))
  known = new LastKnown(folder)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const task = (number: number, version = 1) => ({ id: `id-${number}`, number, title: `Task ${number}`, version })
const list = (...items: ReadonlyArray<object>) => JSON.stringify({ items, nextCursor: null })

describe("what was last known", () => {
  it("is the last answer to each question", () => {
    known.keep("GET /api/v1/tasks", list(task(1)), 1)
    known.keep("GET /api/v1/tasks", list(task(1), task(2)), 2)
    expect(known.find("GET /api/v1/tasks")).toMatchObject({ at: 2, body: list(task(1), task(2)) })
    expect(known.find("GET /api/v1/tags")).toBeUndefined()
  })

  it("has each task as it was seen last, wherever that was", () => {
    known.keep("one", list(task(7, 3)), 5)
    known.keep("other", JSON.stringify(task(7, 2)), 4)
    expect(known.task(({ number }) => number === 7)).toMatchObject({ version: 3, at: 5 })
    expect(known.task(({ number }) => number === 8)).toBeUndefined()
  })

  it("has no version of what this client may have changed since", () => {
    known.keep("one", list(task(7, 3), task(8, 1)), 5)
    expect([...known.versionsOf(["id-7", "id-9"])]).toEqual([["id-7", 3]])
    known.noteChange(6)
    expect([...known.versionsOf(["id-7"])]).toEqual([])
    known.keep("one", list(task(7, 4)), 7)
    expect([...known.versionsOf(["id-7"])]).toEqual([["id-7", 4]])
  })

  it("is bounded, in number and in size", () => {
    for (let number = 0; number < 130; number++) known.keep(`GET ${number}`, list(task(number)), number)
    expect(readdirSync(join(folder, "known")).length).toBe(100)
    for (let number = 0; number < 6; number++) known.keep(`large ${number}`, " ".repeat(3_900_000), number)
    known.keep("too large", " ".repeat(4_000_001), 1)
    expect(readdirSync(join(folder, "known")).length).toBeLessThan(6)
    expect(known.find("too large")).toBeUndefined()
  })

  it("is no worse for a damaged file", () => {
    known.keep("one", list(task(7)), 5)
    const [file = ""] = readdirSync(join(folder, "known"))
    writeFileSync(join(folder, "known", file), "{")
    expect([known.find("one"), known.task(() => true)]).toEqual([undefined, undefined])
  })
})
