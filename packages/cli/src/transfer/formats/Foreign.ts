import { maxExtra, maxExtraBytes } from "@todo/domain/tasks/Extra"
import { createHash } from "node:crypto"
import type { ReadFile } from "../Document.ts"

/** Where dates without a zone are meant. */
export interface Here {
  /** A name of IANA's. */
  readonly timeZone: string
}

const hash = (text: string) => createHash("sha256").update(text).digest("hex")

/** The first of a hash, enough to tell the lines of a file apart. */
export const shortHash = (text: string): string => hash(text).slice(0, 32)

/** An id that is always the same for the same thing of a file, so that what refers to it finds it: a UUID of version 7. */
export const idOf = (source: string, kind: string, key: string): string => {
  const digits = hash(`${source} ${kind} ${key}`)
  const variant = (8 + Number.parseInt(digits[16]!, 16) % 4).toString(16)
  return `00000000-${digits.slice(0, 4)}-7${digits.slice(4, 7)}-${variant}${digits.slice(8, 11)}-${
    digits.slice(20, 32)
  }`
}

const mostOfTitle = 500
const mostOfText = 20_000

/** A text cut after so many characters. */
const cut = (text: string, most: number) => [...text].slice(0, most).join("")
const isLonger = (text: string, most: number) => text.length > most && [...text].length > most

/** Text that can be kept: without NUL, and without halves of characters. */
const clean = (text: string) => text.replaceAll("\0", "�").toWellFormed()

/** A task as a file of another program has it. */
export interface ForeignTask {
  readonly id: string
  readonly title: string
  readonly description?: string | undefined
  readonly extra?: Readonly<Record<string, string>>
  readonly [member: string]: unknown
}

interface Project {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
  description?: string
}

const bytesOf = (text: string) => Buffer.byteLength(text)

/** A document as it is read of a file of another program: what cannot be kept as it is is kept otherwise, or told. */
export class ForeignDocument {
  private readonly source: string
  private readonly projects = new Map<string, Project>()
  private readonly tasks: Array<ForeignTask> = []
  private readonly comments: Array<object> = []
  private readonly notes: Array<string> = []

  constructor(source: string) {
    this.source = source
  }

  note(text: string): void {
    this.notes.push(text)
  }

  /** The id of a project, by the names from the top to it; null where there are none. */
  project(path: ReadonlyArray<string>): string | null {
    const names = path.map((name) => cut(clean(name).replaceAll(/\p{Cc}+/gu, " ").trim(), 120)).filter((name) =>
      name !== ""
    )
    let parentId: string | null = null
    const passed: Array<string> = []
    // What is deeper than projects may be is one with the last of them.
    const levels = names.length > 8 ? [...names.slice(0, 7), cut(names.slice(7).join(" / "), 120)] : names
    for (const name of levels) {
      passed.push(name)
      const key = JSON.stringify(passed)
      const known = this.projects.get(key)
      const project: Project = known ?? { id: idOf(this.source, "project", key), name, parentId }
      if (known === undefined) this.projects.set(key, project)
      parentId = project.id
    }
    return parentId
  }

  /** Says more about a project. */
  describe(path: ReadonlyArray<string>, text: string): boolean {
    const id = this.project(path)
    const project = [...this.projects.values()].find((project) => project.id === id)
    if (project === undefined) return false
    project.description = cut(
      [project.description, clean(text)].filter((text) => text !== undefined).join("\n\n"),
      mostOfText
    )
    return true
  }

  /** The tags of a task that can be kept; the others are told. */
  tags(names: ReadonlyArray<string>, title: string): ReadonlyArray<string> {
    const good = names.map((name) => clean(name).trim()).filter((name) => {
      const fits = name !== "" && !isLonger(name, 60) && !/\p{Cc}/u.test(name)
      if (!fits && name !== "") this.note(`${title}: the tag ${name} is too long`)
      return fits
    })
    if (good.length > 50) this.note(`${title}: it has ${good.length} tags, of which 50 are kept`)
    return good.slice(0, 50)
  }

  /** Adds a task. What is too long for a title is in the description, whole, and so is what is too much for `extra`. */
  task({ description, extra = {}, title, ...others }: ForeignTask): void {
    const whole = clean(title)
    const isLong = isLonger(whole.trim(), mostOfTitle)
    const [kept, left] = fitting(extra)
    const texts = [
      ...isLong ? [whole] : [],
      ...description === undefined || description === "" ? [] : [clean(description)],
      ...left
    ]
    const all = texts.join("\n\n")
    if (isLong) this.note(`${cut(whole, 40)}…: the title is too long, and stands in the description`)
    if (isLonger(all, mostOfText)) this.note(`${cut(whole, 40)}: of the description 20,000 characters are kept`)
    this.tasks.push({
      ...others,
      title: isLong ? `${cut(whole.trim(), mostOfTitle - 1)}…` : whole,
      ...all !== "" && { description: cut(all, mostOfText) },
      ...Object.keys(kept).length > 0 && { extra: kept }
    })
  }

  comment(
    comment: {
      readonly id: string
      readonly taskId: string
      readonly text: string
      readonly createdAt?: string | undefined
    }
  ): void {
    const text = clean(comment.text)
    if (text.trim() === "") return
    if (isLonger(text, mostOfText)) this.note(`Of a comment 20,000 characters are kept: ${cut(text, 40)}…`)
    const { createdAt, id, taskId } = comment
    this.comments.push({ id, taskId, text: cut(text, mostOfText), ...createdAt !== undefined && { createdAt } })
  }

  get read(): ReadFile {
    return {
      document: { projects: [...this.projects.values()], tasks: this.tasks, comments: this.comments },
      notes: this.notes
    }
  }
}

/** Of texts by names those that there is room for, and lines of the others. */
const fitting = (extra: Readonly<Record<string, string>>) => {
  const kept: Record<string, string> = {}
  const left: Array<string> = []
  let [many, bytes] = [0, 0]
  for (const [given, value] of Object.entries(extra)) {
    const [name, text] = [clean(given), clean(value)]
    const size = bytesOf(name) + bytesOf(text)
    const fits = many < maxExtra && bytes + size <= maxExtraBytes && name !== "" && name !== "__proto__" &&
      !isLonger(name, 255)
    if (!fits) left.push(`${name}: ${text}`)
    else {
      kept[name] = text
      many++
      bytes += size
    }
  }
  return [kept, left] as const
}
