import { Api } from "@todo/domain/Api"
import { usualDaysOfStats } from "@todo/domain/stats/StatsApi"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { inZone } from "../dates/Asker.ts"
import { stats } from "./Stats.ts"

/** Serves the contract's `stats`. */
export const StatsHandlers = HttpApiBuilder.group(
  Api,
  "stats",
  Effect.fn(function*(handlers) {
    const tell = yield* stats
    return handlers.handleAll({ get: inZone(({ query: { days = usualDaysOfStats } }) => tell(days)) })
  })
)
