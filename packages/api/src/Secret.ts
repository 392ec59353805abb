import { Context, Effect, Layer, Option, Redacted } from "effect"
import { AppConfig } from "./Config.ts"
import { DataDirectory } from "./DataDirectory.ts"

/** The service's one secret, from which whatever signs or encrypts takes its key. */
export class Secret extends Context.Service<Secret, Redacted.Redacted>()("todo/api/Secret") {
  /** `BETTER_AUTH_SECRET`. */
  static readonly layerConfigured = Layer.effect(
    Secret,
    Effect.map(AppConfig, ({ secret }) => Option.getOrThrow(secret))
  )

  /** `BETTER_AUTH_SECRET`, or else the one that the data directory keeps. */
  static readonly layerKept = Layer.effect(
    Secret,
    Effect.gen(function*() {
      const { secret } = yield* AppConfig
      return Option.isSome(secret) ? secret.value : Redacted.make(yield* (yield* DataDirectory).secret)
    })
  )
}
