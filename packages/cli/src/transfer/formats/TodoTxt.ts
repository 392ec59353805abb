import { isDate } from "@todo/domain/dates/DateOnly"
import { Effect } from "effect"
import type { Exported } from "../Document.ts"
import { ForeignDocument, idOf, shortHash } from "./Foreign.ts"
import { pathsOf } from "./Paths.ts"
import { intervalOf, type Recurring, recurringRule } from "./Recurrence.ts"
import { wordsOf } from "./TodoTxtWords.ts"

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
  const noDates = dates.filter((date) => !isDate(date))
  if (noDates.length === 0) {
    return {
      noDates,
      done: x !== undefined,
      completed,
      created: created ?? createdWhenDone,
      priority,
      rest: line.slice(all.length)
    }
  }
  const [begin = ""] = /^(?:x |\([A-Z]\) )?/u.exec(line) ?? []
  return {
    noDates,
    done: x !== undefined,
    completed: undefined,
    created: undefined,
    priority,
    rest: line.slice(begin.length)
  }
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
      const { completed, created, done, noDates, priority, rest } = headOf(line)
      const { contexts, project, rest: words, unread, values } = wordsOf(rest, done)
      const title = words.join(" ").trim() === ""
        ? [...new Set(rest.trim().split(" "))].join(" ") || line
        : words.join(" ").trim()
      for (const [word, why] of [...noDates.map((date) => [date, "there is no such day"] as const), ...unread]) {
        document.note(`line ${index + 1}: ${word} stays in the title: ${why}`)
      }
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

const recOf = ({ repeat }: Exported["tasks"][number]): string | undefined => {
  const [, frequency = "", interval = "1"] =
    /^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(?:;INTERVAL=(\d+))?(?:;BYMONTH=\d+)?(?:;BYMONTHDAY=[\d,]+(?:;BYSETPOS=-1)?)?$/u
      .exec(repeat?.rule ?? "") ?? []
  const unit = { DAILY: "d", WEEKLY: "w", MONTHLY: "m", YEARLY: "y" }[frequency]
  return unit === undefined ? undefined : `${repeat?.from === "schedule" ? "+" : ""}${interval}${unit}`
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
      const rec = recOf(task)
      if (description !== null) left.descriptions++
      if (due !== null && "time" in due || start !== null && "time" in start) left["times of day"]++
      if (repeat !== null && rec === undefined) left.repetitions++
      if (blockedBy.length > 0) left["tasks that wait for others"]++
      if (parentId !== null) left["tasks below others"]++
      const letter = priority === null ? extra["todotxt:priority"] : letters[priority]
      const path = projectId === null ? undefined : paths.get(projectId)
      const isDone = completedAt !== null
      const line = oneLine(title)
      // What the title says already is not said again.
      const said = wordsOf(line, isDone)
      const value = (name: string, value: string | undefined) =>
        value === undefined || said.values.get(name) === value ? [] : [`${name}:${value}`]
      const { "todotxt:rec": kept } = extra
      const project = path?.map(oneWord).join("/")
      return [
        ...isDone
          // Both dates, so that one that begins the title is none of them.
          ? ["x", dateOf(completedAt), dateOf(createdAt)]
          : [...letter === undefined ? [] : [`(${letter})`], dateOf(createdAt)],
        line,
        ...project === undefined || project === said.project ? [] : [`+${project}`],
        ...tags.map(oneWord).filter((tag) => !said.contexts.includes(tag)).map((tag) => `@${tag}`),
        ...value("pri", isDone ? letter : undefined),
        ...value("due", due?.date),
        ...value("t", start?.date),
        // What no rule says was kept.
        ...value("rec", rec ?? (repeat === null && kept !== undefined ? oneWord(kept) : undefined))
      ].join(" ")
    })
    return {
      text: lines.map((line) => `${line}\n`).join(""),
      notes: Object.entries(left).flatMap(([what, many]) =>
        many === 0 ? [] : [`todo.txt has no room for ${what} (${many})`]
      )
    }
  })
