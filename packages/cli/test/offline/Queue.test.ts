import { afterEach, beforeEach, describe, expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Queue } from "../../src/offline/Queue.ts"
import type { QueuedWrite } from "../../src/offline/QueuedWrite.ts"

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "todo-queue-"))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (key: string, label?: number): QueuedWrite => ({
  key,
  method: "POST",
  path: "/api/v1/tasks",
  headers: { "if-match": "\"1\"" },
  body: "{}",
  at: "2026-11-27T12:00:00.000Z",
  command: `add ${key}`,
  tasks: label === undefined ? [] : [{ id: key, title: key, label }],
  changes: [],
  refusal: null
})

const refusal = { status: 412, code: "task_changed", message: "It was changed", at: "2026-11-27T12:00:00.000Z" }

const keys = (kept: ReturnType<Queue["pending"]>) => kept.map(({ write }) => write.key)

describe("the queue", () => {
  it("has all that was added and not removed, in order, whatever was done in between", () => {
    const steps = fc.array(fc.oneof(
      fc.record({ do: fc.constant("add" as const), key: fc.string({ minLength: 1, maxLength: 300 }) }),
      fc.record({ do: fc.constantFrom("done" as const, "drop" as const), at: fc.nat(5) })
    ))
    fc.assert(
      fc.property(steps, (steps) => {
        const queue = new Queue(mkdtempSync(join(folder, "one-")))
        const expected: Array<string> = []
        for (const [index, step] of steps.entries()) {
          if (step.do === "add") {
            const key = `${index} ${step.key}`
            queue.add(0, () => write(key))
            expected.push(key)
          } else if (step.at < expected.length) {
            queue[step.do](queue.pending()[step.at]!)
            expected.splice(step.at, 1)
          }
        }
        expect(keys(queue.pending())).toEqual(expected)
      }),
      { numRuns: 50 }
    )
  })

  it("keeps what is refused, sends it again as the last without the version that was seen, and forgets it when it is done", () => {
    const queue = new Queue(folder)
    for (const key of ["a", "b", "c"]) queue.add(0, () => write(key))
    queue.refuse(queue.pending()[1]!, refusal)
    expect([keys(queue.pending()), keys(queue.put())]).toEqual([["a", "c"], ["b"]])
    expect(queue.put()[0]!.write.refusal).toEqual(refusal)
    queue.retry(queue.put()[0]!)
    expect([keys(queue.pending()), keys(queue.put())]).toEqual([["a", "c", "b"], []])
    expect(queue.pending()[2]!.write).toMatchObject({ headers: {}, refusal: null })
    // Killed after it was put aside and before it was taken out, it may be in both; once it is done, in neither.
    queue.refuse(queue.pending()[2]!, refusal)
    queue.add(0, () => write("b"))
    queue.done(queue.pending()[2]!)
    expect([keys(queue.pending()), keys(queue.put())]).toEqual([["a", "c"], []])
  })

  it("gives each new task a sign of its own as long as it waits", () => {
    const queue = new Queue(folder)
    const add = (key: string) => queue.add(1, ([label]) => write(key, label)).tasks[0]!.label
    expect([add("a"), add("b")]).toEqual([1, 2])
    queue.done(queue.pending()[0]!)
    expect(add("c")).toBe(3)
    // Another process adds one at the same moment, between what is looked up and what is put there.
    queue.add(1, ([label]) => {
      expect(new Queue(folder).add(1, ([other]) => write("e", other)).tasks[0]!.label).toBe(5)
      return write("d", label)
    })
    expect(queue.pending().map(({ write }) => write.tasks[0]!.label).toSorted()).toEqual([2, 3, 4, 5])
    for (const kept of queue.pending()) queue.drop(kept)
    expect(add("f")).toBe(1)
  })

  it("has all that several processes add at once, each new task by a sign of its own", async () => {
    const module = join(import.meta.dirname, "../../src/offline/Queue.ts")
    const program = `
      import { Queue } from ${JSON.stringify(module)}
      const [folder, name] = process.argv.slice(1)
      const queue = new Queue(folder)
      for (let place = 0; place < 40; place++) {
        const key = name + " " + place
        queue.add(1, ([label]) => ({ ...${
      JSON.stringify(write("", 0))
    }, key, tasks: [{ id: key, title: key, label }] }))
      }`
    const processes = ["a", "b", "c", "d"].map((name) =>
      spawn(process.execPath, ["--input-type=module", "--eval", program, folder, name], { stdio: "inherit" })
    )
    const codes = await Promise.all(processes.map(async (one) => (await once(one, "close"))[0]))
    expect(codes).toEqual([0, 0, 0, 0])
    const pending = new Queue(folder).pending()
    for (const name of ["a", "b", "c", "d"]) {
      expect(keys(pending).filter((key) => key.startsWith(name))).toEqual(
        Array.from({ length: 40 }, (_, place) => `${name} ${place}`)
      )
    }
    expect(new Set(pending.map(({ write }) => write.tasks[0]!.label)).size).toBe(160)
  })

  it("passes over what a process left that was killed while it wrote", () => {
    const queue = new Queue(folder)
    queue.add(0, () => write("a"))
    writeFileSync(join(queue.waiting, "b.123.tmp"), "{\"key\":")
    expect(keys(queue.pending())).toEqual(["a"])
    expect(readdirSync(queue.waiting)).toHaveLength(2)
  })
})
