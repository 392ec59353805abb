/** What of \`todo\` somebody has set for this machine. */
export interface Config {
  readonly apiUrl?: string
  readonly timeout?: number
  readonly words?: boolean
  readonly pager?: string
  readonly color?: "auto" | "always" | "never"
  readonly format?: "text" | "json" | "ndjson"
  readonly list?: { readonly sort?: string; readonly limit?: number }
  readonly aliases?: Readonly<Record<string, string>>
}

/** A value of the file. */
export type ConfigValue = string | number | boolean

/** A key: what it is about, and what it takes. */
export interface ConfigKey {
  readonly about: string
  /** What a value of it is, in words. */
  readonly takes: string
  readonly accepts: (value: unknown) => boolean
  /** A value as somebody types it. */
  readonly typed: (text: string) => unknown
  /** What holds where nothing is said. */
  readonly otherwise: ConfigValue | null
  /** The variables that go before it. */
  readonly variables: ReadonlyArray<string>
}

const oneOf = (...choices: ReadonlyArray<string>) => ({
  takes: choices.join(", "),
  accepts: (value: unknown) => typeof value === "string" && choices.includes(value),
  typed: (text: string) => text
})

const isAddress = (value: unknown): boolean => {
  if (typeof value !== "string" || !URL.canParse(value)) return false
  const { hash, password, protocol, search, username } = new URL(value)
  return /^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === "")
}

const booleans: Readonly<Record<string, boolean>> = { on: true, true: true, off: false, false: false }
const numberOf = (text: string): unknown => /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : text
const isText = (value: unknown): boolean => typeof value === "string" && value.trim() !== "" && !value.includes("\n")

/** All keys but those of aliases. */
export const configKeys: Readonly<Record<string, ConfigKey>> = {
  apiUrl: {
    about: "the service to use",
    takes: "an http or https URL",
    accepts: isAddress,
    typed: (text) => text,
    otherwise: null,
    variables: ["TODO_API_URL"]
  },
  timeout: {
    about: "seconds to wait for an answer",
    takes: "a number above 0 and up to 3600",
    accepts: (value) => typeof value === "number" && value > 0 && value <= 3600,
    typed: numberOf,
    otherwise: 30,
    variables: ["TODO_TIMEOUT"]
  },
  words: {
    about: "whether todo add reads dates in titles",
    takes: "on, off",
    accepts: (value) => typeof value === "boolean",
    typed: (text) => booleans[text] ?? text,
    otherwise: true,
    variables: ["TODO_WORDS"]
  },
  pager: {
    about: "what shows lists that are longer than the screen; cat is none",
    takes: "a command line",
    accepts: isText,
    typed: (text) => text,
    otherwise: "less",
    variables: ["TODO_PAGER"]
  },
  color: {
    about: "when there are colors",
    ...oneOf("auto", "always", "never"),
    otherwise: "auto",
    variables: ["NO_COLOR", "FORCE_COLOR"]
  },
  format: { about: "how results are printed", ...oneOf("text", "json", "ndjson"), otherwise: "text", variables: [] },
  "list.sort": {
    about: "how todo list is in order where nothing else is said",
    takes: "keys such as due,priority",
    accepts: (value) => typeof value === "string" && /^-?[a-z]+(?:,-?[a-z]+)*$/.test(value),
    typed: (text) => text,
    otherwise: null,
    variables: []
  },
  "list.limit": {
    about: "how many tasks todo list has at the most",
    takes: "a whole number above 0",
    accepts: (value) => Number.isSafeInteger(value) && Number(value) > 0,
    typed: numberOf,
    otherwise: null,
    variables: []
  }
}

/** What the account keeps, for all its clients; the names that people have for it, and that of the service. */
export const accountKeys = {
  zone: "timeZone",
  timeZone: "timeZone",
  week: "weekStart",
  weekStart: "weekStart",
  dateOrder: "dateOrder",
  language: "language",
  dayEndsAt: "dayEndsAt",
  newTasks: "newTasks"
} as const

/** One name of each. */
export const listedAccountKeys = ["zone", "week", "dateOrder", "language", "dayEndsAt", "newTasks"] as const

export const isAccountKey = (key: string): key is keyof typeof accountKeys => Object.hasOwn(accountKeys, key)

/** The name of an alias that a key is about; undefined where it is about none. */
export const aliasIn = (key: string): string | undefined => /^aliases\.(.+)$/s.exec(key)?.[1]

/** What the name of an alias may be: a word that is no option. */
export const isAliasName = (name: string): boolean => /^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u.test(name)

/** What is kept for a key. */
export const valueAt = (config: Config, key: string): ConfigValue | undefined => {
  const alias = aliasIn(key)
  const { aliases = {}, list, ...top } = config
  if (alias !== undefined) return Object.hasOwn(aliases, alias) ? aliases[alias] : undefined
  const [, ofList] = /^list\.(\w+)$/.exec(key) ?? []
  return ofList === undefined ? top[key as keyof typeof top] : list?.[ofList as "sort"]
}

/** The same with another value there; undefined removes it. */
export const withValue = (config: Config, key: string, value: unknown): Config => {
  const [first = "", ...rest] = key.split(".")
  if (rest.length === 0) return without({ ...config, [first]: value })
  const group: Readonly<Record<string, unknown>> = config[first as "list"] ?? {}
  const changed = without({ ...group, [rest.join(".")]: value })
  return without({ ...config, [first]: Object.keys(changed).length === 0 ? undefined : changed })
}

const without = (members: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
