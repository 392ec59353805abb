/*
 * Which text of 2,000 characters takes the longest to read: `node_modules/.bin/node packages/api/scripts/worst-words.ts`.
 * Tells the CPU time of the first reading, of a process that has read others, and the median and the worst of 50.
 */
import type { DateOnly } from "@todo/domain/dates/DateOnly"
import type { TimeZoneName } from "@todo/domain/dates/TimeZoneName"
import { readDate } from "@todo/domain/words/Dates"
import { English } from "@todo/domain/words/English"
import { German } from "@todo/domain/words/German"
import type { Moment } from "@todo/domain/words/Moment"
import { readRepeat } from "@todo/domain/words/Repeats"
import { readTasks } from "@todo/domain/words/Tasks"
import { instantOfWall, wallAt } from "../src/dates/WallClock.ts"

const pieces = [
  "every mon and ",
  "every 1st, ",
  "every 1st and 2nd mon, tue ",
  "due:every mon, tue, ",
  "due: ",
  "start:in 3 ",
  "in 3 days after ",
  "day after day before ",
  "next friday next week ",
  "end of the next ",
  "5pm AAA/BBB ",
  "5pm ZZ ",
  "at at at ",
  "the the ",
  "mon, ",
  "mon, 5 ",
  "1 ",
  "second ",
  "a ",
  "\"a ",
  "@\"a",
  "@a ",
  "#1 ",
  "#!!!!",
  "\\ ",
  "\\\\\\\"",
  "\\\\\\\\ ",
  "\\tomorrow ",
  "// ",
  " \\\n",
  "- \n",
  "- a\n",
  "a\n",
  "mon\n",
  "every day\n",
  "every mon and tue at 5pm for 3 weeks\n",
  "next friday 5pm\n",
  "jeden zweiten Dienstag und ",
  "nächsten Freitag um 9 ",
  "e\u0301",
  "\u00a0",
  "2.10.",
  "1:",
  "FREQ=DAILY;",
  "every FREQ=YEARLY;BYDAY=1MO "
]

/** Words in any order, from a fixed seed. */
const random = (seed: number): string => {
  const words = pieces.join(" ").split(" ")
  let state = seed
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648
  let text = ""
  while (text.length < 2000) text += `${words[Math.floor(next() * words.length)]} `
  return text
}

const texts = [
  ...pieces.map((piece) => piece.repeat(2000)),
  ...Array.from({ length: 200 }, (_, seed) => random(seed + 1))
]

const cpu = () => {
  const { system, user } = process.cpuUsage()
  return (user + system) / 1000
}

const measured = [English, German].flatMap((language) => {
  const moment: Moment = {
    now: Date.parse("2026-09-30T12:00:00Z"),
    today: "2026-09-30" as DateOnly,
    timeZone: "Europe/Berlin" as TimeZoneName,
    weekStart: "mon",
    dateOrder: "dmy",
    language,
    zones: { instantOfWall, wallAt }
  }
  return texts.map((endless) => {
    const text = endless.slice(0, 2000)
    const times: Array<number> = []
    for (let round = 0; round < 51; round++) {
      const start = cpu()
      readTasks(text, moment)
      readDate(text, moment)
      readRepeat(text, moment, null)
      times.push(cpu() - start)
    }
    const [first = 0, ...others] = times
    others.sort((one, other) => one - other)
    return { text: text.slice(0, 40), language: language.code, first, median: others[25]!, worst: others.at(-1)! }
  })
})

for (const by of ["first", "median", "worst"] as const) {
  console.log(`by ${by} (milliseconds of CPU)`)
  for (
    const { first, language, median, text, worst } of measured.toSorted((one, other) => other[by] - one[by]).slice(0, 6)
  ) {
    const times = [first, median, worst].map((it) => it.toFixed(2).padStart(6)).join(" ")
    console.log(`${times}  ${language}  ${JSON.stringify(text)}`)
  }
}
