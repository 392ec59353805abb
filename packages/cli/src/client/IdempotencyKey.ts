import { idempotencyKey } from "@todo/domain/http/Idempotency"
import { Effect, Schema } from "effect"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure, usage } from "../failures/Failure.ts"
import type { Settings } from "../Settings.ts"
import { cancellable } from "../terminal/Interruption.ts"
import { type ApiError, asFailure } from "./HttpFailure.ts"
import { keyHeader } from "./Retry.ts"

const isKey = Schema.is(Schema.Struct(idempotencyKey))

/** The key of a write: the user's own, or a new one. Fails (exit code 2) on one that no header can carry. */
export const keyFor = (given: string | undefined): Effect.Effect<string, Failure> => {
  if (given === undefined) return Effect.sync(() => crypto.randomUUID())
  return isKey({ [keyHeader]: given })
    ? Effect.succeed(given)
    : Effect.fail(usage("--idempotency-key takes 1 to 255 visible ASCII characters, in quotes or without"))
}

const isUnknown = ({ exitCode }: Failure): boolean =>
  exitCode === ExitCode.unavailable || exitCode === ExitCode.interrupted

/** Says how to run a command again that gave up, or was given up with Ctrl-C, not knowing whether its write was done. */
export const repeatable = Effect.fnUntraced(function*<A, R>(
  write: Effect.Effect<A, ApiError, R>,
  key: string
): Effect.fn.Return<A, Failure, R | Settings> {
  return yield* cancellable(write).pipe(
    asFailure,
    Effect.mapError((failure) =>
      !isUnknown(failure) ? failure : new Failure({
        ...failure,
        message: failure.message,
        idempotencyKey: key,
        hints: [
          ...failure.hints,
          `It may be done all the same. To run it again without doing it twice: --idempotency-key ${key}`
        ]
      })
    )
  )
})
