import { Context, type Effect } from "effect"
import type { HttpClientError, HttpClientRequest, HttpClientResponse } from "effect/http"

/** Sends a request in the name of the account. */
export type Send = (
  request: HttpClientRequest.HttpClientRequest
) => Effect.Effect<HttpClientResponse.HttpClientResponse, HttpClientError.HttpClientError>

/** What is done around the sending of a request for tasks and the like; nothing, unless another is put in its place. */
export const AroundRequest = Context.Reference<
  (request: HttpClientRequest.HttpClientRequest, send: Send) => ReturnType<Send>
>("todo/cli/AroundRequest", { defaultValue: () => (request, send) => send(request) })
