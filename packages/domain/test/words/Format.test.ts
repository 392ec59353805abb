import { assert, describe, it } from "@effect/vitest"
import type { Due } from "@todo/domain/dates/Due"
import { parseRule } from "@todo/domain/repetition/RuleText"
import { English } from "@todo/domain/words/English"
import { formatTask, type FormattedTask } from "@todo/domain/words/Format"
import { German } from "@todo/domain/words/German"
import { sayDate, sayRepeat } from "@todo/domain/words/Say"
import { Result } from "effect"
import { momentAt } from "../support/moments.ts"

const task: FormattedTask = {
  title: "Pay rent",
  description: null,
  start: null,
  due: null,
  repeat: null,
  priority: null,
  project: null,
  tags: []
}

describe("a task in words", () => {
  it("has no more quotes than it needs", () => {
    const due = { date: "2026-11-27", time: "09:00", timeZone: null } as Due
    assert.strictEqual(formatTask(task, momentAt()), "Pay rent")
    assert.strictEqual(
      formatTask(
        {
          ...task,
          due,
          start: { date: "2026-11-20" } as Due,
          repeat: { rule: "FREQ=MONTHLY;BYMONTHDAY=27", from: "schedule" },
          project: "Home",
          tags: ["bank", "two words"],
          priority: "p1",
          description: "by transfer"
        },
        momentAt()
      ),
      "Pay rent start:2026-11-20 due:2026-11-27 09:00 every 27th #Home @bank @\"two words\" p1 // by transfer"
    )
  })

  it("has quotes where the title would be read", () => {
    assert.strictEqual(formatTask({ ...task, title: "Watch Friday" }, momentAt()), "\"Watch Friday\"")
    assert.strictEqual(formatTask({ ...task, title: "Fix #bug" }, momentAt()), "\"Fix #bug\"")
  })
})

describe("what is said", () => {
  it("of a date is short where it is clear", () => {
    const said = (date: string, language = English) => sayDate({ date } as Due, momentAt({ language }))
    assert.strictEqual(said("2026-11-27"), "Fri 27 Nov")
    assert.strictEqual(said("2026-09-29"), "Tue 29 Sep 2026")
    assert.strictEqual(said("2027-09-30"), "Thu 30 Sep 2027")
    assert.strictEqual(said("2026-11-27", German), "Fr 27. Nov.")
  })

  it("of a repetition is in the words of its language", () => {
    const said = (rule: string, from: "schedule" | "completion" = "schedule") =>
      [English, German].map((language) =>
        sayRepeat(Result.getOrThrow(parseRule(rule, [])), from, momentAt({ language }))
      )
    assert.deepStrictEqual(said("FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"), ["every 31st", "jeden 31."])
    assert.deepStrictEqual(said("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"), [
      "every 2 weeks on monday and thursday",
      "alle 2 Wochen am Montag und Donnerstag"
    ])
    assert.deepStrictEqual(said("FREQ=DAILY;INTERVAL=3", "completion"), ["every! 3 days", "alle! 3 Tage"])
    assert.deepStrictEqual(said("FREQ=DAILY;UNTIL=20261231"), [
      "every day until Thu 31 Dec",
      "jeden Tag bis Do 31. Dez."
    ])
    assert.deepStrictEqual(said("FREQ=DAILY;COUNT=1"), ["every day 1 time", "jeden Tag 1 mal"])
    assert.deepStrictEqual(said("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=5"), [
      "every last workday 5 times",
      "jeden letzten Werktag 5 mal"
    ])
  })

  it("of a rule without words is the rule", () => {
    for (const rule of ["FREQ=MONTHLY;BYMONTHDAY=-2", "FREQ=DAILY;BYDAY=MO", "FREQ=MONTHLY;BYDAY=-2FR"]) {
      assert.strictEqual(sayRepeat(Result.getOrThrow(parseRule(rule, [])), "schedule", momentAt()), `every ${rule}`)
    }
  })
})
