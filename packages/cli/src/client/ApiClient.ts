import type { Api } from "@todo/domain/Api"
import { Authorization } from "@todo/domain/auth/Authorization"
import { Context, Effect, Layer, Option } from "effect"
import { HttpClient, HttpClientError, HttpClientRequest } from "effect/http"
import { HttpApiClient, HttpApiMiddleware } from "effect/http-api"
import type { Failure } from "../failures/Failure.ts"
import { AroundRequest } from "./AroundRequest.ts"
import { Contract } from "./Contract.ts"
import { notingVersion } from "./ServiceVersion.ts"
import { TokenSource } from "./TokenSource.ts"

/**
 * Signs requests with a JWT. When the service refuses it, a new one is tried,
 * once: the service may have changed its keys, or the clocks may differ.
 */
const AccessTokenBearer = HttpApiMiddleware.layerClient(
  Authorization,
  Effect.fnUntraced(function*({ next, request }) {
    const around = yield* AroundRequest
    const tokens = yield* TokenSource
    // A middleware of the contract may fail as the transport does, and with nothing else.
    const asTransportError = Effect.mapError((cause: Failure) =>
      new HttpClientError.HttpClientError({ reason: new HttpClientError.TransportError({ request, cause }) })
    )
    const send = Effect.fnUntraced(function*(request: HttpClientRequest.HttpClientRequest) {
      const token = yield* asTransportError(tokens.current)
      const response = yield* next(HttpClientRequest.bearerToken(request, token))
      if (response.status !== 401) return response
      const renewed = yield* asTransportError(tokens.renew)
      return Option.isNone(renewed) ? response : yield* next(HttpClientRequest.bearerToken(request, renewed.value))
    })
    return yield* around(request, send)
  })
)

type Client = HttpApiClient.ForApi<typeof Api>

/** The groups of operations that need a signed-in user. */
type Group =
  | "batch"
  | "changes"
  | "comments"
  | "completions"
  | "operations"
  | "projects"
  | "quick"
  | "stats"
  | "sessions"
  | "settings"
  | "tags"
  | "tasks"
  | "tokens"
  | "transfer"
  | "trash"
  | "users"
  | "views"

/** The operations of the service that need a signed-in user; each group of them is made when it is first used. */
export class ApiClient extends Context.Service<ApiClient, { readonly [Name in Group]: Effect.Effect<Client[Name]> }>()(
  "todo/cli/ApiClient"
) {
  static readonly layer = Layer.effect(
    ApiClient,
    Effect.gen(function*() {
      const httpClient = notingVersion(yield* HttpClient.HttpClient)
      const context = yield* Effect.context<HttpApiMiddleware.ForClient<Authorization>>()
      const group = <const Name extends Group>(name: Name) =>
        Effect.cached(Effect.provideContext(HttpApiClient.group(Contract, { group: name, httpClient }), context))
      return ApiClient.of({
        batch: yield* group("batch"),
        changes: yield* group("changes"),
        comments: yield* group("comments"),
        operations: yield* group("operations"),
        projects: yield* group("projects"),
        quick: yield* group("quick"),
        stats: yield* group("stats"),
        sessions: yield* group("sessions"),
        completions: yield* group("completions"),
        settings: yield* group("settings"),
        tags: yield* group("tags"),
        tasks: yield* group("tasks"),
        tokens: yield* group("tokens"),
        transfer: yield* group("transfer"),
        trash: yield* group("trash"),
        users: yield* group("users"),
        views: yield* group("views")
      })
    })
  ).pipe(Layer.provide(AccessTokenBearer))
}
