import { readFileSync, rmSync, statSync } from "node:fs"
import { dirname } from "node:path"
import { targetOf, writeAtomically } from "../client/AtomicFile.ts"
import { makeFolder } from "../client/MakeFolder.ts"
import type { Installation } from "./Installation.ts"
import { mark } from "./Installation.ts"

/** What became of a file. */
export interface FileChange {
  readonly path: string
  readonly change: "written" | "unchanged" | "removed" | "absent"
}

/** The file is somebody else's, and stays as it is. */
export class NotOurs extends Error {
  readonly path: string
  constructor(path: string) {
    super(`${path} was not made by todo`)
    this.path = path
  }
}

const textIn = (path: string): string | undefined => {
  try {
    return readFileSync(path, "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
    throw error
  }
}

const modeOf = (path: string): number => (statSync(path, { throwIfNoEntry: false })?.mode ?? 0o644) & 0o777

const put = (path: string, text: string): FileChange => {
  if (textIn(path) === text) return { path, change: "unchanged" }
  makeFolder(dirname(path))
  // A link, as people have to files that they keep elsewhere, stays one.
  const file = targetOf(path)
  writeAtomically(file, text, modeOf(file))
  return { path, change: "written" }
}

const isOurs = (text: string): boolean => text.includes("completion for todo, made by `todo completion")

/** A text without lines of ours. */
const withoutLine = (text: string): string =>
  text.split("\n").filter((line) => !line.trimEnd().endsWith(mark)).join("\n")

/** A text with a line of ours, once, at its end. */
const withLine = (text: string, line: string): string => {
  if (text.split("\n").includes(line)) return text
  const others = withoutLine(text)
  return `${others}${others === "" || others.endsWith("\n") ? "" : "\n"}${line}\n`
}

/** Puts the script where the shell reads it. Throws `NotOurs`, and what the file system throws. */
export const putScript = ({ script, start }: Installation, text: string): ReadonlyArray<FileChange> => {
  const before = textIn(script)
  if (before !== undefined && !isOurs(before)) throw new NotOurs(script)
  return [
    put(script, text),
    ...start === undefined ? [] : [put(start.file, withLine(textIn(start.file) ?? "", start.line))]
  ]
}

/** Takes it away again, and the line that reads it. */
export const removeScript = ({ script, start }: Installation): ReadonlyArray<FileChange> => {
  const before = textIn(script)
  if (before !== undefined && !isOurs(before)) throw new NotOurs(script)
  const rest = start === undefined ? undefined : textIn(start.file)
  // The line first: without the script it would fail.
  const line: ReadonlyArray<FileChange> = start === undefined || rest === undefined
    ? []
    : [{ ...put(start.file, withoutLine(rest)), ...withoutLine(rest) === rest ? {} : { change: "removed" } }]
  rmSync(script, { force: true })
  return [...line, { path: script, change: before === undefined ? "absent" : "removed" }]
}

/** Whether the script is there as it is to be, and read. */
export const isInstalled = ({ script, start }: Installation, text: string): boolean =>
  textIn(script) === text && (start === undefined || (textIn(start.file) ?? "").split("\n").includes(start.line))
