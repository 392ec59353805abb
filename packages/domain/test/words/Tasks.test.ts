import { assert, describe, it } from "@effect/vitest"
import type { TaskReading } from "@todo/domain/words/Reading"
import { readTasks } from "@todo/domain/words/Tasks"
import { Result } from "effect"
import { momentAt } from "../support/moments.ts"

const tasksOf = (text: string, isProject?: (name: string) => boolean): ReadonlyArray<TaskReading> =>
  Result.getOrThrow(readTasks(text, momentAt(), isProject))
const failureOf = (text: string) => {
  const read = readTasks(text, momentAt())
  return Result.isFailure(read) ? read.failure : assert.fail(text)
}

describe("lines", () => {
  const tree = (text: string) => tasksOf(text).map(({ parent, title }) => [title, parent])

  it("are tasks in their order, without those that are empty", () => {
    assert.deepStrictEqual(tree("\n one \n\n  \r\n two\r\nthree\n"), [["one", null], ["two", null], ["three", null]])
  })

  it("are below the line that they are further in than", () => {
    assert.deepStrictEqual(tree("one\n  two\n\tthree\n  four\nfive"), [
      ["one", null],
      ["two", 0],
      ["three", 1],
      ["four", 0],
      ["five", null]
    ])
  })

  it("that begin with a dash are below one that does not", () => {
    assert.deepStrictEqual(tree("one\n- two\n- \n- three\n  - four\nfive\n-six\n- seven"), [
      ["one", null],
      ["two", 0],
      ["three", 0],
      ["four", 2],
      ["five", null],
      ["-six", null],
      ["seven", 5]
    ])
  })

  it("say where they are", () => {
    const text = "one\r\n  - two @a"
    const [one, two] = tasksOf(text)
    assert.strictEqual(text.slice(one!.from, one!.to), "one")
    assert.strictEqual(text.slice(two!.from, two!.to), " two @a")
    assert.deepStrictEqual(two!.spans.map(({ from, kind, to }) => [kind, text.slice(from, to)]), [["bullet", "-"], [
      "tag",
      "@a"
    ]])
  })
})

describe("signs", () => {
  it("of figures are a project where one is called so", () => {
    assert.strictEqual(tasksOf("Fix #12")[0]!.project, null)
    assert.strictEqual(tasksOf("Fix #12", (name) => name === "12")[0]!.project, "12")
    assert.strictEqual(tasksOf("Fix #\"12\"")[0]!.project, "12")
  })

  it("take names in quotes, in which backslashes before quotes count", () => {
    assert.deepStrictEqual(tasksOf("x @\"a \\\"b\\\" c:\\d\\\\\" y")[0]!.tags, ["a \"b\" c:\\d\\"])
  })

  it("without a name are words", () => {
    for (const text of ["x # y", "x @ y", "x ## y", "x #! y", "x @\"\" y", "x \"\" y", "x \"y"]) {
      assert.strictEqual(tasksOf(text)[0]!.title, text)
    }
  })

  it("between the words of a date leave it whole: each part of it is a span", () => {
    const text = "Meet Bob friday p1 9am"
    const due = { date: "2026-10-02", time: "09:00", timeZone: null }
    assert.deepStrictEqual(
      tasksOf(text)[0]!.spans.map(({ from, kind, to, value }) => [kind, text.slice(from, to), value]),
      [["due", "friday", due], ["priority", "p1", "p1"], ["due", "9am", due]] as ReadonlyArray<unknown> as never
    )
  })

  it("give spans in the order of the text, with what they say", () => {
    const text = "p1 Pay #Home due:friday @a // b"
    assert.deepStrictEqual(
      tasksOf(text)[0]!.spans.map(({ from, kind, to, value }) => [kind, text.slice(from, to), value]),
      [
        ["priority", "p1", "p1"],
        ["project", "#Home", "Home"],
        ["due", "due:friday", { date: "2026-10-02" }],
        ["tag", "@a", "a"],
        ["description", "// b", "b"]
      ] as ReadonlyArray<unknown> as never
    )
  })
})

describe("the words of a repetition", () => {
  const words = (text: string) => tasksOf(text).map(({ repeat }) => repeat?.text)

  it("are none where the rule has its own, which are never out of date", () => {
    assert.deepStrictEqual(words("Feed the cat tomorrow 7:00, every day."), [null])
    assert.deepStrictEqual(words("x due:oct 9, every friday at 5pm until dec 31, start:monday"), [null])
  })

  it("are kept where the rule has none, without time, first date and end", () => {
    const said = "every FREQ=MONTHLY;BYMONTHDAY=-2"
    assert.deepStrictEqual(words(`x ${said}`), [said])
    assert.deepStrictEqual(words(`x ${said} at 5pm starting oct 1 until dec 31.`), [said])
    assert.deepStrictEqual(words("x every #Home FREQ=MONTHLY;BYMONTHDAY=-2"), [said])
  })
})

describe("what cannot be done", () => {
  it("says which line has no title", () => {
    assert.deepStrictEqual(failureOf("one\n#Home @a tomorrow"), {
      code: "empty_title",
      from: 4,
      to: 21,
      message: "Nothing is left for a title: put its words in quotes (in the terminal: --literal)"
    })
    assert.strictEqual(failureOf(" \n").code, "empty_title")
  })

  it("is no word by itself, whatever it may mean", () => {
    for (const text of ["Wed", "tomorrow", "2.10.", "- friday"]) {
      const [task] = tasksOf(text)
      assert.strictEqual(task!.title, text.replace("- ", ""))
      assert.strictEqual(task!.due, null)
      assert.isAbove(task!.alternatives.length, 0, text)
    }
    assert.strictEqual(failureOf("tomorrow 9am").code, "empty_title")
  })

  it("says which words no rule says", () => {
    const text = "one\nRun every 6 workdays #Home"
    const { code, from, to } = failureOf(text)
    assert.deepStrictEqual([code, text.slice(from, to)], ["recurrence_not_expressible", "every 6 workdays"])
  })
})
