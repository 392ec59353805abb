import { assert, describe, it } from "@effect/vitest"
import { NewTask, Task, TaskPatch, TaskTitle } from "@todo/domain/tasks/Task"
import { Effect, Option, Schema } from "effect"
import * as fc from "fast-check"

const decodeTitle = Schema.decodeUnknownOption(TaskTitle)

/** Strings of any code units: lone surrogates, NUL and white space of every kind among them. */
const anyText = fc.string({ unit: "binary", maxLength: 600 }).chain((text) =>
  fc.constantFrom(text, ` ${text}\n`, `${text}\u0000`, `${text}\ud800`)
)

describe("a title", () => {
  it("is what is left after trimming, if that is 1 to 500 characters that can be stored", () => {
    fc.assert(fc.property(anyText, (text) => {
      const trimmed = text.trim()
      const characters = [...trimmed].length
      const storable = !trimmed.includes("\u0000") && trimmed.isWellFormed()
      const expected = storable && characters >= 1 && characters <= 500 ? Option.some(trimmed) : Option.none()
      assert.deepStrictEqual(decodeTitle(text), expected)
    }))
  })
})

describe("a task", () => {
  it.effect.prop(
    "is the same after it has been to JSON and back",
    { task: Task },
    ({ task }) =>
      Effect.gen(function*() {
        const codec = Schema.fromJsonString(Schema.toCodecJson(Task))
        const text = yield* Schema.encodeEffect(codec)(task)
        const back = yield* Schema.decodeEffect(codec)(text)
        assert.strictEqual(yield* Schema.encodeEffect(codec)(back), text)
        assert.strictEqual(back.title, task.title)
      })
  )
})

describe("a body", () => {
  const strict = { onExcessProperty: "error" } as const

  it("of a new task needs a title and takes a description or null", () => {
    const decode = Schema.decodeUnknownOption(NewTask, strict)
    assert.deepStrictEqual(decode({ title: " x " }), Option.some({ title: "x" }))
    assert.deepStrictEqual(decode({ title: "x", description: null }), Option.some({ title: "x", description: null }))
    for (const body of [{}, { title: null }, { title: "x", description: 1 }, { title: "x", id: "y" }, [], null]) {
      assert.isTrue(Option.isNone(decode(body)), JSON.stringify(body))
    }
  })

  it("of a patch tells absent from null", () => {
    const decode = Schema.decodeUnknownOption(TaskPatch, strict)
    assert.deepStrictEqual(decode({}), Option.some({}))
    assert.deepStrictEqual(decode({ description: null }), Option.some({ description: null }))
    for (const body of [{ title: null }, { completed: null }, { completed: 1 }, { number: 2 }]) {
      assert.isTrue(Option.isNone(decode(body)), JSON.stringify(body))
    }
  })
})
