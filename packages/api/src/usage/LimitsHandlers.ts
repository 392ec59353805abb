import { Api } from "@todo/domain/Api"
import type { Limit } from "@todo/domain/limits/LimitsApi"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { Statements } from "../database/connections/Statements.ts"
import { throughDoor } from "../database/Door.ts"
import { Features } from "../Feature.ts"
import { taggedList } from "../http/ListTag.ts"

/** Serves the contract's `limits`, of all features. */
export const LimitsHandlers = HttpApiBuilder.group(
  Api,
  "limits",
  Effect.fn(function*(handlers) {
    const { limits: all } = yield* Features
    const counting = throughDoor<Record<string, number | null>>(
      yield* Statements,
      `SELECT ${all.map(({ count, limit }) => `(${count ?? "NULL"})::integer AS ${limit}`).join(", ")}`
    )
    return handlers.handleAll({
      list: ({ headers }) =>
        Effect.map(counting(), ([counts]) => {
          const items = all.map(({ limit, max }): Limit => ({ limit, max, count: counts![limit]! }))
          return taggedList(JSON.stringify({ items }), headers["if-none-match"])
        })
    })
  })
)
