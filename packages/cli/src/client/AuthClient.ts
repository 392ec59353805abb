import type { Api } from "@todo/domain/Api"
import { SessionAuthorization } from "@todo/domain/auth/SessionAuthorization"
import { Context, Effect, Layer, Redacted } from "effect"
import { HttpClient, HttpClientRequest } from "effect/http"
import { HttpApiClient, HttpApiMiddleware } from "effect/http-api"
import { Contract } from "./Contract.ts"
import { notingVersion } from "./ServiceVersion.ts"

/** The session token that a request to `/api/auth` carries. */
export const SessionToken = Context.Reference<Redacted.Redacted | undefined>("todo/cli/AuthClient/SessionToken", {
  defaultValue: () => undefined
})

/** Every request carries the session, if there is one: a code is confirmed with one and without. */
const carryingSession = HttpClient.mapRequestEffect((request) =>
  Effect.map(
    SessionToken,
    (session) => session === undefined ? request : HttpClientRequest.bearerToken(request, session)
  )
)

const SessionBearer = HttpApiMiddleware.layerClient(SessionAuthorization, ({ next, request }) => next(request))

type Client = HttpApiClient.ForApi<typeof Api>

/** What is under `/api/auth`; each group is made when it is first used: most commands have a token already. */
export class AuthClient extends Context.Service<AuthClient, {
  /** Signing in, and tokens. */
  readonly auth: Effect.Effect<Client["auth"]>
  /** A person's own account. */
  readonly account: Effect.Effect<Client["account"]>
  /** Signing in with a browser (RFC 8628). */
  readonly device: Effect.Effect<Client["device"]>
}>()("todo/cli/AuthClient") {
  static readonly layer = Layer.effect(
    AuthClient,
    Effect.gen(function*() {
      const httpClient = carryingSession(notingVersion(yield* HttpClient.HttpClient))
      const context = yield* Effect.context<HttpApiMiddleware.ForClient<SessionAuthorization>>()
      return AuthClient.of({
        auth: yield* Effect.cached(
          Effect.provideContext(HttpApiClient.group(Contract, { group: "auth", httpClient }), context)
        ),
        account: yield* Effect.cached(
          Effect.provideContext(HttpApiClient.group(Contract, { group: "account", httpClient }), context)
        ),
        device: yield* Effect.cached(
          Effect.provideContext(HttpApiClient.group(Contract, { group: "device", httpClient }), context)
        )
      })
    })
  ).pipe(Layer.provide(SessionBearer))
}
