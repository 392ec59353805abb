import { Effect, Layer } from "effect"
import { HttpServer, HttpServerRequest, HttpServerResponse } from "effect/http"
import { PrometheusMetrics } from "effect/observability"
import { createServer } from "node:http"
import { AppConfig } from "../Config.ts"
import { listening } from "../http/Listening.ts"
import { plainText } from "../http/PlainText.ts"
import { Gauges } from "./Gauges.ts"
import { makeReadiness } from "./Readiness.ts"

/** Three paths without a router: Effect's is one for the whole process, and has the service's routes. */
const makeAnswers = Effect.map(makeReadiness, (ready) => {
  const ok = plainText("ok\n")
  const answers: Record<string, Effect.Effect<HttpServerResponse.HttpServerResponse>> = {
    "/health/live": Effect.succeed(ok),
    "/health/ready": Effect.match(ready, {
      onSuccess: () => ok,
      onFailure: ({ detail }) => plainText(`${detail}\n`, { status: 503 })
    }),
    "/metrics": Effect.map(
      PrometheusMetrics.format(),
      (text) => HttpServerResponse.text(text, { contentType: "text/plain; version=0.0.4; charset=utf-8" })
    )
  }
  return Effect.flatMap(
    HttpServerRequest.HttpServerRequest,
    ({ url }) => answers[url] ?? Effect.succeed(plainText("Nothing here\n", { status: 404 }))
  )
})

/** Prometheus' metrics, and health, on a port of their own, which is not for the world. Without `ADMIN_PORT`, nothing. */
export const AdminServer = Layer.unwrap(Effect.map(AppConfig, ({ admin }) =>
  admin === undefined
    ? Layer.empty
    : Layer.merge(Layer.unwrap(Effect.map(makeAnswers, HttpServer.serve())), Gauges).pipe(
      Layer.provide(
        Layer.fresh(listening(() => createServer(), {
          ...admin,
          settings: { host: "ADMIN_HOST", port: "ADMIN_PORT" },
          gracefulShutdownTimeout: "1 second"
        }))
      )
    )))
