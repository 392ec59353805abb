import * as fc from "fast-check"
import type { Exported } from "../../src/transfer/Document.ts"

/** Words that mean nothing to any of the formats. */
const word = fc.string({ unit: fc.constantFrom(..."abcXYZäß日7"), minLength: 1, maxLength: 6 })
  .filter((word) => !/^x$/u.test(word))
const title = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(" "))
const instant = fc.date({ min: new Date("2000-01-01"), max: new Date("2030-01-01"), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}.000Z`)
const due = fc.option(fc.constantFrom(
  { date: "2999-01-31" },
  { date: "2020-02-29", time: "09:30", timeZone: "Europe/Berlin" },
  { date: "2999-10-25", time: "18:15", timeZone: "Europe/Berlin" }
))
const id = (nth: number) => `0198c0de-7a5c-7000-8000-${nth.toString(16).padStart(12, "0")}`

/** What an export may have, of that which other formats have room for, too. */
export const exportedTasks: fc.Arbitrary<Exported> = fc.record({
  names: fc.uniqueArray(word, { maxLength: 3 }),
  tasks: fc.array(
    fc.record({
      title,
      description: fc.option(title),
      priority: fc.option(fc.constantFrom("p1", "p2", "p3")),
      tags: fc.uniqueArray(word, { maxLength: 3 }),
      start: due,
      due,
      completedAt: fc.option(instant),
      createdAt: instant,
      project: fc.nat(3),
      blockers: fc.uniqueArray(fc.nat(9), { maxLength: 2 }),
      comments: fc.array(title, { maxLength: 2 })
    }),
    { maxLength: 6 }
  )
}).map(({ names, tasks }) =>
  ({
    projects: names.map((name, nth) => ({ id: id(nth), name, parentId: null })),
    tags: [],
    views: [],
    tasks: tasks.map(({ blockers, comments: _said, project, ...task }, nth) => ({
      ...task,
      id: id(100 + nth),
      number: nth + 1,
      repeat: null,
      extra: {},
      externalId: null,
      parentId: null,
      projectId: project < names.length ? id(project) : null,
      blockedBy: blockers.filter((other) => other < tasks.length && other !== nth).map((other) => id(100 + other))
    })),
    comments: tasks.flatMap(({ comments, createdAt }, nth) =>
      comments.map((text, place) => ({ id: id(1000 + 10 * nth + place), taskId: id(100 + nth), text, createdAt }))
    )
  }) as unknown as Exported
)
