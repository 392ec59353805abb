import { Effect, Layer } from "effect"
import { FetchHttpClient, HttpClient, HttpClientError, HttpClientRequest } from "effect/http"
import { timedOut } from "./HttpFailure.ts"
import { nodeFetch } from "./NodeFetch.ts"
import { Settings } from "./Settings.ts"
import { version } from "./Version.ts"

/**
 * Sends requests to the service in use. `Origin` is there because Better Auth
 * refuses, as a forgery across sites, what does not come from its own origin.
 */
export const HttpTransport: Layer.Layer<HttpClient.HttpClient, never, Settings> = Layer.effect(
  HttpClient.HttpClient,
  Effect.gen(function*() {
    const { apiUrl, timeoutSeconds } = yield* Settings
    return (yield* HttpClient.HttpClient).pipe(
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
  })
).pipe(
  Layer.provide(FetchHttpClient.layer),
  Layer.provide(Layer.succeed(FetchHttpClient.Fetch, nodeFetch)),
  Layer.provide(Layer.succeed(HttpClient.TracerDisabledWhen, () => true))
)
