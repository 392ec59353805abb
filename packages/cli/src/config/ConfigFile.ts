import { join } from "node:path"
import { peekPrivateFile } from "../client/PrivateFile.ts"
import { suggestion } from "../commandLine/Suggestion.ts"
import { aliasIn, type Config, configKeys, isAliasName } from "./ConfigKeys.ts"

/** What is wrong with the file, and where. */
export class ConfigProblem extends Error {
  readonly hints: ReadonlyArray<string>
  constructor(message: string, ...hints: ReadonlyArray<string>) {
    super(message)
    this.hints = hints
  }
}

export const configFileIn = (configDirectory: string): string => join(configDirectory, "config.json")

/** The line that a place in a text is in, from 1 on. */
const lineAt = (text: string, at: number): number => text.slice(0, at).split("\n").length

/** The line of a key: each of its parts stands behind the one before. */
const lineOf = (text: string, parts: ReadonlyArray<string>): number => {
  let at = 0
  for (const part of parts) at = Math.max(at, text.indexOf(`${JSON.stringify(part)}`, at))
  return lineAt(text, at)
}

/** Where Node says that JSON ends to be JSON. */
const brokenLine = (text: string, message: string): number => {
  const [, position] = /at position (\d+)/.exec(message) ?? []
  return lineAt(text, position === undefined ? text.length : Number(position))
}

const parsed = (path: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new ConfigProblem(
      `${path}:${brokenLine(text, error instanceof Error ? error.message : "")}: it is no JSON`,
      "Mend it by hand, or remove it to begin anew."
    )
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

const groups = ["list", "aliases"]

/** A value, and the key with the group that it is in. */
type Entry = readonly [parts: ReadonlyArray<string>, value: unknown]

/** What a value of the file has. */
const entriesOf = (
  path: string,
  text: string,
  value: unknown
): ReadonlyArray<Entry> => {
  if (!isRecord(value)) throw new ConfigProblem(`${path}:1: it is no JSON object`)
  return Object.entries(value).flatMap(([key, member]): ReadonlyArray<Entry> => {
    if (!groups.includes(key)) return [[[key], member]]
    if (!isRecord(member)) throw new ConfigProblem(`${path}:${lineOf(text, [key])}: ${key} is no JSON object`)
    return Object.entries(member).map(([name, value]) => [[key, name], value])
  })
}

/** What is wrong with a value for a key; undefined where nothing is. */
export const objectionTo = (
  key: string,
  value: unknown
): { readonly message: string; readonly hint?: string } | undefined => {
  const alias = aliasIn(key)
  if (alias !== undefined) {
    if (!isAliasName(alias)) return { message: `${JSON.stringify(alias)} cannot be the name of an alias` }
    return typeof value === "string" && value.trim() !== "" ? undefined : { message: `${key} takes a command line` }
  }
  const known = Object.hasOwn(configKeys, key) ? configKeys[key] : undefined
  if (known === undefined) {
    const hint = suggestion(key, Object.keys(configKeys))
    return { message: `There is no key ${JSON.stringify(key)}`, ...hint === undefined ? {} : { hint } }
  }
  return known.accepts(value) ? undefined : { message: `${key} takes ${known.takes}, and not ${JSON.stringify(value)}` }
}

const unknownKeyHint = "`todo config list` has all keys."

/** What is kept of it; nothing where there is no file. Throws `ConfigProblem`, and what the file system throws. */
export const readConfig = (configDirectory: string): Config => {
  const path = configFileIn(configDirectory)
  const text = peekPrivateFile(path)
  if (text === undefined) return {}
  const value = parsed(path, text)
  for (const [parts, member] of entriesOf(path, text, value)) {
    const objection = objectionTo(parts.join("."), member)
    if (objection === undefined) continue
    const { hint = unknownKeyHint, message } = objection
    throw new ConfigProblem(`${path}:${lineOf(text, parts)}: ${message}`, hint)
  }
  return value as Config
}
