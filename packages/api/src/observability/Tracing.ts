import { ConfigProvider, Context, Effect, Layer, Option, References, Tracer } from "effect"
import { FetchHttpClient, HttpMiddleware, type HttpServerRequest, HttpTraceContext } from "effect/http"
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
        Layer.provide([OtlpSerialization.layerJson, FetchHttpClient.layer]),
        // OpenTelemetry's default, which Effect does not have.
        Layer.provide(ConfigProvider.layerAdd(ConfigProvider.fromEnv({ env: { OTEL_TRACES_EXPORTER: "otlp" } })))
      ),
      // Its span of a request has the whole URL, in which secrets may stand, and the client's address.
      Layer.succeed(HttpMiddleware.TracerDisabledWhen, () => true)
    )))

/** Runs what answers a request within a span that goes on from the caller's. `describeSpan` says what it was. */
export const inServerSpan = <A, E, R>(request: HttpServerRequest.HttpServerRequest, answer: Effect.Effect<A, E, R>) =>
  Effect.withSpan(answer, request.method, {
    kind: "server",
    parent: Option.getOrUndefined(HttpTraceContext.fromHeaders(request.headers))
  })

/** Says of the current span's request, under OpenTelemetry's names, what is nobody's secret. */
export const describeSpan = (context: Context.Context<never>, method: string, route: string, status: number) => {
  const span = Context.getOrUndefined(context, Tracer.ParentSpan)
  if (span?._tag !== "Span") return
  span.attribute("http.request.method", method)
  span.attribute("http.route", route)
  span.attribute("http.response.status_code", status)
  if (status >= 500) span.attribute("error.type", String(status))
}

/** The id of the trace that a request belongs to, ours or else its caller's, for its line in the log. */
export const traceOf = (
  context: Context.Context<never>,
  { headers }: HttpServerRequest.HttpServerRequest
): { readonly traceId?: string } => {
  const span = Context.getOrUndefined(context, Tracer.ParentSpan)
    ?? (headers["traceparent"] === undefined ? undefined : Option.getOrUndefined(HttpTraceContext.w3c(headers)))
  return span === undefined ? {} : { traceId: span.traceId }
}
