import { Context, Effect } from "effect"

/** What the log says of a request. */
export interface RequestLine {
  readonly level: "Info" | "Debug"
  readonly message: string
  readonly annotations: Readonly<Record<string, unknown>>
  /** The fiber that answered it. */
  readonly fiber: number
}

/** Writes the line of a request: through Effect's loggers, where `layer` does not say otherwise. */
export const RequestLog = Context.Reference<(line: RequestLine) => Effect.Effect<void>>("todo/api/RequestLog", {
  defaultValue: () => ({ annotations, level, message }) =>
    Effect.annotateLogs(level === "Info" ? Effect.logInfo(message) : Effect.logDebug(message), annotations)
})
