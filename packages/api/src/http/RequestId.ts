import { SecureRandom } from "effect/crypto"
import type { HttpServerRequest } from "effect/http"

/**
 * The id of a request, for its `X-Request-Id` header, its problem document and
 * its log lines: the one that a client or a proxy gave, or a new UUID. What
 * could break a log line or is over 128 characters is not taken over.
 */
export const requestIdOf = (request: HttpServerRequest.HttpServerRequest): string => {
  const given = request.headers["x-request-id"]
  return given !== undefined && /^[\w.:-]{1,128}$/.test(given) ? given : SecureRandom.uuidV4Unsafe()
}
