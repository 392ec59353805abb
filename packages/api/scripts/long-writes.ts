/*
 * What a user who deletes 10,000 tasks, undoes that, and so on, or sends 64 batches of 500 at once, again and again, does to
 * everybody else: the time in which another lists tasks and makes one, 20 of each a second, without that and beside it. It is
 * counted from when a request was due.
 *
 *   node packages/api/scripts/long-writes.ts [seconds a phase, 20] [port, 4894]
 */
import { deploy, quantile, type Service, signUp } from "./Deployment.ts"

const seconds = Number(process.argv[2] ?? 20)
const port = Number(process.argv[3] ?? 4894)
const perSecond = 20
const many = 10_000
const atOnce = 64

type Person = Awaited<ReturnType<typeof signUp>>

type Ask = [person: Person, method: string, path: string, body?: object]
type Titled = { readonly items: ReadonlyArray<{ readonly id: string; readonly title: string }> }

const wait = (millis: number) => new Promise((resolve) => setTimeout(resolve, millis))

const send = async ({ url }: Service, ...[{ jwt }, method, path, body]: Ask) => {
  const answer = await fetch(`${url}/api/v1/${path}`, {
    method,
    headers: { "content-type": "application/json", "authorization": `Bearer ${jwt}` },
    ...body !== undefined && { body: JSON.stringify(body) }
  })
  return { status: answer.status, text: await answer.text() }
}

/** What came of requests: the milliseconds of those that were done, and how many were refused, by their statuses. */
class Answers {
  readonly #name: string
  readonly #times: Array<number> = []
  readonly #refused: Record<string, number> = {}

  constructor(name: string) {
    this.#name = name
  }

  add(status: number, millis: number) {
    if (status < 300) this.#times.push(millis)
    else this.#refused[status] = (this.#refused[status] ?? 0) + 1
  }

  write() {
    const quantiles = [0.5, 0.95, 0.99, 1].map((part) =>
      `p${part * 100} ${quantile(this.#times, part).toFixed(1).padStart(7)} ms`
    )
    console.log(
      `${this.#name.padEnd(30)}${String(this.#times.length).padStart(5)} done  ${quantiles.join("  ")}  refused ${
        JSON.stringify(this.#refused)
      }`
    )
  }
}

/** Sends it at an even pace, whether or not the last answer is here. */
const evenly = async (name: string, once: () => Promise<number>) => {
  const answers = new Answers(name)
  const startedAt = performance.now()
  await Promise.all(Array.from({ length: seconds * perSecond }, async (_, index) => {
    const due = startedAt + index * 1000 / perSecond
    await wait(Math.max(0, due - performance.now()))
    const status = await once()
    answers.add(status, performance.now() - due)
  }))
  return answers
}

await deploy(async ({ start }) => {
  const service = await start(port, { RATE_LIMITS: "off", ACCESS_TOKEN_TTL: "1 hour" })
  const [one, other] = [await signUp(service), await signUp(service)]
  const ask = async (...request: Ask) => (await send(service, ...request)).status
  const creations = Array.from({ length: 500 }, () => ({ op: "task.create", body: { title: "Of many" } }))
  for (let made = 0; made < many; made += creations.length) {
    await ask(one, "POST", "batch", { operations: creations })
  }

  const measure = async (name: string) => {
    const answers = await Promise.all([
      evenly(`list, ${name}`, () => ask(other, "GET", "tasks")),
      evenly(`create, ${name}`, () => ask(other, "POST", "tasks", { title: "Of one" }))
    ])
    for (const each of answers) each.write()
  }
  await measure("warming up")
  await measure("alone")

  const beside = async (name: string, work: (isOver: () => boolean) => Promise<void>) => {
    let isOver = false
    await Promise.all([measure(`beside ${name}`).finally(() => isOver = true), work(() => isOver)])
  }
  const timed = async (answers: Answers, ...request: Ask) => {
    const startedAt = performance.now()
    answers.add(await ask(...request), performance.now() - startedAt)
  }

  const [deletions, undos] = [new Answers(`deletion of ${many}`), new Answers("its undo")]
  await beside("deletions", async (isOver) => {
    while (!isOver()) {
      await timed(deletions, one, "DELETE", "tasks?completed=false")
      await timed(undos, one, "POST", "undo")
    }
  })
  for (const each of [deletions, undos]) each.write()

  const titled = async () => JSON.parse((await send(service, one, "GET", "tasks?limit=200")).text) as Titled
  const { items } = await titled()
  const batches = new Answers("batch of 500")
  await beside(`${atOnce} batches`, async (isOver) => {
    let nth = 0
    await Promise.all(Array.from({ length: atOnce }, async () => {
      while (!isOver()) {
        const title = `Batch ${++nth}`
        // Each of them once, and some again: all have the title of the batch that came last.
        const operations = creations.map((_, index) => ({
          op: "task.update",
          id: items[index % items.length]!.id,
          body: { title }
        }))
        await timed(batches, one, "POST", "batch", { operations })
      }
    }))
  })
  batches.write()
  const titles = new Set((await titled()).items.map(({ title }) => title))
  console.log(`${items.length} tasks that all batches wrote have ${titles.size} title`)
})
