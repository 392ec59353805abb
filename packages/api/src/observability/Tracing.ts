import { Context, Effect, Layer, Option, References, Tracer } from "effect"
import {
  FetchHttpClient,
  HttpMiddleware,
  type HttpServerRequest,
  type HttpServerResponse,
  HttpTraceContext
} from "effect/http"
import { OtlpSerialization, OtlpTracer } from "effect/observability"
import { AppConfig } from "../Config.ts"

/**
 * Sends traces to the collector at `OTEL_EXPORTER_OTLP_ENDPOINT`, as the other
 * OTEL_ variables say, which Effect reads itself. Without one no span is made,
 * and tracing costs nothing.
 */
export const layer = Layer.unwrap(Effect.map(AppConfig, ({ otlpEndpoint }) =>
  otlpEndpoint === undefined
    ? Layer.succeed(References.TracerEnabled, false)
    : Layer.merge(
      OtlpTracer.layerFromConfig({ resource: { serviceName: "todo" } }).pipe(
        Layer.provide([OtlpSerialization.layerJson, FetchHttpClient.layer])
      ),
      // Its span of a request has the whole URL, in which secrets may stand, and the client's address.
      Layer.succeed(HttpMiddleware.TracerDisabledWhen, () => true)
    )))

type Response = HttpServerResponse.HttpServerResponse

/** Answers within a span that continues the caller's trace, and says of the request what `attributesOf` does, and no more. */
export const inServerSpan = <E, R>(
  request: HttpServerRequest.HttpServerRequest,
  answer: Effect.Effect<Response, E, R>,
  attributesOf: (response: Response) => Record<string, unknown>
): Effect.Effect<Response, E, R> =>
  Effect.useSpan(
    request.method,
    { kind: "server", parent: Option.getOrUndefined(HttpTraceContext.fromHeaders(request.headers)) },
    (span) =>
      Effect.map(Effect.provideService(answer, Tracer.ParentSpan, span), (response) => {
        for (const [key, value] of Object.entries(attributesOf(response))) span.attribute(key, value)
        return response
      })
  )

/** The id of the trace that a request belongs to, ours or else its caller's, for its line in the log. */
export const traceOf = (
  context: Context.Context<never>,
  { headers }: HttpServerRequest.HttpServerRequest
): { readonly traceId?: string } => {
  const span = Context.getOrUndefined(context, Tracer.ParentSpan)
    ?? (headers["traceparent"] === undefined ? undefined : Option.getOrUndefined(HttpTraceContext.w3c(headers)))
  return span === undefined ? {} : { traceId: span.traceId }
}
