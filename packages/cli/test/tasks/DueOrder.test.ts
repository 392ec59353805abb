import { describe, expect, it } from "@effect/vitest"
import type { Due } from "@todo/domain/dates/Due"
import { type Task, TaskId } from "@todo/domain/tasks/Task"
import { DateTime } from "effect"
import { inDueOrder } from "../../src/tasks/DueOrder.ts"
import type { Place } from "../../src/tasks/Place.ts"
import { openTask } from "../support/openTask.ts"

const idOf = (number: number) => TaskId.make(`0198c0de-7a5c-7000-8000-${String(number).padStart(12, "0")}`)

const task = (number: number, due: Partial<Due> | null, fields: Partial<Task> = {}) =>
  openTask({ number, id: idOf(number), due: due as Due | null, ...fields })

const order = (...tasks: ReadonlyArray<Task>) =>
  inDueOrder(tasks, { timeZone: "Europe/Berlin", dayEndsAt: "00:00" } as Place).map(({ number }) => number)

const day = { date: "2026-10-25" } as Partial<Due>
const timed = (time: string, timeZone: string | null = null) => ({ ...day, time, timeZone }) as Partial<Due>

describe("the order in which tasks are to be done", () => {
  it("is by date, then by time, then by priority, and else the newest first", () => {
    expect(order(
      task(1, null),
      task(2, null),
      task(3, null, { priority: "p3" }),
      task(4, day),
      task(5, day, { priority: "p1" }),
      task(6, timed("18:00")),
      task(7, timed("09:30")),
      task(8, { date: "2026-10-24" } as Partial<Due>)
    )).toEqual([8, 7, 6, 5, 4, 3, 2, 1])
  })

  it("has a fixed time where the clock of the place has it", () => {
    const dueAt = DateTime.makeUnsafe("2026-10-24T22:30:00Z")
    const flight = task(1, { ...timed("18:30", "America/New_York"), date: "2026-10-24" } as Partial<Due>, { dueAt })
    expect(order(task(2, { ...timed("23:00"), date: "2026-10-24" } as Partial<Due>), flight, task(3, timed("00:15"))))
      .toEqual([2, 3, 1])
  })

  it("has what stands above others where the most urgent of them is", () => {
    const below = (parent: number) => ({ parentId: idOf(parent) })
    expect(order(task(1, null), task(2, null, below(1)), task(3, day, below(2)), task(4, timed("09:00"))))
      .toEqual([4, 3, 2, 1])
    expect(order(task(5, null), task(1, null), task(3, day, below(1))).indexOf(1)).toBeLessThan(2)
  })
})
