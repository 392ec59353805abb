import { Context, type Effect, type Fiber } from "effect"
import { HttpRouter, type HttpServerRequest, type HttpServerResponse } from "effect/http"
import { requestSeconds } from "../observability/Metrics.ts"
import { describeSpan, traceOf } from "../observability/Tracing.ts"
import { RequestLog } from "../RequestLog.ts"

/**
 * The template of the route that a request was given to, such as
 * `/api/v1/tasks/:id`: the path itself may hold a secret, such as a reset
 * token, and would make as many series of metrics as there are tasks.
 */
const routeOf = ({ context }: Fiber.Fiber<unknown, unknown>) =>
  Context.getOrUndefined(context as Context.Context<HttpRouter.RouteContext>, HttpRouter.RouteContext)?.route.path
    ?? "none"

/** The methods that have series of their own; what Node's parser knows besides would make five times as many. */
const methods = new Set<string>(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])

/** Counts a request that has been answered, describes its span, and writes its line in the log. */
export const recordRequest = (
  fiber: Fiber.Fiber<unknown, unknown>,
  request: HttpServerRequest.HttpServerRequest,
  requestId: string,
  { status }: HttpServerResponse.HttpServerResponse,
  seconds: number
): Effect.Effect<void> => {
  const { context } = fiber
  const { method } = request
  const route = routeOf(fiber)
  requestSeconds(methods.has(method) ? method : "_OTHER", route, status).updateUnsafe(seconds, context)
  describeSpan(context, method, route, status)
  const millis = Math.round(seconds * 1000)
  return fiber.getRef(RequestLog)({
    // What was refused at once has got no route. A line for each would be one more thing to do.
    level: route.startsWith("/health/") || (status === 503 && route === "none") ? "Debug" : "Info",
    message: `${method} ${route} ${status} ${millis}ms`,
    annotations: { requestId, method, route, status, durationMs: millis, ...traceOf(context, request) },
    fiber: fiber.id
  })
}
