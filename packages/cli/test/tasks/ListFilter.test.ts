import { expect, it } from "vitest"
import { filterOf } from "../../src/tasks/ListFilter.ts"

const typed = (...filter: ReadonlyArray<string>) => filterOf({ state: "open", filter })

it("is what was typed, joined", () => {
  expect(typed("today", "or", "overdue")).toBe("today or overdue")
  expect(typed("in:Home and not @shopping")).toBe("in:Home and not @shopping")
  expect(typed("due<2026-10-01 or p1")).toBe("due<2026-10-01 or p1")
  expect(typed("search:\"oat milk\"", "or", "@home")).toBe("search:\"oat milk\" or @home")
})

it("takes an argument of several words that is one term as one value", () => {
  expect(typed("in:Team Alpha")).toBe("in:\"Team Alpha\"")
  expect(typed("not", "in:Team Alpha", "and", "@in a hurry")).toBe("not in:\"Team Alpha\" and @\"in a hurry\"")
  expect(typed("#Back\\slash home")).toBe("#\"Back\\\\slash home\"")
  expect(typed("in:Salt and Pepper")).toBe("in:Salt and Pepper")
})
