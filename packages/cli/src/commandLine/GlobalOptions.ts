import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings"
import type { GlobalOptions } from "../Settings.ts"

/**
 * The options that every command takes. Each has them as its own: a command reads its own options only, so that the value of
 * another option is never taken for one of them.
 */
export const globalOptions: ReadonlyArray<Option> = [
  new Option("--json", "print one JSON value, of the same shape as the API's"),
  new Option("--ndjson", "print one line of JSON for each thing"),
  new Option("--fields <names>", "print these members alone: number,title,due.date"),
  new Option("--template <text>", "print a line for each thing: {{number}} {{title}}"),
  new Option("-q, --quiet", "print numbers or ids only"),
  new Option("--api-url <url>", "the service to use (or set TODO_API_URL)"),
  new Option("--account <name>", "the account to use (or set TODO_ACCOUNT)"),
  new Option("--no-input", "never ask"),
  new Option("--no-queue", "fail where the service is away, and queue nothing"),
  new Option("--no-color", "print without colors (or set NO_COLOR)"),
  new Option("--no-pager", "print what is longer than the screen as it is")
]

/** Refuses what says how results are printed where all of them are a file: the format of an option, or else one of JSON. */
export const refuseFormats = (command: CommandUnknownOpts, format: string | undefined): void => {
  const { fields, json, ndjson, template } = globalOptionsOf(command)
  const given = Object.entries({ json: json && format !== undefined, ndjson, fields, template })
  const other = given.find(([, value]) => value !== undefined && value !== false)?.[0]
  if (other === undefined) return
  const message = format === undefined
    ? `option '--${other}' says nothing of an export, which is JSON`
    : `option '--${format}' cannot be used with option '--${other}'`
  command.error(message, { code: "commander.conflictingOption" })
}

/** What was given to a command and to those above it; the nearest address counts. */
export const globalOptionsOf = (command: CommandUnknownOpts): GlobalOptions => {
  const levels: Array<Readonly<Record<string, unknown>>> = []
  for (let level: CommandUnknownOpts | null = command; level !== null; level = level.parent) levels.push(level.opts())
  const isGiven = (name: string) => levels.some((options) => options[name] === true)
  const isLeft = (name: string) => levels.every((options) => options[name] !== false)
  const textOf = (name: string) => levels.map((options) => options[name]).find((text) => typeof text === "string")
  const formats = ["--json", "--ndjson", "--fields", "--template"].filter((flag) =>
    isGiven(flag.slice(2)) || textOf(flag.slice(2)) !== undefined
  )
  const refuse = (one: string, other: string) =>
    command.error(`option '${one}' cannot be used with option '${other}'`, { code: "commander.conflictingOption" })
  if (isGiven("quiet") && formats.length > 0) refuse(formats[0]!, "-q, --quiet")
  if (formats.length > 1 && formats.includes("--template")) refuse(formats[0]!, "--template <text>")
  if (isGiven("json") && isGiven("ndjson")) refuse("--json", "--ndjson")
  return {
    json: isGiven("json"),
    quiet: isGiven("quiet"),
    apiUrl: textOf("apiUrl"),
    account: textOf("account"),
    ndjson: isGiven("ndjson"),
    fields: textOf("fields"),
    template: textOf("template"),
    input: isLeft("input"),
    color: isLeft("color"),
    pager: isLeft("pager"),
    queue: isLeft("queue")
  }
}
