import { Effect, Result, Schema, SchemaIssue } from "effect"
import { usage } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { ApplyFile, type TaskOfFile } from "./ApplyFile.ts"
import { circlesOfFiles } from "./Circles.ts"
import { contradictions, inOrder } from "./Contradictions.ts"
import { type Document, documentsOf, type Path } from "./Documents.ts"
import { type Mistake, mistaken } from "./Mistakes.ts"
import { unknownMembers } from "./Unknown.ts"

/** A task of a file, and where it stands there. */
export interface Entry {
  readonly externalId: string
  readonly said: TaskOfFile
  /** The external id of what it is below: null of nothing, and undefined where the file leaves that to others. */
  readonly parent: string | null | undefined
  /** The place of it, or of something in it. */
  readonly at: (...inIt: Path) => string
}

/** What files say together. */
export interface Wanted {
  /** A task comes behind what it is below. */
  readonly entries: ReadonlyArray<Entry>
  readonly set: string | undefined
}

const decode = Schema.decodeUnknownResult(ApplyFile)
const formatIssue = SchemaIssue.makeFormatterStandardSchemaV1()

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (found, part) => typeof found === "object" && found !== null ? Reflect.get(found, part) : undefined,
    value
  )

/** In the words of a file: what YAML reads as a number, or as true, where a text is wanted, is to be in quotes. */
const inWords = (message: string, value: unknown): string => {
  if (/^Expected (?:string|\S+ \| string)/.test(message)) {
    return typeof value === "number" || typeof value === "boolean"
      ? `Expected a text: put ${value} in quotes`
      : "Expected a text"
  }
  if (message.startsWith("Expected array")) return "Expected a list"
  return /^Expected (?:object|Task)/.test(message) ? "Expected members" : message
}

const lineOf = ({ at }: Mistake): number => Number(/:(\d+):\d+/.exec(at)?.[1] ?? 0)

const byLine = (mistakes: ReadonlyArray<Mistake>) => mistakes.toSorted((one, other) => lineOf(one) - lineOf(other))

const decoded = (document: Document): Result.Result<ApplyFile, ReadonlyArray<Mistake>> => {
  const unknown = unknownMembers(document)
  const result = decode(document.value, { errors: "all" })
  if (Result.isSuccess(result)) return unknown.length === 0 ? Result.succeed(result.success) : Result.fail(unknown)
  const wrong = formatIssue(result.failure.issue).issues.map(({ message, path = [] }) => {
    const keys = path.map((part) => typeof part === "object" ? part.key : part) as Path
    const value = valueAt(document.value, keys)
    const isMissing = message === "Missing key"
    return {
      at: document.place(isMissing ? keys.slice(0, -1) : keys),
      message: isMissing ? `There is no ${String(keys.at(-1))}` : inWords(message, value)
    }
  })
  return Result.fail(byLine([...unknown, ...wrong]))
}

const entriesIn = (tasks: ReadonlyArray<TaskOfFile>, place: Document["place"]): ReadonlyArray<Entry> => {
  const from = (tasks: ReadonlyArray<TaskOfFile>, path: Path, above: string | undefined): ReadonlyArray<Entry> =>
    tasks.flatMap((said, index) => {
      const own = [...path, index]
      const { externalId } = said
      const at = (...inIt: Path) => place([...own, ...inIt])
      return [
        { externalId, said, parent: above ?? said.parent, at },
        ...from(said.tasks ?? [], [...own, "tasks"], externalId)
      ]
    })
  return from(tasks, ["tasks"], undefined)
}

/** Reads files, one after the other, as one. Fails (exit code 2) with all that is wrong with them. */
export const readWanted = Effect.fn("readWanted")(
  function*(files: ReadonlyArray<string>, given: string | undefined) {
    const { json } = yield* Settings
    const mistakes: Array<Mistake> = []
    const entries: Array<Entry> = []
    let set: string | undefined
    for (const file of files) {
      const read = yield* documentsOf(file)
      mistakes.push(...read.mistakes)
      for (const document of read.documents) {
        const result = decoded(document)
        if (Result.isFailure(result)) {
          mistakes.push(...result.failure)
          continue
        }
        const found = entriesIn(result.success.tasks, document.place)
        const top = new Set(result.success.tasks.map(({ externalId }) => externalId))
        for (const entry of found) mistakes.push(...contradictions(entry, !top.has(entry.externalId)))
        entries.push(...found)
        const { set: own } = result.success
        if (own !== undefined && set !== undefined && own !== set) {
          mistakes.push({ at: document.place(["set"]), message: `The tasks before are of the set ${set}` })
        }
        set ??= own
      }
    }
    const seen = new Map<string, Entry>()
    for (const entry of entries) {
      const before = seen.get(entry.externalId)
      if (before === undefined) seen.set(entry.externalId, entry)
      else {mistakes.push({
          at: entry.at("externalId"),
          message: `${entry.externalId} is there already, at ${before.at()}`
        })}
    }
    if (given !== undefined && set !== undefined && given !== set) {
      return yield* usage(`--set is ${given}, and the file says that its set is ${set}`)
    }
    const ordered = inOrder(entries)
    mistakes.push(...Result.isFailure(ordered) ? ordered.failure : circlesOfFiles(entries))
    if (mistakes.length > 0 || Result.isFailure(ordered)) return yield* mistaken(mistakes, json)
    return { entries: ordered.success, set: given ?? set } satisfies Wanted
  }
)
