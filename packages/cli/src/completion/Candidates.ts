import { quoted as quotedInFilter, written } from "@todo/domain/filter/Words"
import { quoted as quotedInTitle } from "@todo/domain/words/Quotes"
import type { CachedTask, CachedValues } from "./CachedValues.ts"
import type { CompletedCommand, CompletedOption } from "./CommandTree.ts"
import {
  dayWords,
  filterWords,
  knownMembers,
  knownScopes,
  knownSortKeys,
  knownValues,
  statesOf,
  type ValueKind
} from "./KnownValues.ts"
import type { Place } from "./Place.ts"
import { shells } from "./Shells.ts"

/** One of the values that may stand at a place. */
export interface Candidate {
  readonly value: string
  /** What it is. */
  readonly about: string
  /** Whether more of the same word comes behind it. */
  readonly goesOn?: true
}

/** What may stand at a place, and whether files may. */
export interface Candidates {
  readonly values: ReadonlyArray<Candidate>
  readonly files: boolean
}

/** What is known besides the tree of commands. */
export interface Known {
  readonly cached: CachedValues | undefined
  readonly configKeys: ReadonlyArray<Candidate>
  readonly aliases: ReadonlyArray<Candidate>
}

const plain = (values: ReadonlyArray<string> = []): ReadonlyArray<Candidate> =>
  values.map((value) => ({ value, about: "" }))

const numbers = (tasks: ReadonlyArray<CachedTask> = []): ReadonlyArray<Candidate> =>
  tasks.map(({ number, title }) => ({ value: String(number), about: title }))

const commandsOf = ({ commands }: CompletedCommand): ReadonlyArray<Candidate> =>
  commands.filter(({ isShown }) => isShown).map(({ about, names }) => ({ value: names[0], about }))

const isGivenOnce = ({ value }: CompletedOption): boolean => value === undefined

const optionsOf = ({ command, given }: Place): ReadonlyArray<Candidate> =>
  command.options
    .filter((option) => option.isShown && !(given.has(option) && isGivenOnce(option)))
    .map(({ about, flags }) => ({ value: flags[0]!, about }))

const kindOf = ({ command, expected }: Place): ValueKind => {
  if (expected === undefined) return "free"
  const isOfHelp = expected.isArgument && command.names.includes("help")
  return expected.name === "command" && !isOfHelp ? "free" : knownValues[expected.name] ?? "free"
}

/** Values for the last part of a word that has several, which `head` comes before. */
const behind = (head: string, values: ReadonlyArray<Candidate>): ReadonlyArray<Candidate> =>
  values.map(({ value, ...candidate }) => ({ ...candidate, value: head + value }))

const headOf = (text: string, end: RegExp): string => text.slice(0, text.search(end))

const tasksOf = (command: CompletedCommand, cached: CachedValues | undefined) => {
  if (cached === undefined) return []
  switch (statesOf[command.path]) {
    case "any":
      return numbers([...cached.open, ...cached.done])
    case "done":
      return numbers(cached.done)
    case "trashed":
      return numbers(cached.trashed)
    default:
      return numbers(cached.open)
  }
}

const projectsOf = (command: CompletedCommand, cached: CachedValues | undefined) => {
  const state = statesOf[command.path]
  const { archived = [], projects = [] } = cached ?? {}
  return plain(state === "archived" ? archived : state === "any" ? [...projects, ...archived] : projects)
}

/** The terms of a filter; the last of them is being typed. */
const filterTerms = (text: string, cached: CachedValues | undefined): ReadonlyArray<Candidate> => {
  const head = headOf(text, /(?:in:=?)?(?:"[^"]*|[^\s()"]*)$/)
  const term = text.slice(head.length)
  const sign = /^in:=?/.exec(term)?.[0]
  if (sign !== undefined) {
    return behind(head + sign, plain(cached?.projects.map((path) => written(path, ["inbox"]))))
  }
  if (term.startsWith("@")) return behind(`${head}@`, plain(cached?.tags.map(tagInFilter)))
  return behind(
    head,
    filterWords.map((value) => ({ value, about: "", ...value.endsWith(":") ? { goesOn: true } : {} }))
  )
}

const tagInFilter = (tag: string): string => tag.includes("*") ? quotedInFilter(tag) : written(tag)

const plainName = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_/-]*$/u
const nameInTitle = (name: string): string => plainName.test(name) && !/^\d+$/.test(name) ? name : quotedInTitle(name)

/** The `#project` and `@tag` of a title. */
const titleParts = (text: string, cached: CachedValues | undefined): ReadonlyArray<Candidate> => {
  const [, head = "", sign] = /^(|.*\s)([#@])(?:"[^"]*|\S*)$/s.exec(text) ?? []
  if (sign === undefined || cached === undefined) return []
  return behind(head + sign, plain((sign === "#" ? cached.projects : cached.tags).map(nameInTitle)))
}

const zones = (): ReadonlyArray<string> => Intl.supportedValuesOf("timeZone")

const valuesOf = (kind: ValueKind, place: Place, root: CompletedCommand, known: Known): ReadonlyArray<Candidate> => {
  const { command, text } = place
  const { cached } = known
  switch (kind) {
    case "task":
      return behind(headOf(text, /[^,]*$/), tasksOf(command, cached))
    case "project":
      return projectsOf(command, cached)
    case "tag":
      return text.startsWith("@") ? behind("@", plain(cached?.tags)) : plain(cached?.tags)
    case "view":
      return plain(cached?.views)
    case "filter":
      return filterTerms(text, cached)
    case "title":
      return titleParts(text, cached)
    case "sortKeys":
      return behind(headOf(text, /[^,-]*$/), plain(knownSortKeys))
    case "members":
      return behind(headOf(text, /[^,]*$/), plain(knownMembers))
    case "scope":
      return plain(knownScopes)
    case "zone":
      return plain(zones())
    case "day":
      return plain(dayWords)
    case "shell":
      return plain(shells)
    case "configKey":
      return known.configKeys
    case "commands":
      return commandsOf(root)
    case "file":
    case "free":
      return []
  }
}

/** What may stand at a place, of whatever begins as it was typed. */
export const candidatesAt = (place: Place, root: CompletedCommand, known: Known): Candidates => {
  const { command, expected, head, takesCommands, takesOptions, text } = place
  const kind = kindOf(place)
  const choices = expected?.choices
  // The value of an option may begin with a dash, and an argument only behind --.
  const isTakenForOption = ({ value }: Candidate) =>
    expected?.isArgument === true && takesOptions && value.startsWith("-")
  const all = [
    ...takesCommands && command.commands.length > 0 ? commandsOf(command) : [],
    ...takesCommands && command === root ? known.aliases : [],
    ...(choices === undefined ? valuesOf(kind, place, root, known) : plain(choices))
      .filter((one) => !isTakenForOption(one)),
    ...takesOptions && text.startsWith("-") ? optionsOf(place) : []
  ]
  return { values: behind(head, all.filter(({ value }) => value.startsWith(text))), files: kind === "file" }
}
