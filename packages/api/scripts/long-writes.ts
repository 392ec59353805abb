/*
 * What a user who deletes 10,000 tasks, undoes that, and so on, does to everybody else: the time in which another lists
 * tasks and makes one, 20 of each a second, without that and beside it. It is counted from when a request was due.
 *
 *   node packages/api/scripts/long-writes.ts [seconds a phase, 20] [port, 4894]
 */
import { deploy, quantile, type Service, signUp } from "./Deployment.ts"

const seconds = Number(process.argv[2] ?? 20)
const port = Number(process.argv[3] ?? 4894)
const perSecond = 20
const many = 10_000

type Person = Awaited<ReturnType<typeof signUp>>

const wait = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis))

const ask = async ({ url }: Service, { jwt }: Person, method: string, path: string, body?: object) => {
  const answer = await fetch(`${url}/api/v1/${path}`, {
    method,
    headers: { "content-type": "application/json", "authorization": `Bearer ${jwt}` },
    ...body !== undefined && { body: JSON.stringify(body) }
  })
  await answer.arrayBuffer()
  return answer.ok
}

/** Does it at an even pace, whether or not the last answer is here; answers the milliseconds of each that was not refused. */
const evenly = async (once: () => Promise<boolean>) => {
  const startedAt = performance.now()
  const times = await Promise.all(Array.from({ length: seconds * perSecond }, async (_, index) => {
    const due = startedAt + index * 1000 / perSecond
    await wait(Math.max(0, due - performance.now()))
    return await once() ? performance.now() - due : undefined
  }))
  return times.filter((time) => time !== undefined)
}

const write = (name: string, times: ReadonlyArray<number>) =>
  console.log(
    `${name.padEnd(24)}${String(times.length).padStart(5)} done  ${
      [0.5, 0.95, 0.99, 1].map((part) => `p${part * 100} ${quantile(times, part).toFixed(1).padStart(7)} ms`).join("  ")
    }`
  )

await deploy(async ({ start }) => {
  const service = await start(port, { RATE_LIMITS: "off", ACCESS_TOKEN_TTL: "1 hour" })
  const [one, other] = [await signUp(service), await signUp(service)]
  const operations = Array.from({ length: 500 }, () => ({ op: "task.create", body: { title: "Of many" } }))
  for (let made = 0; made < many; made += operations.length) await ask(service, one, "POST", "batch", { operations })

  const measure = async (name: string) => {
    const [lists, creations] = await Promise.all([
      evenly(() => ask(service, other, "GET", "tasks")),
      evenly(() => ask(service, other, "POST", "tasks", { title: "Of one" }))
    ])
    write(`list, ${name}`, lists)
    write(`create, ${name}`, creations)
  }
  await measure("warming up")
  await measure("alone")

  const over = new AbortController()
  const times = { deletion: [] as Array<number>, undo: [] as Array<number> }
  const timed = async (what: keyof typeof times, method: string, path: string) => {
    const startedAt = performance.now()
    if (await ask(service, one, method, path)) times[what].push(performance.now() - startedAt)
  }
  const again = async () => {
    while (!over.signal.aborted) {
      await timed("deletion", "DELETE", "tasks?completed=false")
      await timed("undo", "POST", "undo")
    }
  }
  const measured = measure(`beside ${many.toLocaleString("en")}`).finally(() => over.abort())
  await Promise.all([measured, again()])
  write("deletion", times.deletion)
  write("undo", times.undo)
})
