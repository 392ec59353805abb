import { randomUUID } from "node:crypto"

/**
 * The id of a request, for its `X-Request-Id` header, its problem document and
 * its log lines: the one `given` by a client or a proxy, or a new UUID. What
 * could break a log line or is over 128 characters is not taken over.
 */
export const requestIdOf = (given: string | undefined): string =>
  given !== undefined && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID()
