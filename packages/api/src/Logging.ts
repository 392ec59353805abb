import { Effect, Layer, Logger, References } from "effect"
import { AppConfig } from "./Config.ts"

let lines = ""
const flush = () => {
  const text = lines
  lines = ""
  if (text !== "") process.stderr.write(text)
}
process.on("exit", flush)

/**
 * Writes lines to stderr, those of one turn of the event loop together: under
 * load a write for each was a ninth of what a request costs.
 */
const toStderr = (format: Logger.Logger<unknown, string>) =>
  Logger.map(format, (line) => {
    if (lines === "") setImmediate(flush)
    lines += `${line}\n`
  })

/** Logs to stderr, as `LOG_LEVEL` and `LOG_FORMAT` say. */
export const layer = Layer.unwrap(Effect.map(AppConfig, ({ logFormat, logLevel }) => {
  const formats = {
    pretty: toStderr(Logger.formatSimple),
    json: toStderr(Logger.formatJson),
    logfmt: toStderr(Logger.formatLogFmt)
  }
  return Layer.mergeAll(
    Logger.layer([formats[logFormat]]),
    Layer.succeed(References.MinimumLogLevel, logLevel)
  )
}))
