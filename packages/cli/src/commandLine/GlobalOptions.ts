import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings"
import type { GlobalOptions } from "../Settings.ts"

/**
 * The options as commander wants them, made anew for each command: a command reads its own options only, so that the
 * value of another option is never taken for one of them.
 */
export const globalOptions = (): ReadonlyArray<Option> => [
  new Option("--json", "print one JSON value, of the same shape as the API's"),
  new Option("-q, --quiet", "print numbers or ids only"),
  new Option("--api-url <url>", "the service to use (or set TODO_API_URL)"),
  new Option("--no-input", "never ask"),
  new Option("--no-color", "print without colors (or set NO_COLOR)")
]

/** What was given to a command and to those above it; the nearest address counts. */
export const globalOptionsOf = (command: CommandUnknownOpts): GlobalOptions => {
  const levels: Array<Readonly<Record<string, unknown>>> = []
  for (let level: CommandUnknownOpts | null = command; level !== null; level = level.parent) levels.push(level.opts())
  const isGiven = (name: string) => levels.some((options) => options[name] === true)
  const isLeft = (name: string) => levels.every((options) => options[name] !== false)
  if (isGiven("json") && isGiven("quiet")) {
    command.error("option '--json' cannot be used with option '-q, --quiet'", { code: "commander.conflictingOption" })
  }
  return {
    json: isGiven("json"),
    quiet: isGiven("quiet"),
    apiUrl: levels.map(({ apiUrl }) => apiUrl).find((url) => typeof url === "string"),
    input: isLeft("input"),
    color: isLeft("color")
  }
}
