/*
 * How long the service takes to refuse each forged token of the tests, beside
 * how long it takes to accept a good one: what costs much is a way to slow it down.
 *
 *   node packages/api/scripts/forged-tokens.ts [requests for each, 40] [port, 4890]
 */
import { PgClient } from "@effect/sql-pg"
import { Effect, Redacted } from "effect"
import { KeyObject } from "node:crypto"
import { forgeries } from "../test/auth/forgeries/all.ts"
import { type Forgery, withClaims } from "../test/auth/forgeries/Forgery.ts"
import { claimsOf, signingKey } from "../test/support/tokens.ts"
import { deploy, quantile, signUp } from "./Deployment.ts"

const count = Number(process.argv[2] ?? 40)
const port = Number(process.argv[3] ?? 4890)

await deploy(async ({ postgresUrl, start }) => {
  const service = await start(port, { RATE_LIMITS: "off" })
  const [pat, victim] = [await signUp(service), await signUp(service)]
  const { kid, privateKey } = await signingKey.pipe(
    Effect.provide(PgClient.layer({ url: Redacted.make(postgresUrl), maxConnections: 1 })),
    Effect.runPromise
  )
  const material = {
    good: pat.jwt,
    claims: { ...claimsOf(pat.jwt) },
    kid,
    privateKey: KeyObject.from(privateKey as Parameters<typeof KeyObject.from>[0]),
    victim: { sub: victim.id, sid: claimsOf(victim.jwt).sid },
    listener: "http://127.0.0.1:9"
  }
  const good: ReadonlyArray<Forgery> = [
    ["good, seen before", ({ good }) => good],
    ["good, never seen before", (seen) => withClaims({ jti: crypto.randomUUID() })(seen)]
  ]

  const rows = [...good, ...forgeries].map(([name, make]) => ({
    name,
    make,
    millis: [] as Array<number>,
    statuses: new Set<number>()
  }))
  // One of each in turn, so that what else the machine does falls on all alike; the first turns warm up.
  for (let turn = -5; turn < count; turn++) {
    for (const { make, millis, statuses } of rows) {
      const headers = { authorization: `Bearer ${make(material)}` }
      const startedAt = performance.now()
      const answer = await fetch(`${service.url}/api/v1/me`, { headers })
      await answer.arrayBuffer()
      if (turn < 0) continue
      millis.push(performance.now() - startedAt)
      statuses.add(answer.status)
    }
  }

  const write = (cells: ReadonlyArray<string>) =>
    console.log([cells[0]!.slice(0, 64).padEnd(64), ...cells.slice(1).map((cell) => cell.padStart(8))].join(" "))
  const base = quantile(rows[0]!.millis, 0.5)
  write(["token", "status", "median", "p95", "max", "ratio"])
  for (
    const { millis, name, statuses } of rows.toSorted((a, b) => quantile(b.millis, 0.5) - quantile(a.millis, 0.5))
  ) {
    const [median, p95, max] = [0.5, 0.95, 1].map((part) => quantile(millis, part))
    write([name, [...statuses].join(), ...[median!, p95!, max!, median! / base].map((number) => number.toFixed(2))])
  }
  const refused = rows.slice(good.length)
  const all = refused.flatMap(({ millis }) => millis)
  write([`all ${refused.length} forged ones`, "", ...[0.5, 0.95, 1].map((part) => quantile(all, part).toFixed(2)), ""])
  console.log("Milliseconds; the ratio is that of the medians to a good token that was seen before.")
})
