import { Effect, Layer } from "effect"
import { FetchHttpClient, HttpClient, HttpClientError, HttpClientRequest } from "effect/http"
import { Settings } from "../Settings.ts"
import { showingWait } from "../terminal/Waiting.ts"
import { timedOut } from "./ConnectionFailure.ts"
import { nodeFetch } from "./NodeFetch.ts"
import { keyHeader, retrying } from "./Retry.ts"
import { version } from "./Version.ts"

/** Gives each write a key, if it has none; it is the same each time that the request is sent. */
const withKey = (request: HttpClientRequest.HttpClientRequest) =>
  request.method === "GET" || keyHeader in request.headers || new URL(request.url).pathname.includes("/api/auth/")
    ? request
    : HttpClientRequest.setHeader(request, keyHeader, crypto.randomUUID())

/**
 * Sends requests to the service in use, again where an answer is lost. `Origin` is there because Better Auth
 * refuses, as a forgery across sites, what does not come from its own origin.
 */
export const HttpTransport: Layer.Layer<HttpClient.HttpClient, never, Settings> = Layer.effect(
  HttpClient.HttpClient,
  Effect.gen(function*() {
    const { apiUrl, color, showsProgress, timeoutSeconds } = yield* Settings
    const client = (yield* HttpClient.HttpClient).pipe(
      HttpClient.mapRequest((request) =>
        request.pipe(
          HttpClientRequest.prependUrl(apiUrl),
          HttpClientRequest.setHeaders({
            accept: "application/json, application/problem+json",
            origin: new URL(apiUrl).origin,
            "user-agent": `todo/${version}`
          })
        )
      ),
      HttpClient.mapRequest(withKey),
      HttpClient.transform(retrying(timeoutSeconds)),
      HttpClient.transform((effect, request) =>
        Effect.timeoutOrElse(effect, {
          duration: `${timeoutSeconds} seconds`,
          orElse: () =>
            Effect.fail(
              new HttpClientError.HttpClientError({
                reason: new HttpClientError.TransportError({ request, cause: timedOut(apiUrl, timeoutSeconds) })
              })
            )
        })
      )
    )
    return showsProgress ? HttpClient.transform(client, showingWait({ address: apiUrl, color })) : client
  })
).pipe(
  Layer.provide(FetchHttpClient.layer),
  Layer.provide(Layer.succeed(FetchHttpClient.Fetch, nodeFetch)),
  Layer.provide(Layer.succeed(HttpClient.TracerDisabledWhen, () => true))
)
