import { assert, it } from "@effect/vitest"
import { newDatabase } from "../support/newDatabase.ts"
import { ServiceProcess } from "../support/ServiceProcess.ts"

const wait = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis))

const newEmail = () => `flooded-${crypto.randomUUID()}@example.com`
const password = "correct horse battery"

const start = async () =>
  ServiceProcess.start({
    BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody",
    DATABASE_URL: (await newDatabase()).href,
    RATE_LIMITS: "on",
    TRUSTED_PROXIES: "127.0.0.0/8,::1"
  })

/** Posts from an address, and answers the status and how long it took, in milliseconds. */
const post = async (service: ServiceProcess, path: string, address: string, body: unknown) => {
  const startedAt = performance.now()
  const answer = await fetch(`${service.url}/api/auth${path}`, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json", "origin": service.url, "x-forwarded-for": address }
  })
  await answer.arrayBuffer()
  return {
    status: answer.status,
    retryAfter: answer.headers.get("retry-after"),
    /** Of 429. */
    policy: answer.headers.get("ratelimit-policy") ?? "",
    millis: performance.now() - startedAt
  }
}

type Posted = Awaited<ReturnType<typeof post>>

const signIn = (service: ServiceProcess, address: string, email: string, attempt = password) =>
  post(service, "/sign-in/email", address, { email, password: attempt })
const signUp = (service: ServiceProcess, address: string, email: string) =>
  post(service, "/sign-up/email", address, { name: "Pat", email, password })

/** Has each of these addresses guess again and again, until told to stop; answers what they were answered. */
const flood = (addresses: ReadonlyArray<string>, guess: (address: string) => Promise<Posted>, pause = 1000) => {
  const stopping = new AbortController()
  const answers: Array<Posted> = []
  const all = Promise.all(addresses.map(async (address) => {
    await wait(Math.random() * pause)
    while (!stopping.signal.aborted) {
      answers.push(await guess(address))
      await wait(pause)
    }
  }))
  return {
    answers,
    /** Waits until the queue is full, and the addresses have asked twice: at first they look like anybody new. */
    full: async () => {
      while (answers.length < 2 * addresses.length || !answers.some(({ status }) => status === 503)) await wait(20)
    },
    stop: async () => {
      stopping.abort()
      await all
    }
  }
}

const statusesOf = (answers: ReadonlyArray<Posted>) => answers.map(({ status }) => status)

it("200 addresses that guess keep neither the owner out, who is known, nor somebody new", async () => {
  const service = await start()
  const [owner, home] = [newEmail(), "203.0.113.9"]
  assert.strictEqual((await signUp(service, home, owner)).status, 200)
  const addresses = Array.from({ length: 200 }, (_, index) => `198.18.${index}.1`)
  let guesses = 0
  const strangers = flood(
    addresses,
    (address) => signIn(service, address, guesses++ % 2 === 0 ? owner : newEmail(), "a bad guess")
  )
  await strangers.full()
  const signIns: Array<Posted> = []
  const newcomers: Array<Posted> = []
  for (let time = 0; time < 20; time++) {
    signIns.push(await signIn(service, home, owner))
    if (time % 5 === 4) newcomers.push(await signUp(service, `192.0.${time}.1`, newEmail()))
  }
  await strangers.stop()
  assert.deepStrictEqual(statusesOf(signIns), Array.from({ length: 20 }, () => 200))
  // Two seconds are wanted; machines that run tests may be slow.
  assert.isBelow(Math.max(...signIns.map(({ millis }) => millis)), 10_000)
  assert.deepStrictEqual(statusesOf(newcomers), [200, 200, 200, 200])
  for (const { retryAfter, status } of strangers.answers) if (status === 503) assert.strictEqual(retryAfter, "1")
  await service.stop()
})

it("one network cannot keep others out, and its refusals count as no guess", { timeout: 180_000 }, async () => {
  const service = await start()
  let guesses = 0
  const strangers = flood(
    Array.from({ length: 100 }, (_, index) => `${index}`),
    () => signIn(service, `2001:db8:1:${(guesses++).toString(16)}::1`, newEmail(), "a bad guess")
  )
  await strangers.full()
  const elsewhere = await Promise.all(
    Array.from({ length: 10 }, (_, index) => signUp(service, `2001:db8:2:${index}::1`, newEmail()))
  )
  assert.deepStrictEqual(statusesOf(elsewhere), Array.from({ length: 10 }, () => 200))
  // In the network itself somebody guesses on: at each account until it is enough, however often the answer is 503.
  const all: Array<number> = []
  for (let account = 1; !all.includes(503); account++) {
    const [address, email] = [`2001:db8:1:ff${account}::1`, newEmail()]
    const statuses: Array<number> = []
    for (let isEnough = false; !isEnough;) {
      const guess = await signIn(service, address, email, "a bad guess")
      statuses.push(guess.status)
      isEnough = guess.policy.startsWith("\"guess\"")
      // Not for its guesses, but for how often the address asks.
      if (guess.status === 429 && !isEnough) await wait(2000)
    }
    assert.lengthOf(statuses.filter((status) => status === 401), 10)
    all.push(...statuses)
  }
  await strangers.stop()
  await service.stop()
})

it("120 accounts that sign in again and again, each where it is known, keep none of an office out", async () => {
  const service = await start()
  const office = "203.0.113.9"
  const [colleagues, others] = [Array.from({ length: 10 }, newEmail), Array.from({ length: 10 }, newEmail)]
  for (const email of [...colleagues, ...others]) {
    assert.strictEqual((await signUp(service, office, email)).status, 200)
  }
  const accounts = new Map(Array.from({ length: 120 }, (_, index) => [`198.18.${index}.1`, newEmail()]))
  for (const [address, email] of accounts) await signUp(service, address, email)
  for (const email of colleagues) assert.strictEqual((await signIn(service, office, email)).status, 200)
  const known = flood([...accounts.keys()], (address) => signIn(service, address, accounts.get(address)!), 300)
  await known.full()
  const signIns: Array<Posted> = []
  for (const email of others) signIns.push(await signIn(service, office, email))
  await known.stop()
  assert.deepStrictEqual(statusesOf(signIns), Array.from({ length: 10 }, () => 200))
  await service.stop()
}, 120_000)
