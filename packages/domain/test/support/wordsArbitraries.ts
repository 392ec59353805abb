import { dateOf, lastDay } from "@todo/domain/dates/CivilDate"
import type { Due } from "@todo/domain/dates/Due"
import { timeOf } from "@todo/domain/dates/TimeOfDay"
import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import { everComes } from "@todo/domain/repetition/RuleDays"
import { parseRule, printRule } from "@todo/domain/repetition/RuleText"
import { spellingKey } from "@todo/domain/text/Spelling"
import { English } from "@todo/domain/words/English"
import type { FormattedTask } from "@todo/domain/words/Format"
import { German } from "@todo/domain/words/German"
import type { Moment } from "@todo/domain/words/Moment"
import { Result } from "effect"
import * as fc from "fast-check"
import { momentAt } from "./moments.ts"

const zoneNames = [
  ...Intl.supportedValuesOf("timeZone"),
  "Japan",
  "CET",
  "EST5EDT",
  "Etc/GMT+5",
  "Asia/Kathmandu",
  "UTC"
]

const time = fc.integer({ min: 0, max: 1439 }).map(timeOf)
const date = fc.integer({ min: 0, max: lastDay }).map(dateOf)
/** Dates that people have, within some years. */
const nearDate = fc.integer({ min: 20_000, max: 22_000 }).map(dateOf)
const zone = fc.option(fc.constantFrom(...zoneNames) as fc.Arbitrary<TimeZoneName>)

/** Every date that the model can hold. */
export const anyDue: fc.Arbitrary<Due> = fc.oneof(
  fc.record({ date: fc.oneof(date, nearDate) }),
  fc.record({ date: fc.oneof(date, nearDate), time, timeZone: zone })
)

export const anyMoment: fc.Arbitrary<Moment> = fc.record({
  now: fc.integer({ min: Date.parse("2000-01-01"), max: Date.parse("2040-01-01") }).map((it) =>
    new Date(it).toISOString()
  ),
  timeZone: fc.constantFrom("Europe/Berlin", "America/New_York", "Pacific/Apia", "Asia/Kathmandu", "Etc/UTC"),
  weekStart: fc.constantFrom("mon" as const, "sat" as const, "sun" as const),
  dateOrder: fc.constantFrom("ymd" as const, "dmy" as const, "mdy" as const),
  language: fc.constantFrom(English, German)
}).map(momentAt)

const some = <A extends string | number>(values: ReadonlyArray<A>, most: number) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: most }).map((it) => it.join(","))
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index).filter((it) => it !== 0)

const weekdays = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
const part = (name: string, value: fc.Arbitrary<string | number>) =>
  fc.option(value.map((it) => `;${name}=${it}`), { nil: "", freq: 2 })

const anyParts = fc.tuple(
  part("INTERVAL", fc.integer({ min: 1, max: 366 })),
  fc.oneof(
    part("COUNT", fc.integer({ min: 1, max: 1000 })),
    part(
      "UNTIL",
      fc.tuple(date, fc.constantFrom("", "T235959", "T070000Z")).map(([day, at]) => day.replaceAll("-", "") + at)
    )
  ),
  part("BYMONTH", some(numbers(1, 12), 3)),
  part("BYMONTHDAY", some(numbers(-31, 31), 4)),
  part("BYDAY", some([...weekdays, ...weekdays, "1MO", "3FR", "-1SU", "5TH"], 4)),
  part("BYSETPOS", some(numbers(-5, 5), 2)),
  part("WKST", fc.constantFrom(...weekdays))
).map((parts) => parts.join(""))

/** Rules of the kinds that words make, and any others. */
export const anyRule: fc.Arbitrary<string> = fc.tuple(
  fc.constantFrom("HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"),
  fc.oneof(
    anyParts,
    fc.tuple(
      part("INTERVAL", fc.integer({ min: 1, max: 12 })),
      fc.oneof(
        part("COUNT", fc.integer({ min: 1, max: 20 })),
        part("UNTIL", nearDate.map((it) => it.replaceAll("-", "")))
      ),
      fc.constantFrom(
        "",
        ";BYDAY=MO",
        ";BYDAY=MO,TH",
        ";BYDAY=MO,TU,WE,TH,FR",
        ";BYDAY=SA",
        ";BYDAY=3FR",
        ";BYDAY=-1SU",
        ";BYDAY=2TU",
        ";BYMONTHDAY=15",
        ";BYMONTHDAY=-1",
        ";BYMONTHDAY=1,15",
        ";BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
        ";BYMONTHDAY=28,29;BYSETPOS=-1",
        ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
        ";BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        ";BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
        ";BYMONTH=1;BYMONTHDAY=27"
      )
    ).map((parts) => parts.join(""))
  )
).map(([frequency, parts]) => Result.map(parseRule(`FREQ=${frequency}${parts}`, []), printRule))
  .filter(Result.isSuccess)
  .map(({ success }) => success)

/** When a task of a rule may be due: by the hour it is in UTC. */
export const dueFor = (rule: string, due: Due): Due =>
  rule.startsWith("FREQ=HOURLY") ? { date: due.date, time: timeOf(540), timeZone: "Etc/UTC" as TimeZoneName } : due

/** Pieces of texts that something may be read in, or is not. */
const fragments = [
  ..."tomorrow friday next every every! month day days sat may 5pm 9:30 oct 5 2.10. 10/2 31st in 3 weeks at on by until jan"
    .split(" "),
  ..."#Home #12 # @work @ p1 p4 due: due:friday start:today // \" \"a b\" \\ \\tomorrow \\\\ - — , . ! a@b.c https://x/#y C#"
    .split(" "),
  ..."Read buy Straße 日本 👩‍👩‍👧 e\u0301 the 2nd second workday 5 times for 3 minutes FREQ=DAILY freq=weekly;byday=mo Europe/Berlin [Japan]"
    .split(" "),
  ..."hour hours 9999-12-31 yearly week evening noon midnight half an in december morgen jeden zweiten Dienstag um 9 Uhr fällig: bis zum alle Tage"
    .split(" "),
  "\n",
  "\r\n",
  "  ",
  "\t",
  " \\\n",
  "- ",
  "\n  - ",
  "\u00a0",
  "\u2028"
]

/** Any text, and texts of words that mean something. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...fragments), { maxLength: 30 }).map((it) => it.join(" ")),
  fc.array(fc.constantFrom(...fragments), { maxLength: 30 }).map((it) => it.join("")),
  fc.string({ unit: "binary", maxLength: 100 })
)

const wellFormed = (text: string) => text.isWellFormed() && !text.includes("\u0000")
const title = anyText.map((it) => it.trim()).filter((it) => it !== "" && wellFormed(it))
// oxlint-disable-next-line no-control-regex
const name = anyText.map((it) => it.replace(/[\x00-\x1F\x7F-\x9F]/g, "").slice(0, 60).trim()).filter((it) =>
  it !== "" && wellFormed(it)
)

/** Every task that the model can hold, as far as words hold it. */
export const anyTask: fc.Arbitrary<FormattedTask> = fc.record({
  title,
  description: fc.option(anyText.filter((it) => wellFormed(it) && it.trim() !== "")),
  start: fc.option(anyDue),
  due: fc.option(anyDue),
  repeat: fc.option(fc.record({ rule: anyRule, from: fc.constantFrom("schedule" as const, "completion" as const) })),
  priority: fc.option(fc.constantFrom("p1" as const, "p2" as const, "p3" as const)),
  project: fc.option(name),
  tags: fc.uniqueArray(name, { maxLength: 4, selector: spellingKey })
}).map(({ due, repeat, ...task }) =>
  repeat === null || due === null
    ? { ...task, due, repeat: null }
    : { ...task, due: dueFor(repeat.rule, due), repeat }
).filter(({ due, repeat }) =>
  due === null || repeat === null || repeat.from === "completion" ||
  everComes(Result.getOrThrow(parseRule(repeat.rule, [])), due.date)
)
