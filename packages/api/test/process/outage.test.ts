import { assert, it } from "@effect/vitest"
import { inject } from "vitest"
import { Proxy } from "../support/Proxy.ts"
import { Client, ServiceProcess } from "../support/ServiceProcess.ts"

it("says 503 while the database is away, to everybody, and goes on by itself when it is back", async () => {
  const database = new URL(inject("postgresUrl"))
  const target = Number(database.port)
  const proxy = await Proxy.start(target)
  database.port = String(proxy.port)
  const service = await ServiceProcess.start({
    DATABASE_URL: database.href,
    BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody"
  })
  const client = await new Client(service.url).signUp()
  await client.json("POST", "/api/v1/tasks", { title: "Before" })

  await proxy.stop()
  const { email, password, session } = client
  for (
    const ask of [
      () => client.json("GET", "/health/ready"),
      () => client.json("GET", "/api/v1/tasks"),
      () => client.json("POST", "/api/v1/tasks", { title: "Meanwhile" }),
      // Not 401: nobody is signed out.
      () => client.json("GET", "/api/auth/token", undefined, session),
      () => client.json("POST", "/api/auth/sign-in/email", { email, password }, "")
    ]
  ) {
    const answer = await ask()
    assert.strictEqual(answer.status, 503, answer.url)
    assert.strictEqual(answer.headers.get("content-type"), "application/problem+json")
    assert.strictEqual(answer.headers.get("retry-after"), "1")
    assert.strictEqual((await answer.json() as { code: string }).code, "service_unavailable")
  }
  const page = await fetch(`${service.url}/device`, {
    method: "POST",
    headers: { origin: service.url },
    body: new URLSearchParams({ action: "sign-in", email, password })
  })
  assert.strictEqual(page.status, 503)
  assert.strictEqual(page.headers.get("retry-after"), "1")
  assert.include(await page.text(), "<h1>The service is not available</h1>")
  assert.strictEqual((await client.json("GET", "/health/live")).status, 200)

  const again = await Proxy.start(target, proxy.port)
  await service.ready()
  assert.deepStrictEqual(await client.titles(), ["Before"])
  await client.signIn()
  assert.strictEqual((await client.json("POST", "/api/v1/tasks", { title: "After" })).status, 201)
  assert.strictEqual(await service.stop(), 0)
  await again.stop()
})
