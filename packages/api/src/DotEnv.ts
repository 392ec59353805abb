import { Effect, FileSystem, Schema } from "effect"
import { getSystemErrorMessage } from "node:util"

/** There is a file `.env`, and what it says cannot be known. */
export class DotEnvUnreadable extends Schema.TaggedError<DotEnvUnreadable>()("DotEnvUnreadable", {
  message: Schema.String
}) {}

/**
 * What the file `.env` of the working directory says; nothing where there is none. Fails where it cannot be read: a
 * service that went on without it would keep its tasks somewhere else.
 */
export const readDotEnv = Effect.gen(function*() {
  const files = yield* FileSystem.FileSystem
  return yield* files.readFileString(".env").pipe(
    Effect.catch(({ reason }) =>
      reason._tag === "NotFound"
        ? Effect.succeed("")
        : Effect.fail(new DotEnvUnreadable({ message: `.env cannot be read: ${obstacleOf(reason.cause)}` }))
    )
  )
})

const obstacleOf = (cause: unknown): string => {
  if (!(cause instanceof Error) || !("errno" in cause) || typeof cause.errno !== "number") return String(cause)
  // Docker makes a folder where a file to mount is missing.
  return "code" in cause && cause.code === "EISDIR" ? "is a directory" : getSystemErrorMessage(cause.errno)
}

/** The variables that have a value; an empty one counts as absent. */
export const withValues = (variables: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).filter((entry): entry is [string, string] => !!entry[1]))

/** An assignment as Effect's provider takes it, whose value may go over several lines in quotes. */
const assignment =
  /^\s*(?:export\s+)?[\w.-]+(?:\s*=\s*?|:\s+?)(?:\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$/gm

/** The numbers of the lines that set nothing, although they are neither blank nor a comment. */
export const linesWithoutEffect = (dotEnv: string): ReadonlyArray<number> =>
  dotEnv
    .replace(/\r\n?/g, "\n")
    .replace(assignment, (text) => text.replace(/[^\n]+/g, ""))
    .split("\n")
    .flatMap((line, index) => /^\s*(?:#|$)/.test(line) ? [] : [index + 1])
