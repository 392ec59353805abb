import { assert, it } from "@effect/vitest"
import { createServer } from "node:http"
import { inject } from "vitest"
import { freePort } from "../support/freePort.ts"
import { newDatabase } from "../support/newDatabase.ts"
import { Client, ServiceProcess } from "../support/ServiceProcess.ts"

const secret = { BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody" }
const traceId = "0af7651916cd43dd8448eb211c80319c"
const callerSpanId = "b7ad6b7169203331"

/** What none of metrics, traces and logs may hold. */
const assertNothingPersonal = (text: string, client: Client) => {
  for (
    const word of [client.email, client.password, client.session, client.jwt, "Milk for Bob", secret.BETTER_AUTH_SECRET]
  ) {
    assert.notInclude(text, word)
  }
}

it("tells metrics and health on a port of their own, under names of routes and of nobody", async () => {
  const admin = await freePort()
  const database = await newDatabase()
  const service = await ServiceProcess.start({
    DATABASE_URL: database.href,
    ADMIN_PORT: String(admin),
    RATE_LIMITS: "on",
    ...secret
  })
  const client = await new Client(service.url).signUp()
  const created = await client.json("POST", "/api/v1/tasks", { title: "Milk for Bob" })
  const { id } = await created.json() as { id: string }
  await client.json("GET", `/api/v1/tasks/${id}`)
  await client.json("GET", "/wp-login.php")
  await client.signIn()
  const guess = { email: client.email, password: "wrong horse" }
  for (let i = 0; i < 10; i++) await client.json("POST", "/api/auth/sign-in/email", guess, "")
  const onPage = (fields: Record<string, string>) =>
    fetch(`${service.url}/device`, {
      method: "POST",
      headers: { origin: service.url },
      body: new URLSearchParams({ action: "sign-in", ...fields }),
      redirect: "manual"
    })
  const other = await new Client(service.url).signUp()
  assert.strictEqual((await onPage({ email: other.email, password: other.password })).status, 303)
  assert.strictEqual((await onPage({ email: other.email, password: "wrong horse" })).status, 401)
  for (let i = 0; i < 2; i++) assert.strictEqual((await onPage(guess)).status, 429)
  for (const method of ["PURGE", "PROPFIND", "MKCOL"]) await client.json(method, "/nowhere")

  assert.strictEqual((await fetch(`http://127.0.0.1:${admin}/health/ready`)).status, 200)
  const answer = await fetch(`http://127.0.0.1:${admin}/metrics`)
  assert.match(answer.headers.get("content-type")!, /^text\/plain; version=0\.0\.4/)
  const text = await answer.text()
  const value = (series: string) => {
    const line = text.split("\n").find((each) => each.startsWith(`${series} `))
    assert.isDefined(line, `${series}\n${text}`)
    return Number(line.slice(series.length + 1))
  }
  const requests = (method: string, route: string, status: number) =>
    value(
      `http_server_request_duration_seconds_count{http_request_method="${method}",http_route="${route}",`
        + `http_response_status_code="${status}"}`
    )
  assert.strictEqual(requests("POST", "/api/v1/tasks", 201), 1)
  assert.strictEqual(requests("GET", "/api/v1/tasks/:id", 200), 1)
  assert.strictEqual(requests("GET", "none", 404), 1)
  assert.strictEqual(requests("_OTHER", "none", 404), 3)
  assert.strictEqual(value("todo_sign_ins_total{outcome=\"ok\"}"), 2)
  assert.strictEqual(value("todo_sign_ins_total{outcome=\"refused\"}"), 11)
  assert.strictEqual(value("todo_sign_ins_total{outcome=\"limited\"}"), 2)
  assert.strictEqual(value("todo_rate_limit_hits_total{policy=\"guess\"}"), 2)
  assert.isAbove(value("db_client_operation_duration_seconds_count"), 10)
  assert.strictEqual(value("http_server_active_requests"), 0)
  assert.strictEqual(value("db_client_connection_count{state=\"used\"}"), 0)
  assert.strictEqual(value("db_client_connection_pending_requests"), 0)
  assert.isAtLeast(value("nodejs_eventloop_delay_seconds{quantile=\"0.99\"}"), 0)
  assert.isAbove(value("process_resident_memory_bytes"), 1e7)
  assertNothingPersonal(text, client)
  assert.notInclude(text, id)
  assert.notInclude(text, "wp-login")
  // They are not for the world.
  assert.strictEqual((await fetch(`${service.url}/metrics`)).status, 404)
  await service.stop()
})

it("writes one line of JSON for each request, with its id and its caller's trace", async () => {
  const service = await ServiceProcess.start({ DATABASE_URL: inject("postgresUrl"), LOG_LEVEL: "Info", ...secret })
  const client = await new Client(service.url).signUp()
  const answer = await fetch(`${service.url}/api/v1/tasks?limit=2&cursor=nonsense`, {
    headers: { authorization: `Bearer ${client.jwt}`, traceparent: `00-${traceId}-${callerSpanId}-01` }
  })
  await service.stop()
  const requestId = answer.headers.get("x-request-id")!
  const lines = service.stderr.split("\n").filter((line) => line.includes(requestId))
  assert.lengthOf(lines, 1)
  const { annotations } = JSON.parse(lines[0]!) as { annotations: { durationMs: number } }
  const { durationMs, ...others } = annotations
  assert.deepStrictEqual(others as object, { requestId, traceId, method: "GET", route: "/api/v1/tasks", status: 400 })
  assert.isAtLeast(durationMs, 0)
  assertNothingPersonal(service.stderr, client)
  assert.notInclude(service.stderr, "nonsense")
})

interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly kind: number
  readonly name: string
  readonly attributes: ReadonlyArray<{ readonly key: string; readonly value: object }>
}

it("sends traces that go on from the caller's, with nothing of what was asked in them", async () => {
  let received = ""
  const spans: Array<Span> = []
  const collector = createServer((request, response) => {
    let body = ""
    request.on("data", (chunk: Buffer) => body += chunk.toString()).on("end", () => {
      received += `${request.url} ${body}`
      const { resourceSpans } = JSON.parse(body) as {
        resourceSpans: Array<{ scopeSpans: Array<{ spans: Array<Span> }> }>
      }
      spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)))
      response.writeHead(200, { "content-type": "application/json" }).end("{}")
    })
  })
  const port = await freePort()
  await new Promise<void>((resolve) => collector.listen(port, "127.0.0.1", resolve))
  const service = await ServiceProcess.start({
    DATABASE_URL: inject("postgresUrl"),
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    ...secret
  })
  const client = await new Client(service.url).signUp()
  const answer = await fetch(`${service.url}/api/v1/tasks?limit=7`, {
    method: "POST",
    body: JSON.stringify({ title: "Milk for Bob" }),
    headers: {
      "content-type": "application/json",
      "authorization": `Bearer ${client.jwt}`,
      "traceparent": `00-${traceId}-${callerSpanId}-01`
    }
  })
  assert.strictEqual(answer.status, 400)
  await client.json("POST", "/api/v1/tasks", { title: "Milk for Bob" })
  await client.json("GET", "/api/auth/reset-password/a-secret-token?callbackURL=/")
  await client.json(
    "POST",
    "/api/auth/sign-up/email",
    { name: "Pat", email: client.email, password: client.password },
    ""
  )
  // What is left is sent before it ends.
  await service.stop()
  const ours = spans.filter((span) => span.traceId === traceId)
  const server = ours.find(({ kind }) => kind === 2)!
  assert.strictEqual(server.parentSpanId, callerSpanId)
  assert.deepStrictEqual(
    Object.fromEntries(server.attributes.map(({ key, value }) => [key, Object.values(value)[0]])),
    {
      "http.request.method": "POST",
      "http.route": "/api/v1/tasks",
      "http.response.status_code": 400
    }
  )
  // A statement is inside the span of its request.
  const statement = spans.find(({ attributes }) =>
    attributes.some(({ value }) => JSON.stringify(value).includes("task_create"))
  )!
  assert.isTrue(spans.some((span) => span.kind === 2 && span.traceId === statement.traceId))
  assert.match(received, /^\/v1\/traces /)
  assertNothingPersonal(received, client)
  for (const word of ["a-secret-token", "limit=7", "127.0.0.1:"]) assert.notInclude(received, word)
  collector.close()
})
