import { Effect, Result } from "effect"
import fs from "node:fs"
import { type Failure, usage } from "../failures/Failure.ts"
import { readAll } from "../terminal/StandardInput.ts"
import { decodeUtf8 } from "../terminal/Utf8.ts"
import type { Mistake } from "./Mistakes.ts"

/** Where something is in a document, from its top. */
export type Path = ReadonlyArray<string | number>

/** A document of a file, and where things are in it. */
export interface Document {
  readonly value: unknown
  /** The place of a member or, with `isName`, of its name: `plan.yaml:12:5: tasks[3].due`. */
  readonly place: (path: Path, isName?: boolean) => string
}

/** So much a file may have: it is read into memory, and asked of the service task by task. */
const mostBytes = 8 * 1024 * 1024
/** So many nodes aliases may stand for, so that a file of a kilobyte does not become one of a gigabyte. */
const mostAliases = 100

const bytesOf = Effect.fnUntraced(function*(file: string): Effect.fn.Return<Uint8Array, Failure> {
  return yield* Effect.try({
    try: () => fs.readFileSync(file),
    catch: (error) => {
      const code = error instanceof Error && "code" in error ? error.code : undefined
      const why = code === "ENOENT"
        ? "There is no such file"
        : code === "EISDIR"
        ? "It is a folder: name the files in it"
        : error instanceof Error
        ? error.message
        : String(error)
      return usage(`${file}: ${why}`)
    }
  })
})

const textOf = Effect.fnUntraced(function*(file: string) {
  if (file === "-") return yield* readAll
  const bytes = yield* bytesOf(file)
  if (bytes.length > mostBytes) return yield* usage(`${file} has more than ${mostBytes / 1024 / 1024} MiB`)
  const text = decodeUtf8(bytes)
  return text === undefined ? yield* usage(`${file} is not UTF-8`) : text
})

const pathText = (path: Path): string =>
  path.map((part, index) => typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`).join("")

const valueOf = (make: () => unknown): Result.Result<unknown, string> =>
  Result.try({ try: make, catch: (error) => error instanceof Error ? error.message : String(error) })

/** Where values hold themselves, as an alias of what it stands in does: each is told once. */
const inThemselves = (value: unknown): ReadonlyArray<Path> => {
  const found: Array<Path> = []
  const passed = new Set<object>()
  const visit = (value: unknown, path: Path, above: ReadonlyArray<object>): void => {
    if (typeof value !== "object" || value === null) return
    if (above.includes(value)) {
      found.push(path)
      return
    }
    if (passed.has(value)) return
    passed.add(value)
    const isList = Array.isArray(value)
    for (const [name, member] of Object.entries(value)) {
      visit(member, [...path, isList ? Number(name) : name], [...above, value])
    }
  }
  visit(value, [], [])
  return found
}

/** Reads a file of YAML 1.2, of which JSON is a part, or stdin where it is `-`. */
export const documentsOf = Effect.fn("documentsOf")(function*(file: string) {
  const name = file === "-" ? "stdin" : file
  const text = yield* textOf(file)
  // It is a third of all that the client has, and no other command needs it.
  const { isAlias, isMap, isNode, isScalar, LineCounter, parseAllDocuments } = yield* Effect.promise(() =>
    import("yaml")
  )
  const lines = new LineCounter()
  const mistakes: Array<Mistake> = []
  const documents: Array<Document> = []
  const at = (offset: number) => {
    const { col, line } = lines.linePos(offset)
    return `${name}:${line}:${col}`
  }
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, schema: "core", version: "1.2" })
  for (const document of parsed) {
    // What comes behind the first follows from it.
    const [wrong] = document.errors
    if (wrong !== undefined) {
      mistakes.push({
        at: at(wrong.pos[0]),
        message: /call stack/.test(wrong.message) ? "It is nested too deep" : wrong.message
      })
      continue
    }
    const place = (path: Path, isName = false): string => {
      let node: unknown = document.contents
      let offset = isNode(node) ? node.range?.[0] ?? 0 : 0
      for (const [depth, part] of path.entries()) {
        if (isAlias(node)) node = node.resolve(document)
        const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === part) : undefined
        const key = pair?.key
        if (isName && depth === path.length - 1 && isNode(key)) offset = key.range?.[0] ?? offset
        else {
          node = pair !== undefined ? pair.value : isNode(node) && "get" in node ? node.get(part, true) : undefined
          if (isNode(node)) offset = node.range?.[0] ?? offset
        }
      }
      return [at(offset), ...path.length === 0 ? [] : [pathText(path)]].join(": ")
    }
    const value = valueOf(() => document.toJS({ maxAliasCount: mostAliases }))
    if (Result.isFailure(value)) {
      mistakes.push({ at: name, message: value.failure })
      continue
    }
    const circles = inThemselves(value.success)
    mistakes.push(...circles.map((path) => ({ at: place(path), message: "It is an alias of what it stands in" })))
    if (circles.length > 0) continue
    // What `---` at the end begins, and comments alone, are nothing.
    if (value.success !== null) documents.push({ value: value.success, place })
  }
  // What a command before a pipe leaves behind that fails is not a wish for no tasks.
  if (documents.length === 0 && mistakes.length === 0) {
    mistakes.push({ at: name, message: "There is nothing in it; `tasks: []` says that there is to be no task" })
  }
  return { documents, mistakes }
})
