import { Effect, Layer, Logger, References } from "effect"
import { AppConfig } from "./Config.ts"

/** Logs to stderr, as `LOG_LEVEL` and `LOG_FORMAT` say. */
export const layer = Layer.unwrap(Effect.map(AppConfig, ({ logFormat, logLevel }) => {
  const formats = {
    pretty: Logger.withConsoleError(Logger.formatSimple),
    json: Logger.withConsoleError(Logger.formatJson),
    logfmt: Logger.withConsoleError(Logger.formatLogFmt)
  }
  return Layer.mergeAll(
    Logger.layer([formats[logFormat]]),
    Layer.succeed(References.MinimumLogLevel, logLevel)
  )
}))
