import type { GlobalOptions } from "../Settings.ts"
import type { Config } from "./ConfigKeys.ts"

type Environment = Readonly<Record<string, string | undefined>>

const isSet = (value: string | undefined): boolean => value !== undefined && value !== ""

/** The environment with what is configured where it says nothing. */
export const configuredEnvironment = (
  env: Environment,
  { apiUrl, color, pager, timeout, words }: Config
): Environment => {
  const isColorSaid = isSet(env.NO_COLOR) || isSet(env.FORCE_COLOR)
  const otherwise: Environment = {
    TODO_API_URL: apiUrl,
    TODO_TIMEOUT: timeout === undefined ? undefined : String(timeout),
    TODO_WORDS: words === undefined ? undefined : words ? "on" : "off",
    NO_COLOR: !isColorSaid && color === "never" ? "1" : undefined,
    FORCE_COLOR: !isColorSaid && color === "always" ? "1" : undefined
  }
  const added = Object.entries(otherwise).filter(([name, value]) => value !== undefined && !isSet(env[name]))
  return {
    ...env,
    ...Object.fromEntries(added),
    // Said to be none counts, too.
    ...pager !== undefined && env.TODO_PAGER === undefined ? { TODO_PAGER: pager } : {}
  }
}

/** The options with the format that is configured where none of them says one. */
export const configuredOptions = (options: GlobalOptions, { format }: Config): GlobalOptions => {
  const { fields, json, ndjson, quiet, template } = options
  const isSaid = json || ndjson || quiet || fields !== undefined || template !== undefined
  return isSaid || format === undefined || format === "text" ? options : { ...options, [format]: true }
}
