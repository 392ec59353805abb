import { SessionAuthorization } from "@todo/domain/auth/SessionAuthorization"
import { Context, Effect, Layer, Redacted } from "effect"
import { HttpClient, HttpClientRequest } from "effect/http"
import { HttpApiMiddleware } from "effect/http-api"
import { type GroupClients, groupClients } from "./GroupClient.ts"
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

const load = () => import("./AuthGroups.ts")

const groups = {
  /** Signing in, and tokens. */
  auth: async () => (await load()).AuthApi,
  /** A person's own account. */
  account: async () => (await load()).AccountApi,
  /** Signing in with a browser (RFC 8628). */
  device: async () => (await load()).DeviceApi
}

/** What is under `/api/auth`. */
export class AuthClient extends Context.Service<AuthClient, GroupClients<typeof groups>>()("todo/cli/AuthClient") {
  static readonly layer = Layer.effect(
    AuthClient,
    Effect.gen(function*() {
      return AuthClient.of(yield* groupClients(groups, carryingSession(notingVersion(yield* HttpClient.HttpClient))))
    })
  ).pipe(Layer.provide(SessionBearer))
}
