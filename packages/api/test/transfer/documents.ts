import * as fc from "fast-check"

/** The nth id of a kind, a UUID of version 7. */
export const idOf = (kind: string, nth: number) =>
  `0198c0de-7a5c-7000-8000-${kind}${nth.toString(16).padStart(10, "0")}`

const text = fc.oneof(
  fc.constantFrom(
    "Milk",
    "Ünï — 四",
    "\"{}\" \\ 𝕏",
    "x 2026-01-01 (A) +p @c",
    "<b>&amp;</b>",
    "=HYPERLINK(\"x\")",
    "a,b;c\td"
  ),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((text) =>
    text.trim() !== "" && !/[\p{Cc}\0]/u.test(text) && text.isWellFormed()
  )
)
const due = fc.constantFrom(
  { date: "2999-01-31" },
  { date: "2020-02-29", time: "09:30", timeZone: null },
  { date: "2999-10-25", time: "02:30", timeZone: "Europe/Berlin" }
)
const time = fc.date({ min: new Date("1990-01-01"), max: new Date("2024-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString())

/** Something that has come to another date than its first, which may have been moved for once. */
const repeating = fc.constantFrom(
  { due: { date: "2999-01-31" }, repeat: { rule: "FREQ=DAILY" } },
  {
    due: { date: "2999-03-02" },
    repeat: { rule: "FREQ=MONTHLY;COUNT=10", from: "schedule", missed: "each", text: "every month" },
    occurrence: "2999-02-28",
    series: { first: "2998-10-28", ordinal: 5, timeZone: null }
  },
  {
    due: { date: "2999-10-25", time: "02:30", timeZone: "Europe/Berlin" },
    repeat: { rule: "FREQ=WEEKLY;BYDAY=SU", from: "completion" },
    occurrence: "2999-10-20T02:30",
    series: { first: "2999-10-13T02:30", ordinal: 1, timeZone: "Europe/Berlin" }
  }
)

const names = ["Home", "WORK", "straße", "日本", "a b"]
const many = { projects: 5, views: 3, tasks: 9, comments: 4 }
/** One of those before it, if there are any. */
const above = (kind: string) => (nth: number, place: number) =>
  nth === 0 || place === 0 ? null : idOf(kind, place % nth)

/** Documents of which all can be imported. */
export const documents = fc.record({
  projects: fc.array(
    fc.record({
      description: fc.option(text),
      color: fc.option(fc.constantFrom("#3366ff", "#AABBCC")),
      archivedAt: fc.option(time, { freq: 4 }),
      above: fc.nat(20)
    }),
    { maxLength: many.projects }
  ),
  tags: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 }),
  views: fc.array(
    fc.record({
      filter: fc.constantFrom("open", "in:Work and @home", "due before 2026-01-01"),
      sort: fc.option(fc.constant("due,-number"))
    }),
    { maxLength: many.views }
  ),
  tasks: fc.array(
    fc.tuple(
      fc.record({
        title: text,
        description: fc.option(text),
        priority: fc.option(fc.constantFrom("p1", "p2", "p3")),
        tags: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 3 }),
        start: fc.option(due),
        extra: fc.dictionary(fc.constantFrom("a", "b", "c"), text),
        externalId: fc.option(fc.constant(true)),
        completedAt: fc.option(time, { freq: 2 }),
        createdAt: time,
        position: fc.string({ unit: fc.constantFrom("0", "8", "V", "z"), minLength: 1, maxLength: 6 })
      }),
      fc.record({ parent: fc.nat(20), project: fc.nat(20), blockers: fc.uniqueArray(fc.nat(20), { maxLength: 3 }) }),
      fc.oneof({ weight: 2, arbitrary: fc.option(due.map((due) => ({ due }))) }, { weight: 1, arbitrary: repeating })
    ),
    { maxLength: many.tasks }
  ),
  comments: fc.array(fc.record({ text, task: fc.nat(20), createdAt: time }), { maxLength: many.comments }),
  shuffle: fc.array(fc.nat(100), { minLength: 10, maxLength: 10 })
}).map(({ comments, projects, shuffle, tags, tasks, views }) => {
  const aboveProject = above("aa")
  const shuffled = <A>(things: ReadonlyArray<A>) =>
    things.map((thing, index) => [thing, shuffle[index % shuffle.length]!] as const)
      .toSorted(([, one], [, other]) => one - other).map(([thing]) => thing)
  return {
    version: 1,
    projects: shuffled(projects.map(({ above, ...project }, nth) => ({
      id: idOf("aa", nth),
      name: `Project ${nth}`,
      ...project,
      // What is archived has nothing below it here: it would be archived twice.
      parentId: aboveProject(nth, above)
    }))),
    tags: tags.map((name, nth) => ({ name, color: nth % 2 === 0 ? "#3366ff" : null })),
    views: views.map((view, nth) => ({ id: idOf("dd", nth), name: `View ${nth}`, ...view })),
    tasks: shuffled(tasks.map(([task, { blockers, parent, project }, dates], nth) => {
      const parentId = above("bb")(nth, parent)
      return {
        id: idOf("bb", nth),
        ...task,
        externalId: task.externalId === null ? null : `there:${nth}`,
        parentId,
        // What is below another is in its project.
        ...parentId === null ?
          {
            projectId: projects.length === 0 || project === 0 ? null : idOf("aa", project % projects.length)
          } :
          {},
        // Of those behind it: a child may be waited for, and a parent may not.
        blockedBy: [
          ...new Set(blockers.flatMap((place) => nth + 1 + place < tasks.length ? [idOf("bb", nth + 1 + place)] : []))
        ],
        ...dates as object
      }
    })),
    comments: tasks.length === 0
      ? []
      : comments.map(({ task, ...comment }, nth) => ({
        id: idOf("ee", nth),
        taskId: idOf("bb", task % tasks.length),
        ...comment
      }))
  }
})
