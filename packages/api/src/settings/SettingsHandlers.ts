import { Api } from "@todo/domain/Api"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { entityResponses } from "../entity/EntityResponse.ts"
import { expectedVersions, versionsToChange } from "../http/Preconditions.ts"
import { idempotent } from "../http/RequestKey.ts"
import { AccountSettings } from "./AccountSettings.ts"
import { settings } from "./table.ts"

const { found, updated } = entityResponses(settings, "/api/v1/settings")

/** Serves the contract's `settings`. */
export const SettingsHandlers = HttpApiBuilder.group(
  Api,
  "settings",
  Effect.fn(function*(handlers) {
    const account = yield* AccountSettings
    return handlers.handleAll({
      get: ({ headers }) =>
        Effect.flatMap(
          account.get(expectedVersions(headers["if-match"])),
          (row) => found(row, headers["if-none-match"])
        ),
      update: idempotent(({ headers, payload }) =>
        Effect.flatMap(account.update(payload, versionsToChange(headers)), updated)
      )
    })
  })
)
