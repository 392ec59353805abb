import { assert, describe, it } from "@effect/vitest"
import { asFarAs } from "../support/asFarAs.ts"
import { newDatabase } from "../support/newDatabase.ts"
import { releases } from "../support/releases.ts"
import { Client, newDataDirectory, ServiceProcess } from "../support/ServiceProcess.ts"

const databases = {
  embedded: async () => ({ TODO_DATA_DIR: await newDataDirectory() }),
  "PostgreSQL 18": async () => ({
    DATABASE_URL: (await newDatabase()).href,
    BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody",
    TODO_DATA_DIR: await newDataDirectory()
  })
}

interface Task {
  readonly id: string
  readonly number: number
}

const readyTo = async <A>(service: ServiceProcess, use: () => Promise<A>): Promise<A> => {
  try {
    return await use()
  } finally {
    assert.strictEqual(await service.stop(), 0)
  }
}

/** An answer without what is of the very request. */
const answerOf = async (response: Response) => {
  assert.isTrue(response.ok, `${response.status}`)
  return response.json() as Promise<Task & { readonly items: ReadonlyArray<Task>; readonly secret: string }>
}

const keyed = (url: string, jwt: string, body: object, key: string) =>
  fetch(`${url}/api/v1/tasks`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${jwt}`, "idempotency-key": key },
    body: JSON.stringify(body)
  })

describe.each(releases)("the data of %s", (release) => {
  it.each(Object.entries(databases))("is taken over by starting: %s", async (_, environmentOf) => {
    const environment = await environmentOf()
    const key = crypto.randomUUID()

    const first = await ServiceProcess.startRelease(release, environment)
    const before = await readyTo(first, async () => {
      const pat = await new Client(first.url).signUp()
      const nobody = await new Client(first.url).signUp()
      const add = async (body: object) => answerOf(await pat.json("POST", "/api/v1/tasks", body))
      const tasks = [await add({ title: "Open" }), await add({ title: "Done", description: "Twice" })]
      await answerOf(await pat.json("PATCH", `/api/v1/tasks/${tasks[1]!.id}`, { completed: true }))
      const deleted = await add({ title: "Deleted" })
      assert.strictEqual((await pat.json("DELETE", `/api/v1/tasks/${deleted.id}`)).status, 204)
      const token = await answerOf(
        await pat.json("POST", "/api/v1/tokens", { name: "ci", scopes: ["tasks:read"], expiresInDays: 7 })
      )
      const made = await answerOf(await keyed(first.url, pat.jwt, { title: "With a key" }, key))
      const listed = await answerOf(await pat.json("GET", "/api/v1/tasks"))
      return { pat, nobody, token, made, listed }
    })

    const second = await ServiceProcess.start(environment)
    const { listed, made, nobody, pat, token } = before
    const again = new Client(second.url, pat.email)
    const after = await readyTo(second, async () => {
      await again.signIn()
      // Who was signed in still is, and so is the token.
      again.session = pat.session
      assert.strictEqual((await again.json("GET", "/api/auth/token", undefined, pat.session)).status, 200)
      for (
        const answer of [
          await again.json("GET", "/api/v1/tasks", undefined, token.secret),
          await again.json("GET", "/api/v1/tasks")
        ]
      ) assert.deepStrictEqual(asFarAs(listed, await answerOf(answer)), listed)
      // A request whose answer was lost on the way to the upgrade.
      const replay = await keyed(second.url, again.jwt, { title: "With a key" }, key)
      assert.strictEqual(replay.headers.get("idempotency-replayed"), "true")
      assert.deepStrictEqual(asFarAs(made, await answerOf(replay)), made)
      const next = await answerOf(await again.json("POST", "/api/v1/tasks", { title: "Next" }))
      assert.strictEqual(next.number, 5)
      const changed = await again.json("PATCH", `/api/v1/tasks/${listed.items[0]!.id}`, { description: "More" })
      assert.match(changed.headers.get("operation-id") ?? "", /^[0-9a-f-]{36}$/)
      // Somebody who has never had a task.
      const other = await new Client(second.url, nobody.email).signIn()
      assert.strictEqual((await answerOf(await other.json("POST", "/api/v1/tasks", { title: "First" }))).number, 1)
      return answerOf(await again.json("GET", "/api/v1/tasks"))
    })

    // And what it is now is what the next start finds.
    const third = await ServiceProcess.start(environment)
    await readyTo(third, async () => {
      const last = await new Client(third.url, pat.email).signIn()
      assert.deepStrictEqual(await answerOf(await last.json("GET", "/api/v1/tasks")), after)
    })
  })
})
