import { assert, it } from "@effect/vitest"
import { inject } from "vitest"
import { Proxy } from "../support/Proxy.ts"
import { ServiceProcess } from "../support/ServiceProcess.ts"

const settings = {
  BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody",
  RATE_LIMITS: "on",
  TRUSTED_PROXIES: "127.0.0.1,::1"
}

const signIn = (service: ServiceProcess, address: string, email: string) =>
  fetch(`${service.url}/api/auth/sign-in/email`, {
    method: "POST",
    body: JSON.stringify({ email, password: "a bad guess" }),
    headers: { "content-type": "application/json", "origin": service.url, "x-forwarded-for": address }
  })

const newAddress = () => `2001:db8:${crypto.randomUUID().slice(0, 4)}:${crypto.randomUUID().slice(0, 4)}::1`
const newEmail = () => `shared-${crypto.randomUUID()}@example.com`

it("replicas share what a client and an account have left", async () => {
  const environment = { ...settings, DATABASE_URL: inject("postgresUrl") }
  const replicas = await Promise.all([ServiceProcess.start(environment), ServiceProcess.start(environment)])
  const [address, email] = [newAddress(), newEmail()]
  const guess = async (index: number) => (await signIn(replicas[index % 2]!, address, email)).status
  const statuses = await Promise.all(Array.from({ length: 24 }, (_, index) => guess(index)))
  assert.lengthOf(statuses.filter((status) => status === 401), 10)
  assert.lengthOf(statuses.filter((status) => status === 429), 14)
  assert.deepStrictEqual([await guess(0), await guess(1)], [429, 429])
  await Promise.all(replicas.map((replica) => replica.stop()))
})

it("nobody gets past the limits while the database is away", async () => {
  const database = new URL(inject("postgresUrl"))
  const proxy = await Proxy.start(Number(database.port))
  database.port = String(proxy.port)
  const service = await ServiceProcess.start({ ...settings, DATABASE_URL: database.href })
  const [address, email] = [newAddress(), newEmail()]
  assert.strictEqual((await signIn(service, address, email)).status, 401)
  await proxy.stop()
  const answer = await signIn(service, address, email)
  assert.strictEqual(answer.status, 503)
  assert.strictEqual(answer.headers.get("retry-after"), "1")
  assert.strictEqual((await answer.json() as { code: string }).code, "service_unavailable")
  await service.stop()
})
