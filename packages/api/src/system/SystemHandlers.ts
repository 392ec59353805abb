import { Api } from "@todo/domain/Api"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { makeReadiness } from "./Readiness.ts"

/** Serves the contract's `system`. */
export const SystemHandlers = HttpApiBuilder.group(
  Api,
  "system",
  Effect.fn(function*(handlers) {
    const ready = yield* makeReadiness
    const ok = Effect.succeed({ status: "ok" as const })
    return handlers.handleAll({
      live: () => ok,
      ready: () => Effect.andThen(ready, ok)
    })
  })
)
