/*
 * Streams of events over a long time of writing: what they cost in memory, how late they tell, whether each tells all of
 * it in order, and how they end. Ends with 1 where one has missed something, or did not end.
 *
 *   node packages/api/scripts/listeners.ts [seconds, 600] [listeners, 200] [writes a second, 50] [port, 4894]
 */
import { once } from "node:events"
import { connect } from "node:net"
import { EventSource } from "../test/support/EventSource.ts"
import { deploy, quantile, type Service, signUp } from "./Deployment.ts"

const seconds = Number(process.argv[2] ?? 600)
const listeners = Number(process.argv[3] ?? 200)
const perSecond = Number(process.argv[4] ?? 50)
const port = Number(process.argv[5] ?? 4894)
const ofUser = 5

type Person = Awaited<ReturnType<typeof signUp>>

const wait = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis))

const post = async ({ url }: Service, { jwt }: Person, path: string, body: object) => {
  const answer = await fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json", "authorization": `Bearer ${jwt}` },
    body: JSON.stringify(body)
  })
  if (answer.status !== 201) throw new Error(`${path} was answered with ${answer.status}`)
  return await answer.json() as { readonly id: string; readonly title: string; readonly secret: string }
}

/** What the service tells its operators of itself. */
const metric = async (name: string) => {
  const text = await (await fetch(`http://127.0.0.1:${port + 1}/metrics`)).text()
  return Number(new RegExp(`^${name} (\\S+)$`, "m").exec(text)?.[1] ?? 0)
}

const faults: Array<string> = []

await deploy(async ({ start }) => {
  const service = await start(port, {
    RATE_LIMITS: "off",
    ACCESS_TOKEN_TTL: "1 hour",
    ADMIN_PORT: String(port + 1),
    DRAIN_DELAY: "2 seconds"
  })
  const people: Array<Person> = []
  for (let i = 0; i < listeners / ofUser; i++) people.push(await signUp(service))
  /** When the answer to the write of a title was there, and what each user has written, in order. */
  const writtenAt = new Map<string, number>()
  const written = new Map(people.map(({ id }) => [id, [] as Array<string>]))
  const delays: Array<number> = []

  const listen = async (person: Person) => {
    const source = await EventSource.open(service.url, person.jwt)
    await source.take(1)
    const heard: Array<string> = []
    const reading = (async () => {
      while (!source.isEnded) {
        await source.until(() => source.events.length > 0 || source.isEnded)
        for (const { data } of source.events.splice(0)) {
          const { title } = data.value as { readonly title: string }
          heard.push(title)
          const at = writtenAt.get(title)
          delays.push(at === undefined ? 0 : Math.max(0, performance.now() - at))
        }
      }
    })()
    return { source, heard, reading, person }
  }
  const all = (await Promise.all(people.map((person) =>
    Promise.all(Array.from({ length: ofUser }, () => listen(person)))
  )))
    .flat()
  const [deafOne] = people
  const deaf = connect(port, "127.0.0.1").pause().on("error", () => {})
  await once(deaf, "connect")
  deaf.write(`GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${deafOne!.jwt}\r\n\r\n`)

  let next = 0
  const startedAt = performance.now()
  const write = async () => {
    const person = people[next % people.length]!
    const title = `Task ${next++}`
    // Whoever does not read is soon behind by more than kernels take.
    const description = person === deafOne ? "x".repeat(20_000) : "Something short"
    written.get(person.id)!.push(title)
    await post(service, person, "/api/v1/tasks", { title, description })
    writtenAt.set(title, performance.now())
  }
  const memory: Array<number> = []
  const lastOf = new Map<Person, Promise<void>>()
  for (let second = 1; second <= seconds; second++) {
    for (let i = 0; i < perSecond; i++) {
      const person = people[next % people.length]!
      const before = lastOf.get(person) ?? Promise.resolve()
      const due = startedAt + 1000 * (second - 1 + i / perSecond)
      await wait(Math.max(0, due - performance.now()))
      await before
      lastOf.set(person, write())
    }
    memory.push(await metric("process_resident_memory_bytes") / 1_048_576)
    if (second % 10 === 0) {
      console.log(
        `${String(second).padStart(4)} s   ${memory.at(-1)!.toFixed(0).padStart(4)} MiB   heap ${
          (await metric("nodejs_heap_size_used_bytes") / 1_048_576).toFixed(0)
        } MiB   ${await metric("todo_event_streams")} streams   told after p50 ${
          quantile(delays, 0.5).toFixed(1)
        } ms, p99 ${quantile(delays, 0.99).toFixed(1)} ms`
      )
    }
  }
  await Promise.all(lastOf.values())
  await wait(2000)
  for (const { heard, person } of all) {
    if (heard.join() !== written.get(person.id)!.join()) {
      faults.push(
        `${heard.length} of ${written.get(person.id)!.length} heard`
      )
    }
  }
  const isCut = await metric("todo_connections_cut_total\\{[^}]*reason=\"stalled\"[^}]*\\}")
  console.log(`cut, since nobody reads: ${isCut}`)

  const token = await post(service, deafOne!, "/api/v1/tokens", {
    name: "ci",
    scopes: ["tasks:read"],
    expiresInDays: 1
  })
  const scripted = await EventSource.open(service.url, token.secret)
  await fetch(`${service.url}/api/v1/tokens/${token.id}`, {
    method: "DELETE",
    headers: { authorization: `Bearer ${deafOne!.jwt}` }
  })
  const revokedAt = performance.now()
  await scripted.ended()
  console.log(`ended ${(performance.now() - revokedAt).toFixed(0)} ms after its token was revoked`)

  const stoppedAt = performance.now()
  const [code] = await Promise.all([service.stop(), ...all.map(({ reading }) => reading)])
  console.log(`all ended, and the service with ${code}, ${(performance.now() - stoppedAt).toFixed(0)} ms after SIGTERM`)
  const half = Math.floor(memory.length / 2)
  console.log(
    `${next} writes, ${delays.length} events; memory, median of each half: ${
      quantile(memory.slice(0, half), 0.5).toFixed(0)
    } and ${quantile(memory.slice(half), 0.5).toFixed(0)} MiB; ${faults.length} streams have missed something`
  )
})
for (const fault of faults) console.log(fault)
process.exitCode = faults.length === 0 ? 0 : 1
