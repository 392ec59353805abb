import { Effect } from "effect"
import type { Failure } from "./Failure.ts"
import { readAll } from "./StandardInput.ts"

/** The description that an option gives: `-` stands for what comes in on stdin. */
export const readDescription = <A extends null | undefined>(
  option: string | A
): Effect.Effect<string | A, Failure> => option === "-" ? readAll : Effect.succeed(option)
