import type { Config, ConfigKey, ConfigValue } from "./ConfigKeys.ts"
import { valueAt } from "./ConfigKeys.ts"

/** What counts for a key, and who says so. */
export interface EffectiveValue {
  readonly key: string
  readonly value: ConfigValue | null
  /** The variable, `config`, or `default`. */
  readonly source: string
}

/** What counts: the environment before the file, and that before what holds by itself. */
export const effectiveValue = (
  key: string,
  { otherwise, variables }: ConfigKey,
  config: Config,
  env: Readonly<Record<string, string | undefined>>
): EffectiveValue => {
  const variable = variables.find((name) => (env[name] ?? "") !== "")
  if (variable !== undefined) {
    const value = variable === "NO_COLOR" ? "never" : variable === "FORCE_COLOR" ? "always" : env[variable]!
    return { key, value, source: variable }
  }
  const configured = valueAt(config, key)
  return configured === undefined
    ? { key, value: otherwise, source: "default" }
    : { key, value: configured, source: "config" }
}

/** A value as it is typed. */
export const shownValue = (value: ConfigValue | null): string =>
  value === true ? "on" : value === false ? "off" : value === null ? "" : String(value)
