import { assert, describe, it } from "@effect/vitest"
import type { Due } from "@todo/domain/dates/Due"
import { English } from "@todo/domain/words/English"
import { German } from "@todo/domain/words/German"
import type { TaskReading } from "@todo/domain/words/Reading"
import { readTasks } from "@todo/domain/words/Tasks"
import { Result } from "effect"
import { momentAt } from "../support/moments.ts"
import { germanSentences, sentences } from "./sentences.ts"
import { germanTitles, titles } from "./titles.ts"

const dueText = (name: string, due: Due | null) =>
  due === null ? [] : [[name, due.date, ..."time" in due ? [due.time, due.timeZone ?? ""] : []].join(" ").trim()]

const told = ({ description, due, parent, priority, project, repeat, start, tags, title }: TaskReading): string =>
  [
    (parent === null ? "" : `^${parent} `) + title,
    ...dueText("due", due),
    ...dueText("start", start),
    ...(repeat === null ? [] : [(repeat.from === "completion" ? "after " : "") + repeat.rule.replace("FREQ=", "")]),
    ...(project === null ? [] : [`#${project}`]),
    ...tags.map((tag) => `@${tag}`),
    ...(priority === null ? [] : [priority]),
    ...(description === null ? [] : [`// ${description}`])
  ].join(" | ")

const languages = [
  { language: English, read: sentences, kept: titles },
  { language: German, read: germanSentences, kept: germanTitles }
]

for (const { kept, language, read } of languages) {
  const moment = momentAt({ language })
  describe(`what people write (${language.code})`, () => {
    for (const [text, said] of read) {
      it(text, () => {
        const tasks = readTasks(text, moment)
        assert.strictEqual(Result.isFailure(tasks) ? tasks.failure.code : tasks.success.map(told).join(" || "), said)
      })
    }
  })

  describe(`what only looks like a date (${language.code})`, () => {
    for (const text of kept) {
      it(text, () => {
        const [task, ...others] = Result.getOrThrow(readTasks(text, moment))
        assert.strictEqual(task!.title, text)
        assert.deepStrictEqual([...task!.spans, ...others], [])
      })
    }
  })
}

describe("other readings", () => {
  const alternatives = (text: string) =>
    Result.getOrThrow(readTasks(text, momentAt())).flatMap((task) =>
      task.alternatives.map(({ reading, span, value }) => [text.slice(span.from, span.to), reading, value] as const)
    )

  it("of next friday is the coming one", () => {
    assert.deepStrictEqual(
      alternatives("Call the dentist next friday"),
      [["next friday", "Fri 2 Oct", { date: "2026-10-02" }]] as never
    )
  })

  it("of a day of the week on that day is today, but for a time that has passed", () => {
    assert.deepStrictEqual(alternatives("Call Anna wednesday").map(([, reading]) => reading), ["Wed 30 Sep"])
    assert.deepStrictEqual(alternatives("Call Anna wednesday 5pm").map(([, reading]) => reading), ["Wed 30 Sep 17:00"])
    assert.deepStrictEqual(alternatives("Call Anna wednesday 9am"), [])
    assert.deepStrictEqual(alternatives("Call Anna next wednesday"), [])
    assert.deepStrictEqual(alternatives("When will they wed").map(([, reading]) => reading), [
      "Wed 30 Sep",
      "words of the title"
    ])
  })

  it("of a number of a weekday is each third week, or the like", () => {
    assert.deepStrictEqual(alternatives("Choir every 3rd friday"), [[
      "every 3rd friday",
      "every 3 weeks on friday",
      { rule: "FREQ=WEEKLY;INTERVAL=3;BYDAY=FR", from: "schedule", text: null }
    ]])
    assert.deepStrictEqual(alternatives("Choir every second friday").map(([, reading]) => reading), [
      "every 2nd friday"
    ])
    assert.deepStrictEqual(alternatives("Choir every second friday of the month"), [])
  })

  it("of day and month with a stroke is the other order", () => {
    assert.deepStrictEqual(alternatives("Ferry 10/2").map(([, reading]) => reading), [
      "Fri 2 Oct",
      "words of the title"
    ])
  })

  it("of an hour is the other half of the day", () => {
    assert.deepStrictEqual(alternatives("Call mom tomorrow at 5").map(([, reading]) => reading), ["Thu 1 Oct 17:00"])
    assert.deepStrictEqual(alternatives("Call mom tomorrow 5am"), [])
  })

  it("of what may be words is words", () => {
    for (
      const text of [
        "Meet them thu",
        "Ferry 25.10.",
        "sunday roast",
        "Come in 31st",
        "Play Tomorrow",
        "Email Summer Friday",
        "Watch Any Given Sunday",
        "Call Theresa May 5",
        "Call Bob Friday",
        "Bake it in 25 minutes",
        "Learn it in 3 months"
      ]
    ) {
      assert.deepStrictEqual(alternatives(text).map(([, , value]) => value), [null], text)
    }
    assert.deepStrictEqual(alternatives("Call mom tomorrow"), [])
    assert.deepStrictEqual(alternatives("Call mom friday"), [])
  })

  it("of words that are not taken is the date that they may be", () => {
    for (
      const text of [
        "Party sat",
        "Open until friday",
        "Watch Black Friday",
        "Meet on time tomorrow or friday",
        "Friday Night Lights"
      ]
    ) {
      const [alternative] = alternatives(text)
      assert.isNotNull(alternative?.[2], text)
      assert.isDefined(alternative, text)
    }
  })

  it("of a time behind what seems to be a day is that time, and it is not taken", () => {
    for (
      const text of [
        "Plan mondays 9am",
        "Plan monday week 9am",
        "Plan in december 9am",
        "Call tomorrow morning at 5pm",
        "Treffen am Montag 17:00",
        "Milk 2027-02-30 9am"
      ]
    ) {
      assert.deepStrictEqual(Result.getOrThrow(readTasks(text, momentAt()))[0]!.title, text)
      assert.deepStrictEqual(alternatives(text).length, 1, text)
    }
  })

  it("of a date behind an every that is no rule is that date, and the title is whole", () => {
    for (
      const text of [
        "Gym every 6th monday",
        "Gym every month on friday",
        "every month on friday go to the gym",
        "Gym every day friday",
        "Gym every week tomorrow",
        "Gym mondays"
      ]
    ) {
      assert.deepStrictEqual(Result.getOrThrow(readTasks(text, momentAt()))[0]!.title, text)
      assert.deepStrictEqual(alternatives(text).length, 1, text)
    }
  })

  it("of an hour by the clock before other words is the other half, and words", () => {
    assert.deepStrictEqual(alternatives("At 5 o'clock tea").map(([, reading]) => reading), [
      "Thu 1 Oct 05:00",
      "words of the title"
    ])
    const moment = momentAt({ language: German })
    const [task] = Result.getOrThrow(readTasks("Kino Freitag um 5", moment))
    assert.deepStrictEqual(task!.alternatives.map(({ reading }) => reading), ["Fr 2. Okt. 17:00"])
  })

  it("of a repetition in the middle is that repetition", () => {
    assert.deepStrictEqual(alternatives("Water plants every 3 days in the garden").map(([text]) => text), [
      "every 3 days"
    ])
  })

  it("of a date at the beginning, where one at the end is taken, is that date", () => {
    assert.deepStrictEqual(
      alternatives("tomorrow standup friday"),
      [["tomorrow", "Thu 1 Oct", { date: "2026-10-01" }]] as never
    )
  })
})
