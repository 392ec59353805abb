import { assert, describe, it } from "@effect/vitest"
import { randomUUID } from "node:crypto"
import { setTimeout } from "node:timers/promises"
import { asFarAs } from "../support/asFarAs.ts"
import { newDatabase } from "../support/newDatabase.ts"
import { rollingReleases } from "../support/releases.ts"
import { Client, ServiceProcess } from "../support/ServiceProcess.ts"

interface Answer {
  readonly id: string
  readonly version: number
  readonly count: number
  readonly items: ReadonlyArray<Answer>
  readonly results: ReadonlyArray<{ readonly status: number }>
  readonly undoes: string
}

interface Done {
  readonly body: Answer
  readonly operation: string
}

/**
 * Sends a request that has to be done; what it says of the operation is in the answer. A table that is being changed may be
 * in the way (docs/operations.md): it is sent once more, as clients do, and no more often.
 */
const ask = async (client: Client, method: string, path: string, body?: unknown): Promise<Done> => {
  const key = method === "GET" ? {} : { "idempotency-key": randomUUID() }
  const send = () => client.json(method, `/api/v1${path}`, body, client.jwt, key)
  const first = await send()
  if (first.status === 503) await setTimeout(1000 * Number(first.headers.get("retry-after")))
  const response = first.status === 503 ? await send() : first
  const text = await response.text()
  assert.isTrue(response.ok, `${method} ${path} at ${client.url}: ${response.status} ${text}`)
  return {
    body: text === "" ? {} as Answer : JSON.parse(text) as Answer,
    operation: response.headers.get("operation-id") ?? ""
  }
}

/** Writes in every way at one service, and sees or undoes it at the other. */
const writeInEveryWay = async (here: Client, there: Client, old: Client) => {
  const add = async (title: string) => (await ask(here, "POST", "/tasks", { title })).body
  const sameLists = async () => {
    for (const path of ["/tasks", "/trash", "/operations", "/tokens"]) {
      const [older, newer] = [await ask(old, "GET", path), await ask(here === old ? there : here, "GET", path)]
      assert.deepStrictEqual(asFarAs(older.body, newer.body), older.body, path)
    }
  }
  const [first, second, third] = [await add("One"), await add("Two"), await add("Three")]
  const edited = await ask(here, "PATCH", `/tasks/${first.id}`, { title: "Edited", completed: true })
  const undone = await ask(there, "POST", `/operations/${edited.operation}/undo`, {})
  assert.strictEqual(undone.body.undoes, edited.operation)
  await ask(here, "POST", `/operations/${undone.body.id}/undo`, {})
  await sameLists()

  await ask(here, "DELETE", `/tasks/${second.id}`)
  await ask(there, "POST", `/tasks/${second.id}/restore`, {})
  await ask(here, "DELETE", `/tasks/${third.id}?permanent=true`)
  assert.strictEqual((await ask(here, "DELETE", "/tasks?completed=true")).body.count, 1)
  await ask(here, "POST", "/undo", {})
  await sameLists()

  const batch = await ask(here, "POST", "/batch", {
    operations: [
      ...Array.from({ length: 150 }, (_, index) => ({ op: "task.create", body: { title: `Of a batch, ${index}` } })),
      { op: "task.update", id: second.id, body: { description: "More" } },
      { op: "task.remove", id: first.id }
    ]
  })
  assert.lengthOf(batch.body.results, 152)
  // More of them than are written beside others.
  await ask(there, "POST", `/operations/${batch.operation}/undo`, {})
  for (const completed of [true, false]) await ask(here, "DELETE", `/tasks?completed=${completed}`)
  await ask(there, "DELETE", "/trash")
  const token = await ask(here, "POST", "/tokens", { name: "ci", scopes: ["tasks:read"], expiresInDays: 1 })
  await ask(there, "DELETE", `/tokens/${token.body.id}`)
  await sameLists()
}

/** Writes again and again, as four people at once would, until told to stop; answers how often it has. */
const keepWriting = (client: Client) => {
  const over = new AbortController()
  const write = async (who: number) => {
    let count = 0
    for (; !over.signal.aborted; count++) {
      const { body } = await ask(client, "POST", "/tasks", { title: `Meanwhile, ${who} ${count}` })
      await ask(client, "PATCH", `/tasks/${body.id}`, { completed: true })
    }
    return count
  }
  const writing = Promise.all([1, 2, 3, 4].map(write))
  return async () => {
    over.abort()
    const counts = await writing
    await ask(client, "DELETE", "/tasks?completed=true")
    return Math.min(...counts)
  }
}

describe("a rolling upgrade", () => {
  it.each([...rollingReleases, "the present release"])(
    "from %s: both serve at once, and nothing that either is asked fails",
    async (release) => {
      const environment = {
        DATABASE_URL: (await newDatabase()).href,
        BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody",
        PUBLIC_URL: "http://localhost"
      }
      const old = rollingReleases.includes(release)
        ? await ServiceProcess.startRelease(release, environment)
        : await ServiceProcess.start(environment)
      const atOld = await new Client(old.url).signUp()
      const stopWriting = keepWriting(atOld)
      const present = await ServiceProcess.start(environment)
      assert.isAbove(await stopWriting(), 0)

      const atPresent = new Client(present.url, atOld.email)
      // What one hands out the other takes.
      atPresent.jwt = atOld.jwt
      await writeInEveryWay(atOld, atPresent, atOld)
      await writeInEveryWay(atPresent, atOld, atOld)
      const signedIn = await new Client(present.url, atOld.email).signIn()
      atOld.jwt = signedIn.jwt
      await writeInEveryWay(atOld, signedIn, atOld)

      const goOn = keepWriting(signedIn)
      assert.strictEqual(await old.stop(), 0)
      assert.isAbove(await goOn(), 0)
      assert.strictEqual(await present.stop(), 0)
    }
  )
})
