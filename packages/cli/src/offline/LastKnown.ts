import { Option, Schema } from "effect"
import crypto from "node:crypto"
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { makeFolder } from "../client/MakeFolder.ts"
import { privateMode } from "../client/PrivateFile.ts"

/** What the service last answered to a request. */
const Known = Schema.Struct({
  request: Schema.String,
  /** Milliseconds since 1970. */
  at: Schema.Finite,
  body: Schema.String
})
export interface Known extends Schema.Schema.Type<typeof Known> {}

/** A task, as far as it has to be known. */
const KnownTask = Schema.Struct({
  id: Schema.String,
  number: Schema.Int,
  title: Schema.String,
  version: Schema.Int
})
export interface KnownTask extends Schema.Schema.Type<typeof KnownTask> {
  readonly at: number
  /** All that the service said of it. */
  readonly json: object
}

const decode = Schema.decodeUnknownOption(Schema.fromJsonString(Known))
const isTask = Schema.is(KnownTask)

/** So many answers are kept, none of them longer than that in characters, and all of them in so many bytes. */
const mostAnswers = 100
const longestAnswer = 4_000_000
const mostBytes = 16_000_000

/** The tasks that an answer has, wherever they stand in it. */
const tasksIn = (value: unknown): ReadonlyArray<typeof KnownTask.Type> => {
  if (Array.isArray(value)) return value.flatMap(tasksIn)
  if (isTask(value)) return [value]
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(tasksIn) : []
}

/** What the service last said of an account, bounded, in files of its user's own. Nobody is the worse for what is not kept. */
export class LastKnown {
  private readonly folder: string
  private readonly changed: string

  constructor(folder: string) {
    this.folder = join(folder, "known")
    this.changed = join(folder, "changed")
  }

  /** Keeps an answer in the place of the one before. */
  keep(request: string, body: string, at: number): void {
    if (body.length > longestAnswer) return
    try {
      makeFolder(this.folder, 0o700)
      const path = this.pathOf(request)
      const temporary = `${path}.${process.pid}.tmp`
      writeFileSync(temporary, JSON.stringify({ request, at, body } satisfies Known), { mode: privateMode })
      renameSync(temporary, path)
      this.prune()
    } catch {
      // As on a full disk.
    }
  }

  /** What was answered to a request. */
  find(request: string): Known | undefined {
    return this.read(this.pathOf(request))
  }

  /** The task of which something is so, as it was last seen. */
  task(is: (task: typeof KnownTask.Type) => boolean): KnownTask | undefined {
    let found: KnownTask | undefined
    for (const { at, body } of this.all()) {
      for (const task of tasksIn(JSON.parse(body))) {
        if (is(task) && (found === undefined || at > found.at)) found = { ...task, at, json: task }
      }
    }
    return found
  }

  /** Takes down that this client has changed more than it knows. */
  noteChange(at: number): void {
    try {
      writeFileSync(this.changed, String(at), { mode: privateMode })
    } catch {
      // There is no folder yet, and then nothing is known.
    }
  }

  /** The versions of tasks that their user has seen, by their ids: without those that this client may have changed since. */
  versionsOf(ids: ReadonlyArray<string>): ReadonlyMap<string, number> {
    const since = this.lastChange()
    const wanted = new Set(ids)
    const found = new Map<string, { readonly at: number; readonly version: number }>()
    for (const { at, body } of ids.length === 0 ? [] : this.all()) {
      if (at <= since) continue
      for (const { id, version } of tasksIn(JSON.parse(body))) {
        if (wanted.has(id) && at > (found.get(id)?.at ?? 0)) found.set(id, { at, version })
      }
    }
    return new Map([...found].map(([id, { version }]) => [id, version]))
  }

  /** Forgets all of it. */
  clear(): void {
    rmSync(this.folder, { recursive: true, force: true })
    rmSync(this.changed, { force: true })
  }

  private lastChange(): number {
    try {
      return Number(readFileSync(this.changed, "utf8"))
    } catch {
      return 0
    }
  }

  private pathOf(request: string): string {
    return join(this.folder, `${crypto.createHash("sha256").update(request).digest("hex").slice(0, 32)}.json`)
  }

  private read(path: string): Known | undefined {
    try {
      return Option.getOrUndefined(decode(readFileSync(path, "utf8")))
    } catch {
      return undefined
    }
  }

  private files(): ReadonlyArray<string> {
    try {
      return readdirSync(this.folder).filter((name) => name.endsWith(".json")).map((name) => join(this.folder, name))
    } catch {
      return []
    }
  }

  private all(): ReadonlyArray<Known> {
    return this.files().flatMap((path) => this.read(path) ?? [])
  }

  private prune(): void {
    const kept = this.files().map((path) => ({ path, stat: statSync(path, { throwIfNoEntry: false }) }))
    const newestFirst = kept.toSorted((one, other) => (other.stat?.mtimeMs ?? 0) - (one.stat?.mtimeMs ?? 0))
    let bytes = 0
    for (const [index, { path, stat }] of newestFirst.entries()) {
      bytes += stat?.size ?? 0
      if (index >= mostAnswers || bytes > mostBytes) rmSync(path, { force: true })
    }
  }
}
