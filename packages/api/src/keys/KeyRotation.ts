import { Duration, Effect, Layer, Queue, Schedule, Stream } from "effect"
import { AppConfig } from "../Config.ts"
import { publishedBefore, readEvery, SigningKeys } from "./SigningKeys.ts"

/** How often a replica looks whether a new key is due. */
const lookEvery = Duration.hours(1)

/**
 * Keeps the signing keys fresh: reads them every minute, makes a new one when
 * `KEY_ROTATION` has passed, and at once on SIGUSR2. What fails is tried again
 * at the next turn: the keys of before are still good.
 */
export const KeyRotation = Layer.effectDiscard(Effect.gen(function*() {
  const { keyRotation } = yield* AppConfig
  const keys = yield* SigningKeys
  const calmly = <A, E>(what: string, effect: Effect.Effect<A, E>) =>
    Effect.catchCause(effect, (cause) => Effect.logWarning(`${what} failed`, cause))

  yield* calmly("Reading the signing keys", keys.reload).pipe(
    Effect.repeat(Schedule.spaced(readEvery)),
    Effect.delay(readEvery),
    Effect.forkScoped
  )
  yield* calmly("Looking after the signing keys", keys.renew(keyRotation)).pipe(
    Effect.repeat(Schedule.jittered(Schedule.spaced(lookEvery))),
    Effect.forkScoped
  )
  yield* signals.pipe(
    Stream.runForEach(() =>
      calmly(
        "Making a signing key",
        Effect.andThen(
          keys.renew(Duration.zero),
          Effect.logInfo(`A new signing key is published, and signs in ${Duration.format(publishedBefore)}`)
        )
      )
    ),
    Effect.forkScoped
  )
}))

const signals = Stream.callback<void>((queue) =>
  Effect.acquireRelease(
    Effect.sync(() => {
      const listener = () => Queue.offerUnsafe(queue, undefined)
      process.on("SIGUSR2", listener)
      return listener
    }),
    (listener) => Effect.sync(() => process.off("SIGUSR2", listener))
  )
)
