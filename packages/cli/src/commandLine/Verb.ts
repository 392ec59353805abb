import type { Command } from "@commander-js/extra-typings"
import type { Effect } from "effect"
import type { HttpClient } from "effect/http"
import type { ApiClient } from "../client/ApiClient.ts"
import type { AuthClient } from "../client/AuthClient.ts"
import type { Credentials } from "../client/Credentials.ts"
import type { ApiError } from "../client/HttpFailure.ts"
import type { Offline } from "../offline/Offline.ts"
import type { AlreadyReported } from "../refs/ForEach.ts"
import type { Settings } from "../Settings.ts"
import type { Output } from "../terminal/Output.ts"

/** What verbs are made of. */
export type VerbServices = Settings | Output | Credentials | AuthClient | ApiClient | Offline | HttpClient.HttpClient

/** What a verb may fail with. */
export type VerbError = ApiError | AlreadyReported

/** Hands what was read from a command line to the `run` of the same file. */
export type Dispatch<Run extends (input: never) => unknown> = (input: Parameters<Run>[0]) => Promise<void>

/**
 * What the file of a verb exports. `run` comes last: what is above it is loaded for `--help`, and from there on the rest
 * only when the verb runs (`scripts/bundle.ts`).
 */
export interface Verb {
  /** Adds the command with its arguments, options, help and examples to the one that it stands below. */
  readonly command: (parent: Command, dispatch: (input: unknown) => Promise<void>) => unknown
  /** What to know where the result cannot be written. */
  readonly hintsOnLostResult: ReadonlyArray<string>
  /** Does the work, and prints the result. */
  readonly run: (input: never) => Effect.Effect<void, VerbError, VerbServices>
}

/** The hints of a verb that has changed something when it prints its result, and whose result tells nothing else. */
export const changesAreMade: ReadonlyArray<string> = ["What the command does has been done."]
