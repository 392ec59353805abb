import { Api } from "@todo/domain/Api"
import { SessionAuthorization } from "@todo/domain/auth/SessionAuthorization"
import { Context, Effect, Layer, Redacted } from "effect"
import { HttpClient, HttpClientRequest } from "effect/http"
import { HttpApiClient, HttpApiMiddleware } from "effect/http-api"

/** The session that a request to `/api/auth` speaks for. */
export const Session = Context.Reference<Redacted.Redacted | undefined>("todo/cli/AuthClient/Session", {
  defaultValue: () => undefined
})

const SessionBearer = HttpApiMiddleware.layerClient(
  SessionAuthorization,
  Effect.fnUntraced(function*({ next, request }) {
    const session = yield* Session
    return yield* next(session === undefined ? request : HttpClientRequest.bearerToken(request, session))
  })
)

/** The part of the service that signs people in and gives tokens. */
export class AuthClient extends Context.Service<AuthClient, {
  /** Made when it is first used: most commands have a token already. */
  readonly auth: Effect.Effect<HttpApiClient.ForApi<typeof Api>["auth"]>
}>()("todo/cli/AuthClient") {
  static readonly layer = Layer.effect(
    AuthClient,
    Effect.gen(function*() {
      const httpClient = yield* HttpClient.HttpClient
      const context = yield* Effect.context<HttpApiMiddleware.ForClient<SessionAuthorization>>()
      return AuthClient.of({
        auth: yield* Effect.cached(
          Effect.provideContext(HttpApiClient.group(Api, { group: "auth", httpClient }), context)
        )
      })
    })
  ).pipe(Layer.provide(SessionBearer))
}
