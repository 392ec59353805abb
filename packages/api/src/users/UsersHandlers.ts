import { Api } from "@todo/domain/Api"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"
import { UsersRepository } from "./UsersRepository.ts"

/** Serves the contract's `users`. */
export const UsersHandlers = HttpApiBuilder.group(
  Api,
  "users",
  Effect.fn(function*(handlers) {
    const users = yield* UsersRepository
    return handlers.handleAll({ me: () => users.me })
  })
)
