import { idempotencyKeyOf } from "@todo/domain/http/Idempotency"
import { Context, Effect } from "effect"
import { HttpEffect, HttpServerRequest, HttpServerResponse } from "effect/http"
import { createHash } from "node:crypto"

/** The `Idempotency-Key` of a request, and what tells the request from another with the same key. */
export interface Keyed {
  readonly key: string
  /** The SHA-256 of all that the answer depends on, the user apart. */
  readonly fingerprint: Buffer
  /** Gives the answer a header more, whatever it will be. */
  readonly header: (name: string, value: string) => Effect.Effect<void>
}

/**
 * The key of the request that is being answered; undefined when it has none.
 * What writes requires it, and without it does not compile.
 *
 * @effect-leakable-service
 */
export class RequestKey extends Context.Service<RequestKey, Keyed | undefined>()("todo/api/http/RequestKey") {}

/** A decoded request of an operation that writes. */
interface WriteRequest {
  readonly endpoint: { readonly method: string; readonly path: string }
  readonly headers: {
    readonly "idempotency-key"?: string
    readonly "if-match"?: string
    readonly "if-none-match"?: string
  }
  readonly params?: unknown
  readonly payload?: unknown
}

/** A handler that writes, with the key of its request. The service does not compile with one that goes without. */
export const idempotent =
  <Request extends WriteRequest, A, E, R>(handler: (request: Request) => Effect.Effect<A, E, R>) =>
  (request: Request): Effect.Effect<A, E, Exclude<R, RequestKey> | HttpServerRequest.HttpServerRequest> => {
    const key = request.headers["idempotency-key"]
    return key === undefined
      ? Effect.provideService(handler(request), RequestKey, undefined)
      : Effect.flatMap(
        HttpServerRequest.HttpServerRequest,
        (received) =>
          Effect.provideService(handler(request), RequestKey, {
            key: idempotencyKeyOf(key),
            fingerprint: fingerprintOf(request),
            header: (name, value) =>
              HttpEffect.appendPreResponseHandler((_, response) =>
                Effect.succeed(HttpServerResponse.setHeader(response, name, value))
              ).pipe(Effect.provideService(HttpServerRequest.HttpServerRequest, received))
          })
      )
  }

/** Nothing where there is none, as in the fingerprints of the release before. */
const noneOf = (headers: WriteRequest["headers"]) =>
  headers["if-none-match"] === undefined ? [] : [headers["if-none-match"]]

/** The body as it was understood: white space, or the order of members, makes no other request. */
const fingerprintOf = ({ endpoint, headers, params, payload }: WriteRequest): Buffer =>
  createHash("sha256")
    .update(JSON.stringify([endpoint.method, endpoint.path, params, payload, headers["if-match"], ...noneOf(headers)]))
    .digest()
