import { editDistance } from "@todo/domain/text/EditDistance"

/** Variables that others read: Node, Effect, and the client. */
const ofOthers = [
  "MALLOC_ARENA_MAX",
  "NODE_ENV",
  "OTEL_EXPORTER_OTLP_HEADERS",
  "OTEL_RESOURCE_ATTRIBUTES",
  "OTEL_SDK_DISABLED",
  "OTEL_SERVICE_NAME",
  "TODO_ACCOUNT",
  "TODO_API_URL",
  "TODO_CONFIG_DIR",
  "TODO_DEBUG",
  "TODO_KEYRING",
  "TODO_TIMEOUT",
  "TODO_TOKEN",
  "UV_THREADPOOL_SIZE"
]

/** A variable that is set to no effect, and the setting that may be meant. */
interface Misspelling {
  readonly variable: string
  readonly meant: string
}

/**
 * Finds names among those that are set which are nearly that of a setting that is not. A setting that is set is not what
 * another variable was meant to be, and a short name is like too many others.
 */
export const misspellings = (
  isSet: ReadonlyArray<string>,
  settings: ReadonlyArray<string>
): ReadonlyArray<Misspelling> => {
  const known = new Set([...settings, ...ofOthers])
  const missing = settings.filter((name) => !isSet.includes(name))
  return isSet.filter((name) => !known.has(name)).flatMap((variable) =>
    missing.filter((name) => isNear(variable.toUpperCase(), name)).slice(0, 1).map((meant) => ({ variable, meant }))
  )
}

/** One slip for each five letters. */
const isNear = (text: string, name: string) => {
  const slips = Math.floor(name.length / 5)
  return slips > 0 && Math.abs(text.length - name.length) <= slips && editDistance(text, name) <= slips
}
