import type { ServerResponse } from "node:http"
import type { Duplex } from "node:stream"

interface Connection extends Duplex {
  readonly _httpMessage?: ServerResponse | null
}

/**
 * The response whose turn it is on a connection, which is undefined where no request is at work. Node itself looks at
 * this field before it answers for a connection, and tells it by no public name; to keep our own would cost each request.
 */
export const responseOn = (socket: Connection): ServerResponse | undefined => socket["_httpMessage"] ?? undefined
