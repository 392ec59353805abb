import { Cause, Formatter, Logger, References } from "effect"
import { styleText } from "node:util"
import type { RequestLine } from "./RequestLog.ts"

type Style = "dim" | "yellow" | "red"

const styles: Readonly<Record<string, Style>> = { Warn: "yellow", Error: "red", Fatal: "red" }

/** The time of day where the service runs. */
const timeOf = (date: Date) => date.toTimeString().slice(0, 8)

const textOf = (value: unknown): string => typeof value === "string" ? value : Formatter.format(value)

/** The value of a fact: what could be taken for something else stands in quotes. */
const valueOf = (value: unknown): string => {
  const text = textOf(value)
  return /^[^\s"=\p{C}]+$/u.test(text) ? text : JSON.stringify(text)
}

/**
 * The log for somebody who reads along: the time of day, and in as few words as can be what happened. The id of a
 * request stands only where it may be looked for, with what went wrong.
 */
export const terminalLog = (color: boolean) => {
  const paint = (style: Style, text: string) => color ? styleText(style, text, { validateStream: false }) : text
  return {
    /** `14:23:28 GET /device 200 6 ms` */
    request: ({ annotations: { durationMs, method, requestId, route, status } }: RequestLine): string => {
      const failed = typeof status === "number" && status >= 400
      const line = `${timeOf(new Date())} ${method} ${route} ${status} ${durationMs} ms`
      return failed ? `${paint("dim", line)} ${requestId}` : paint("dim", line)
    },
    logger: Logger.make<unknown, string>(({ cause, date, fiber, logLevel, message }) => {
      const style = styles[logLevel]
      const facts = Object.entries(fiber.getRef(References.CurrentLogAnnotations))
        .filter(([name]) => style !== undefined || name !== "requestId")
        .map(([name, value]) => ` ${name}=${valueOf(value)}`)
        .join("")
      const level = logLevel === "Info" ? "" : `${logLevel.toUpperCase()} `
      const text = `${level}${(Array.isArray(message) ? message : [message]).map(textOf).join(" ")}`
      return [
        `${paint("dim", timeOf(date))} ${style === undefined ? text : paint(style, text)}${paint("dim", facts)}`,
        ...(cause.reasons.length > 0 ? [Cause.pretty(cause)] : [])
      ].join("\n")
    })
  }
}
