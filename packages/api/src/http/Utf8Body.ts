import { InvalidRequest } from "@todo/domain/http/RequestProblems"
import { Effect } from "effect"
import type { HttpServerRequest } from "effect/http"
import { isUtf8 } from "node:buffer"

/**
 * The bytes of the body, at most 1 MiB. Fails with `InvalidRequest` when they
 * are not UTF-8: decoding them all the same would store what nobody sent.
 */
export const utf8Body = (request: HttpServerRequest.HttpServerRequest) =>
  // What can go wrong in reading is answered at the edge: a body that is too large, a client that is gone.
  Effect.filterOrFail(Effect.orDie(request.arrayBuffer), isUtf8, () =>
    new InvalidRequest({
      detail: "The body is not UTF-8",
      errors: [{ path: ["payload"], message: "Expected a body in UTF-8" }]
    }))
