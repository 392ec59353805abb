import { ExitCode } from "./ExitCode.ts"

/** What a user or a script learns about a failure. */
export interface FailureReport {
  readonly exitCode: ExitCode
  /** Machine-readable: the service's `code`, or one of the client's own. */
  readonly code: string
  readonly message: string
  /** The HTTP status; null when there was no answer. */
  readonly status: number | null
  /** Of a write of which nobody knows whether it was done: with this key it may be run again. */
  readonly idempotencyKey?: string
  /** Of a text that cannot be read: where the word stands, and what may stand there. */
  readonly place?: {
    readonly parameter: string
    readonly position: number
    readonly expected: string
    readonly didYouMean?: string
  }
  /** What to do next, a line each; for people only. */
  readonly hints: ReadonlyArray<string>
}

/** What nobody thought of: a line for the user, and a way to learn more. */
export const unexpected = (error: unknown): FailureReport => ({
  exitCode: ExitCode.unexpected,
  code: "unexpected",
  message: `Something unexpected happened: ${error instanceof Error ? error.message : String(error)}`,
  status: null,
  hints: ["TODO_DEBUG=1 shows more."]
})
