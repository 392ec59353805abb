import type { Due } from "@todo/domain/dates/Due"
import { readDate } from "@todo/domain/words/Dates"
import { languages } from "@todo/domain/words/Languages"
import type { Moment } from "@todo/domain/words/Moment"
import { readRepeat } from "@todo/domain/words/Repeats"
import { Effect, Result, Stream } from "effect"
import { Csv } from "effect/encoding"
import { type Failure, usage } from "../../failures/Failure.ts"
import type { ReadFile } from "../Document.ts"
import { ForeignDocument, idOf, shortHash } from "./Foreign.ts"

const source = "todoist"

/** The records of a file, as they are: they are not all of one width. */
const recordsOf = (text: string): Effect.Effect<ReadonlyArray<Csv.Row>, Failure> =>
  Stream.make(text).pipe(
    Stream.pipeThroughChannel(Csv.decodeString({ delimiter: delimiterOf(text), maxRecordSize: Infinity })),
    Stream.runCollect,
    Effect.map((rows) => [...rows]),
    Effect.mapError(({ line, message }) => usage(`line ${line}: ${message}`))
  )

/** Spreadsheets of some countries write another. */
const delimiterOf = (text: string) => {
  const [head = ""] = text.split("\n", 1)
  return !head.includes(",") && head.includes(";") ? ";" : ","
}

const priorities: Readonly<Record<string, string | null>> = { "": "p1", 1: "p1", 2: "p2", 3: "p3", 4: null }

const label = /(^|\s)@([^\s@]+)/gu

interface Dated {
  readonly due: Due | null
  readonly repeat?: { readonly rule: string; readonly from: "schedule" | "completion"; readonly text: string | null }
}

/** What a date in words is; undefined where it is none that is known, or of another language. */
const dated = (words: string, language: string, moment: Moment): Dated | undefined => {
  const known = languages[(language === "" ? "en" : language) as keyof typeof languages]
  if (known === undefined) return undefined
  const here = { ...moment, language: known }
  const date = readDate(words, here)
  if (Result.isSuccess(date)) return { due: date.success.due }
  const repeat = readRepeat(words, here, null)
  if (Result.isFailure(repeat)) return undefined
  const { due, repeat: { from, rule, text } } = repeat.success
  return { due, repeat: { rule, from, text } }
}

/** A task that others may stand below. */
interface Above {
  readonly indent: number
  readonly id: string
  readonly path: string
}

/** The name of the project, as Todoist calls files: `Home.csv`, `Home [2203306141].csv`. */
export const projectOfFile = (file: string): ReadonlyArray<string> => {
  const name = (file.split(/[/\\]/u).at(-1) ?? "").replace(/\.csv$/iu, "").replace(/\s*\[\d+\]$/u, "").trim()
  return file === "-" || name === "" || name.toLowerCase() === "inbox" ? [] : [name]
}

/** Reads a template or a backup of Todoist: the rows of one project, which is called as the file. */
export const readTodoist = (
  text: string,
  file: string,
  moment: Moment
): Effect.Effect<ReadFile, Failure> =>
  Effect.gen(function*() {
    const [head = [], ...records] = yield* recordsOf(text)
    const columns = new Map(head.map((name, index) => [name.trim().toUpperCase(), index]))
    if (!columns.has("TYPE") || !columns.has("CONTENT")) {
      return yield* usage("line 1: Todoist's files begin with TYPE,CONTENT")
    }
    const document = new ForeignDocument(source)
    const project = projectOfFile(file)
    document.project(project)
    const seen = new Map<string, number>()
    let section: ReadonlyArray<string> = []
    let above: ReadonlyArray<Above> = []
    const named = new Set([
      "TYPE",
      "CONTENT",
      "DESCRIPTION",
      "PRIORITY",
      "INDENT",
      "DATE",
      "DATE_LANG",
      "TIMEZONE",
      "DEADLINE",
      "DEADLINE_LANG"
    ])

    const readTask = (cell: (name: string) => string, record: number) => {
      const content = cell("CONTENT")
      const labels = [...content.matchAll(label)].map(([, , name]) => name!)
      const title = content.replaceAll(label, "$1").replaceAll(/ {2,}/gu, " ").trim() || content.trim()
      const indent = Math.max(1, Number(cell("INDENT")) || 1)
      above = above.filter((task) => task.indent < indent)
      const parent = above.at(-1)
      const path = JSON.stringify([project, section, parent?.path ?? "", content])
      const nth = (seen.get(path) ?? 0) + 1
      seen.set(path, nth)
      const key = shortHash(`${nth} ${path}`)
      const id = idOf(source, "task", key)
      const texts = [cell("DESCRIPTION")]
      const read = (name: "DATE" | "DEADLINE") => {
        const [words, language] = [cell(name), cell(`${name}_LANG`)]
        if (words === "") return undefined
        const found = dated(words, language, moment)
        if (found === undefined) {
          texts.push(`${name}${language === "" ? "" : ` (${language})`}: ${words}`)
          document.note(
            `record ${record}, ${title}: no date is read of "${words}"${
              language === "" ? "" : ` (${language})`
            }, which stands in the description`
          )
        }
        return found
      }
      const [date, deadline] = [read("DATE"), read("DEADLINE")]
      if (date !== undefined && deadline !== undefined) texts.push(`DEADLINE: ${cell("DEADLINE")}`)
      const { due = null, repeat } = date ?? deadline ?? {}
      const priority = priorities[cell("PRIORITY")]
      if (priority === undefined) document.note(`record ${record}, ${title}: there is no priority ${cell("PRIORITY")}`)
      const extra = Object.fromEntries(
        [...columns.keys()].filter((name) => !named.has(name) && name !== "" && cell(name) !== "").map((
          name
        ) => [`todoist:${name}`, cell(name)])
      )
      document.task({
        id,
        externalId: `${source}:${key}`,
        title,
        description: texts.filter((text) => text !== "").join("\n\n"),
        extra,
        ...parent === undefined ? { projectId: document.project([...project, ...section]) } : { parentId: parent.id },
        tags: document.tags(labels, title),
        ...priority !== undefined && priority !== null && { priority },
        ...due !== null && { due },
        ...repeat !== undefined && { repeat }
      })
      // What is deeper than tasks may be stands beside the last that may.
      if (above.length < 7) above = [...above, { indent, id, path }]
      else document.note(`record ${record}, ${title}: what is below it stands beside it`)
      return id
    }

    let last: string | undefined
    const zones = new Set<string>()
    for (const [index, cells] of records.entries()) {
      const record = index + 2
      const cell = (name: string) => (cells[columns.get(name) ?? -1] ?? "").trim()
      const type = cell("TYPE").toLowerCase()
      if (cell("TIMEZONE") !== "") zones.add(cell("TIMEZONE"))
      if (cells.every((text) => text.trim() === "")) continue
      if (type === "task") {
        if (cell("CONTENT") === "") document.note(`record ${record}: a task without a text is left out`)
        else last = readTask(cell, record)
      } else if (type === "section") {
        section = cell("CONTENT") === "" ? [] : [cell("CONTENT")]
        above = []
        last = undefined
        document.project([...project, ...section])
        if (cell("DESCRIPTION") !== "") document.describe([...project, ...section], cell("DESCRIPTION"))
      } else if (type === "note") {
        const said = cells[columns.get("CONTENT")!] ?? ""
        if (last !== undefined) {
          const key = `${last} ${said}`
          const nth = (seen.get(key) ?? 0) + 1
          seen.set(key, nth)
          document.comment({ id: idOf(source, "comment", `${nth} ${key}`), taskId: last, text: said })
        } else if (!document.describe([...project, ...section], said)) {
          document.note(`record ${record}: a note of no task is left out: ${said}`)
        }
      } else if (type === "meta" || type.startsWith("meta")) {
        document.note(`record ${record}: how Todoist shows the list is left out: ${cell("CONTENT")}`)
      } else {
        document.note(`record ${record}: there is no type ${JSON.stringify(cell("TYPE"))}: ${cells.join(",")}`)
      }
    }
    const others = [...zones].filter((zone) => zone !== moment.timeZone)
    if (others.length > 0) document.note(`Times of ${others.join(", ")} are taken as they stand, for wherever you are`)
    return document.read
  })
