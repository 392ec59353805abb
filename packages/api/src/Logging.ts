import { Effect, Formatter, Layer, Logger, References } from "effect"
import { AppConfig } from "./Config.ts"

let lines = ""
const flush = () => {
  const text = lines
  lines = ""
  if (text !== "") process.stderr.write(text)
}
process.on("exit", flush)

/** How long a line may wait for others, and how much of them is written at once. */
const flushMillis = 20
const flushLength = 32_768

/** Writes lines to stderr, some together: under load a write for each was a ninth of what a request costs. */
const toStderr = (format: Logger.Logger<unknown, string>) =>
  Logger.map(format, (line) => {
    if (lines === "") setTimeout(flush, flushMillis)
    lines += `${line}\n`
    if (lines.length >= flushLength) flush()
  })

/**
 * As `Logger.formatJson` writes it, which looks for cycles and errors at every step: a line that
 * has a text and nothing else, such as that of a request, takes half the time without.
 */
const formatJson = Logger.map(
  Logger.formatStructured,
  (line) =>
    typeof line.message === "string" && line.cause === undefined ? JSON.stringify(line) : Formatter.formatJson(line)
)

/** Logs to stderr, as `LOG_LEVEL` and `LOG_FORMAT` say. */
export const layer = Layer.unwrap(Effect.map(AppConfig, ({ logFormat, logLevel }) => {
  const formats = {
    pretty: toStderr(Logger.formatSimple),
    json: toStderr(formatJson),
    logfmt: toStderr(Logger.formatLogFmt)
  }
  return Layer.mergeAll(
    Logger.layer([formats[logFormat]]),
    Layer.succeed(References.MinimumLogLevel, logLevel)
  )
}))
