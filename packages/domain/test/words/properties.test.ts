import { assert, describe, it } from "@effect/vitest"
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import { checkedRule, maxTextLength } from "@todo/domain/repetition/Repeat"
import { everComes } from "@todo/domain/repetition/RuleDays"
import { parseRule } from "@todo/domain/repetition/RuleText"
import { Cursor } from "@todo/domain/words/Cursor"
import { readDate, readDateAt } from "@todo/domain/words/Dates"
import { English } from "@todo/domain/words/English"
import { formatDate, formatRepeat, formatTask } from "@todo/domain/words/Format"
import { German } from "@todo/domain/words/German"
import type { TaskReading } from "@todo/domain/words/Reading"
import { readRepeat } from "@todo/domain/words/Repeats"
import { hasWords, sayDate, sayRepeat } from "@todo/domain/words/Say"
import { readTasks } from "@todo/domain/words/Tasks"
import { Option, Result } from "effect"
import * as fc from "fast-check"
import { momentAt } from "../support/moments.ts"
import { anyDue, anyMoment, anyRule, anyTask, anyText, dueFor } from "../support/wordsArbitraries.ts"
import { germanSentences, sentences } from "./sentences.ts"

const runs = { numRuns: 1000 }

describe("what is written in words is read as the same", () => {
  it("a date in figures, at any moment", () => {
    fc.assert(
      fc.property(anyDue, anyMoment, (due, moment) => {
        assert.deepStrictEqual(Result.getOrThrow(readDate(formatDate(due), moment)).due, due)
      }),
      runs
    )
  })

  it("a date in words, on the day on which it is said", () => {
    fc.assert(
      fc.property(anyDue, anyMoment, (due, moment) => {
        const said = sayDate(due, moment)
        assert.deepStrictEqual(Result.getOrThrow(readDate(said, moment)).due, due, said)
      }),
      runs
    )
  })

  it("a repetition", () => {
    fc.assert(
      fc.property(anyRule, anyDue, anyMoment, fc.boolean(), (rule, given, moment, done) => {
        const due = dueFor(rule, given)
        const from = done ? "completion" : "schedule"
        const parsed = Result.getOrThrow(parseRule(rule, []))
        fc.pre(done || everComes(parsed, due.date))
        const text = formatRepeat(parsed, from, due, moment)
        const { repeat } = Result.getOrThrow(readRepeat(text, moment, due))
        assert.deepStrictEqual(repeat, {
          rule,
          from,
          text: hasWords(parsed) || text.length > maxTextLength ? null : text
        })
      }),
      runs
    )
  })

  const repetitions = [...sentences, ...germanSentences].flatMap(([text, said]) => {
    const rule = said.split(" | ").find((it) => /^(after )?(HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY)/.test(it))
    return rule === undefined
      ? []
      : [{ text, rule: `FREQ=${rule.replace("after ", "")}`, done: rule.startsWith("after ") }]
  })

  for (const language of [English, German]) {
    it(`each repetition that words make has words (${language.code})`, () => {
      const moment = momentAt({ language })
      for (const { done, rule, text } of repetitions) {
        const parsed = Result.getOrThrow(parseRule(rule, []))
        const from = done ? "completion" : "schedule"
        const said = sayRepeat(parsed, from, moment)
        assert.notInclude(said, "FREQ=", text)
        assert.strictEqual(formatRepeat(parsed, from, { date: "2026-09-30" as DateOnly }, moment), said, text)
      }
    })
  }

  it("a task", () => {
    fc.assert(
      fc.property(anyTask, anyMoment, (task, moment) => {
        const text = formatTask(task, moment)
        const tasks = Result.getOrThrow(readTasks(text, moment))
        assert.lengthOf(tasks, 1)
        const { description, due, priority, project, repeat, start, tags, title } = tasks[0]!
        const rule = repeat && { rule: repeat.rule, from: repeat.from }
        assert.deepStrictEqual({ title, description, start, due, repeat: rule, priority, project, tags }, task, text)
      }),
      runs
    )
  })
})

/** A text without blanks. */
const dense = (text: string) => text.replace(/\s/g, "")

const rebuilds = (text: string, task: TaskReading) => {
  const literals = new Map(task.spans.flatMap((it) => it.kind === "literal" ? [[it.from, it.value] as const] : []))
  const title = task.unused.map(({ from, to }) => literals.get(from) ?? text.slice(from, to)).join("")
  assert.strictEqual(dense(title), dense(task.title))
  const spans = task.spans.filter((it) => it.kind !== "literal")
  const parts = [...spans, ...task.unused].toSorted((one, other) => one.from - other.from)
  let at = spans[0]?.kind === "bullet" ? spans[0].from : task.from
  for (const { from, to } of parts) {
    assert.strictEqual(text.slice(at, from).trim(), "")
    assert.isTrue(at <= from && from < to && to <= task.to)
    at = to
  }
  assert.strictEqual(text.slice(at, task.to).trim(), "")
  if (task.spans.length === 0) assert.strictEqual(task.title, text.slice(task.from, task.to).trim())
}

describe("any text", () => {
  it("is its title and its spans, to the character", () => {
    fc.assert(
      fc.property(anyText, anyMoment, (text, moment) => {
        const read = readTasks(text, moment)
        if (Result.isSuccess(read)) { for (const task of read.success) rebuilds(text, task) }
      }),
      { numRuns: 5000 }
    )
  })

  it("repeats as a task may, from its date on", () => {
    fc.assert(
      fc.property(anyText, anyMoment, (text, moment) => {
        const read = readTasks(text, moment)
        if (Result.isFailure(read)) return
        for (const { due, repeat } of read.success) {
          if (repeat === null) continue
          const rule = Result.getOrThrow(checkedRule(repeat.rule, due!))
          assert.isTrue(repeat.from === "completion" || everComes(rule, due!.date))
        }
      }),
      { numRuns: 5000 }
    )
  })

  it("is read as a date, a repetition or tasks, or refused with a place in it", () => {
    fc.assert(
      fc.property(anyText, anyMoment, (text, moment) => {
        const failures = [
          Result.getFailure(readDate(text, moment)),
          Result.getFailure(readRepeat(text, moment, null)),
          Result.getFailure(readTasks(text, moment))
        ]
        for (const failure of failures) {
          if (Option.isNone(failure)) continue
          const { from, to } = failure.value
          assert.isTrue(from >= 0 && from <= to && to <= text.length, JSON.stringify(failure.value))
        }
        const found = readDateAt(text, moment)
        if (found !== undefined) assert.isTrue(found.to <= text.length)
      }),
      { numRuns: 5000 }
    )
  })
})

describe("what reading costs", () => {
  const many = (text: string) => text.repeat(Math.ceil(2000 / text.length)).slice(0, 2000)

  for (const language of [English, German]) {
    for (
      const text of [
        "every mon and ",
        "every 1st, ",
        "due:every mon, tue, ",
        "in 3 days after ",
        "next friday next week ",
        "5pm AAA/BBB ",
        "the the ",
        "\"a ",
        "@\"a",
        "\\ ",
        "\\\\\\\"",
        "oct 5, ",
        "jeden zweiten Dienstag und ",
        "- \n",
        "a\n"
      ]
    ) {
      it(`${JSON.stringify(text)} again and again looks at a bounded number of words (${language.code})`, () => {
        const before = Cursor.looks
        readTasks(many(text), momentAt({ language }))
        assert.isBelow(Cursor.looks - before, 100_000)
      })
    }
  }
})
