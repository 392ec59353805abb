import { Api } from "@todo/domain/Api"
import { mostScriptTokens } from "@todo/domain/tokens/ScriptToken"
import { CurrentUser } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { State } from "./FakeState.ts"
import { listed } from "./listed.ts"

export const LimitsHandlers = HttpApiBuilder.group(
  Api,
  "limits",
  Effect.fnUntraced(function*(handlers) {
    const state = yield* State
    return handlers.handleAll({
      list: Effect.fnUntraced(function*() {
        const { id } = yield* CurrentUser
        return listed({ items: [{ limit: "tokens", max: mostScriptTokens, count: state.tokensOf(id).length }] })
      })
    })
  })
)
