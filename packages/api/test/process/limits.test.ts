import { assert, it } from "@effect/vitest"
import { inject } from "vitest"
import { lockTable } from "../support/lockTasks.ts"
import { newDatabase, runSqlIn } from "../support/newDatabase.ts"
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

it("a sign-in that the database lost on its way is no guess, once it is back", async () => {
  const database = await newDatabase()
  const target = Number(database.port)
  const proxy = await Proxy.start(target)
  const url = new URL(database)
  url.port = String(proxy.port)
  const service = await ServiceProcess.start({ ...settings, DATABASE_URL: url.href })
  const [address, email] = [newAddress(), newEmail()]
  /** Until so many guesses are taken from the fullest bucket, of which each counts for six minutes. */
  const untilTaken = async (is: (guesses: number) => boolean) => {
    const query = "SELECT extract(epoch FROM max(full_at) - now())::float8 / 360 AS guesses FROM auth.rate_limits"
    for (;;) {
      const [row] = await runSqlIn(database.href, query) as ReadonlyArray<{ readonly guesses: number | null }>
      if (is(row?.guesses ?? 0)) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  // The first of all has Better Auth look at its tables.
  assert.strictEqual((await signIn(service, newAddress(), newEmail())).status, 401)
  await runSqlIn(database.href, "DELETE FROM auth.rate_limits")
  const release = await lockTable(database, "auth.\"account\"")
  // One: of others, which take at the same moment, it would not be known which had taken when the database went away.
  // Whose taking itself is lost on the way back counts, since nothing is given back that may not have been taken.
  const lost = signIn(service, address, email)
  await untilTaken((guesses) => guesses > 0.5)
  await proxy.stop()
  assert.strictEqual((await lost).status, 503)
  await release()
  const again = await Proxy.start(target, proxy.port)
  await service.ready()
  await untilTaken((guesses) => guesses < 0.5)
  const statuses: Array<number> = []
  for (let guess = 0; guess < 11; guess++) statuses.push((await signIn(service, address, email)).status)
  assert.deepStrictEqual(statuses, [...Array.from({ length: 10 }, () => 401), 429])
  await service.stop()
  await again.stop()
})
