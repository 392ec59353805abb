import { Effect, Layer, Logger, LogLevel, References } from "effect"
import { AppConfig } from "./Config.ts"
import { type RequestLine, RequestLog } from "./RequestLog.ts"
import { terminalLog } from "./TerminalLog.ts"

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

/** Writes a line to stderr, some together: under load a write for each costs much of what a request does (docs/adr/0017). */
const write = (line: string) => {
  if (lines === "") setTimeout(flush, flushMillis)
  lines += `${line}\n`
  if (lines.length >= flushLength) flush()
}

const toStderr = (format: Logger.Logger<unknown, string>) => Logger.map(format, write)

/** Writes the lines of requests past Effect's loggers, as `format` makes them. */
const requestLog = (least: LogLevel.LogLevel, format: (line: RequestLine) => string) => (line: RequestLine) => {
  if (LogLevel.isGreaterThanOrEqualTo(line.level, least)) write(format(line))
  return Effect.void
}

/** The same line as `Logger.formatJson` makes, at a fraction of its cost (docs/adr/0017). */
const requestJson = ({ annotations, fiber, level, message }: RequestLine) =>
  JSON.stringify({
    message,
    level: level.toUpperCase(),
    timestamp: new Date().toISOString(),
    annotations,
    spans: {},
    fiberId: `#${fiber}`
  })

/** Logs to stderr, as `LOG_LEVEL` and `LOG_FORMAT` say. */
export const layer = Layer.unwrap(Effect.map(AppConfig, ({ logFormat, logLevel }) => {
  const terminal = terminalLog(process.stderr.isTTY && process.stderr.hasColors())
  const formats = {
    pretty: [toStderr(terminal.logger), Layer.succeed(RequestLog, requestLog(logLevel, terminal.request))],
    json: [toStderr(Logger.formatJson), Layer.succeed(RequestLog, requestLog(logLevel, requestJson))],
    logfmt: [toStderr(Logger.formatLogFmt), Layer.empty]
  } as const
  const [logger, requests] = formats[logFormat]
  return Layer.mergeAll(Logger.layer([logger]), Layer.succeed(References.MinimumLogLevel, logLevel), requests)
}))
