import { Metric } from "effect"

/*
 * What the service counts and measures. Where OpenTelemetry has a name for it,
 * it has that name, as Prometheus writes it. A label has few values: a route's
 * template and never a path, and nothing that is somebody's.
 */

/** Seconds, from what one statement takes to what nobody waits for. */
const boundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** One series for each set of labels, made once: it is looked up on every request. */
const perLabels = <Labels extends ReadonlyArray<string | number>, M>(make: (...labels: Labels) => M) => {
  const series = new Map<string, M>()
  return (...labels: Labels): M => {
    const key = labels.join(" ")
    let metric = series.get(key)
    if (metric === undefined) series.set(key, metric = make(...labels))
    return metric
  }
}

/** The duration of requests with this method, route template and status. */
export const requestSeconds = perLabels((method: string, route: string, status: number) =>
  Metric.histogram("http_server_request_duration_seconds", {
    description: "Time from a request's arrival to its answer",
    boundaries,
    attributes: { http_request_method: method, http_route: route, http_response_status_code: String(status) }
  })
)

/** The time from asking for a statement to its answer, the wait for a connection included. */
export const statementSeconds = Metric.histogram("db_client_operation_duration_seconds", {
  description: "Time from asking for a statement to its answer, the wait for a connection included",
  boundaries
})

const counter = (name: string, description: string, attributes: Record<string, string>) =>
  Metric.counter(name, { description, attributes, incremental: true })

/**
 * Requests refused to keep the others fast: there were too many (`busy`), or they took too long (`late`), both 503; or
 * too many of one user's (`share`), which is 429.
 */
export const refusals = perLabels((reason: "busy" | "late" | "share") =>
  counter("todo_requests_refused_total", "Requests refused to keep the others fast", { reason })
)

/** Connections that were cut because their clients took more than their share: see `Cuts.ts`. */
export const connectionCuts = perLabels((reason: "stalled" | "evicted" | "pipelined" | "full") =>
  counter("todo_connections_cut_total", "Connections cut because their clients took more than their share", { reason })
)

/** Attempts to sign in with a password: `ok`, `refused`, `limited`, or `failed`, which is our fault. */
export const signIns = perLabels((outcome: "ok" | "refused" | "limited" | "failed") =>
  counter("todo_sign_ins_total", "Attempts to sign in with a password", { outcome })
)

/** Requests that the rate limit of this name refused. */
export const limitHits = perLabels((policy: string) =>
  counter("todo_rate_limit_hits_total", "Requests that a rate limit refused", { policy })
)
