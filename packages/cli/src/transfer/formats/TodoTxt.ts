import { isDate } from "@todo/domain/dates/DateOnly"
import { Effect } from "effect"
import type { Exported } from "../Document.ts"
import { ForeignDocument, idOf, shortHash } from "./Foreign.ts"
import { pathsOf } from "./Paths.ts"
import { intervalOf, type Recurring, recurringRule } from "./Recurrence.ts"

const source = "todotxt"

/** Noon in UTC, which is on the same day in most places: the format has dates alone. */
const noon = (date: string) => `${date}T12:00:00.000Z`

const priorities: Readonly<Record<string, string>> = { A: "p1", B: "p2", C: "p3" }
const letters: Readonly<Record<string, string>> = { p1: "A", p2: "B", p3: "C" }

const head = /^(?:(x) (?:(\d{4}-\d\d-\d\d) (?:(\d{4}-\d\d-\d\d) )?)?|(?:\(([A-Z])\) )?(?:(\d{4}-\d\d-\d\d) )?)/u

/** What stands before the text of a line: dates that there are not are text. */
const headOf = (line: string) => {
  const [all = "", x, completed, createdWhenDone, priority, created] = head.exec(line) ?? []
  const dates = [completed, createdWhenDone, created].filter((date) => date !== undefined)
  if (dates.every(isDate)) {
    return {
      done: x !== undefined,
      completed,
      created: created ?? createdWhenDone,
      priority,
      rest: line.slice(all.length)
    }
  }
  const [begin = ""] = /^(?:x |\([A-Z]\) )?/u.exec(line) ?? []
  return { done: x !== undefined, completed: undefined, created: undefined, priority, rest: line.slice(begin.length) }
}

interface Words {
  project?: string
  readonly contexts: Array<string>
  readonly values: Map<string, string>
  readonly rest: Array<string>
}

/** Customs that are read; all other words stay in the title as they are. */
const isRead = (name: string, value: string) =>
  name === "due" || name === "t"
    ? isDate(value)
    : name === "rec"
    ? intervalOf(value) !== undefined
    : name === "pri" && /^[A-Z]$/u.test(value)

const wordsOf = (text: string, done: boolean): Words => {
  const words: Words = { contexts: [], values: new Map(), rest: [] }
  for (const word of text.split(" ")) {
    const [, name = "", value = ""] = /^([a-z]+):(\S+)$/u.exec(word) ?? []
    if (/^\+\S/u.test(word) && words.project === undefined) words.project = word.slice(1)
    else if (/^@\S/u.test(word)) words.contexts.push(word.slice(1))
    else if (isRead(name, value) && (name !== "pri" || done) && !words.values.has(name)) words.values.set(name, value)
    else words.rest.push(word)
  }
  return words
}

/** Reads todo.txt: a task a line. */
export const readTodoTxt = (text: string) =>
  Effect.sync(() => {
    const document = new ForeignDocument(source)
    const seen = new Map<string, number>()
    for (const [index, line] of text.split(/\r\n|\n|\r/u).entries()) {
      if (line.trim() === "") continue
      const nth = (seen.get(line) ?? 0) + 1
      seen.set(line, nth)
      const key = shortHash(`${nth} ${line}`)
      const { completed, created, done, priority, rest } = headOf(line)
      const { contexts, project, rest: words, values } = wordsOf(rest, done)
      const title = words.join(" ").trim() === "" ? rest.trim() || line : words.join(" ").trim()
      const letter = priority ?? values.get("pri")
      const due = values.get("due")
      const recurring = values.has("rec") ? recurrenceOf(values.get("rec")!, due) : undefined
      const extra = {
        ...letter !== undefined && priorities[letter] === undefined && { "todotxt:priority": letter },
        ...values.has("rec") && recurring === undefined && { "todotxt:rec": values.get("rec")! }
      }
      if (values.has("rec") && recurring === undefined) {
        document.note(
          `line ${index + 1}: rec:${values.get("rec")} is kept in extra, and nothing repeats: ${
            due === undefined ? "there is no due date" : "no rule says it"
          }`
        )
      }
      document.task({
        id: idOf(source, "task", key),
        externalId: `${source}:${key}`,
        title,
        projectId: project === undefined ? null : document.project(project.split("/")),
        tags: document.tags(contexts, title),
        extra,
        ...letter !== undefined && priorities[letter] !== undefined && { priority: priorities[letter] },
        ...due !== undefined && { due: { date: due } },
        ...values.has("t") && { start: { date: values.get("t")! } },
        ...recurring !== undefined && { repeat: recurring },
        ...created !== undefined && { createdAt: noon(created) },
        completed: done,
        ...completed !== undefined && { completedAt: noon(completed) }
      })
    }
    return document.read
  })

/** With a plus it is counted from the date, else from when it was done. */
const recurrenceOf = (rec: string, due: string | undefined): Recurring | undefined =>
  due === undefined ? undefined : recurringRule(intervalOf(rec)!, due, rec.startsWith("+") ? "schedule" : "completion")

/** What a title would be read as otherwise than it is. */
const oneLine = (text: string) => text.replaceAll(/\s*[\r\n\u2028\u2029]+\s*/gu, " ")
const oneWord = (text: string) => text.trim().replaceAll(/\s+/gu, "_")

const wordOfRepeat = ({ repeat }: Exported["tasks"][number]): string | undefined => {
  const [, frequency = "", interval = "1"] =
    /^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(?:;INTERVAL=(\d+))?(?:;BYMONTH=\d+)?(?:;BYMONTHDAY=[\d,]+(?:;BYSETPOS=-1)?)?$/u
      .exec(repeat?.rule ?? "") ?? []
  const unit = { DAILY: "d", WEEKLY: "w", MONTHLY: "m", YEARLY: "y" }[frequency]
  return unit === undefined ? undefined : `rec:${repeat?.from === "schedule" ? "+" : ""}${interval}${unit}`
}

const dateOf = (instant: string) => instant.slice(0, 10)

/** Writes todo.txt, and says what it has no room for. */
export const writeTodoTxt = ({ comments, projects, tasks }: Exported) =>
  Effect.sync(() => {
    const paths = pathsOf(projects)
    const left = {
      descriptions: 0,
      "times of day": 0,
      repetitions: 0,
      "tasks that wait for others": 0,
      "tasks below others": 0,
      comments: comments.length
    }
    const lines = tasks.map((task) => {
      const {
        blockedBy,
        completedAt,
        createdAt,
        description,
        due,
        extra,
        parentId,
        priority,
        projectId,
        repeat,
        start,
        tags,
        title
      } = task
      const rec = wordOfRepeat(task)
      if (description !== null) left.descriptions++
      if (due !== null && "time" in due || start !== null && "time" in start) left["times of day"]++
      if (repeat !== null && rec === undefined) left.repetitions++
      if (blockedBy.length > 0) left["tasks that wait for others"]++
      if (parentId !== null) left["tasks below others"]++
      const letter = priority === null ? extra["todotxt:priority"] : letters[priority]
      const path = projectId === null ? undefined : paths.get(projectId)
      return [
        ...completedAt === null
          ? [...letter === undefined ? [] : [`(${letter})`], dateOf(createdAt)]
          // Both dates, so that one that begins the title is none of them.
          : ["x", dateOf(completedAt), dateOf(createdAt)],
        oneLine(title),
        ...path === undefined ? [] : [`+${path.map(oneWord).join("/")}`],
        ...tags.map((tag) => `@${oneWord(tag)}`),
        ...completedAt !== null && letter !== undefined ? [`pri:${letter}`] : [],
        ...due === null ? [] : [`due:${due.date}`],
        ...start === null ? [] : [`t:${start.date}`],
        ...rec === undefined ? [] : [rec]
      ].join(" ")
    })
    return {
      text: lines.map((line) => `${line}\n`).join(""),
      notes: Object.entries(left).flatMap(([what, many]) =>
        many === 0 ? [] : [`todo.txt has no room for ${what} (${many})`]
      )
    }
  })
