import { assert, it } from "@effect/vitest"
import { usedDataDirectory } from "../support/preparedData.ts"
import { Client, ServiceProcess } from "../support/ServiceProcess.ts"

it("loses no acknowledged task to kill -9, ten times over, and keeps none twice", { timeout: 180_000 }, async () => {
  const environment = { TODO_DATA_DIR: usedDataDirectory() }
  let service = await ServiceProcess.start(environment)
  const { port } = new URL(service.url)
  const client = await new Client(service.url).signUp()
  const acknowledged: Array<string> = []
  const sent = new Set<string>()

  for (let round = 0; round < 10; round++) {
    let running = true
    const adders = Array.from({ length: 4 }, async (_, adder) => {
      for (let i = 0; running; i++) {
        const title = `Round ${round}, client ${adder}, task ${i}`
        sent.add(title)
        const answer = await client.json("POST", "/api/v1/tasks", { title }).catch(() => undefined)
        if (answer?.status === 201) acknowledged.push(title)
        else running = false
      }
    })
    const before = acknowledged.length
    while (acknowledged.length < before + 25 + round * 7) await new Promise((resolve) => setTimeout(resolve, 1))
    assert.strictEqual(await service.stop("SIGKILL"), "SIGKILL")
    await Promise.all(adders)
    service = await ServiceProcess.start(environment, Number(port))
  }

  await client.signIn()
  const kept = await client.titles()
  assert.isAtLeast(acknowledged.length, 250)
  assert.deepStrictEqual(acknowledged.filter((title) => !kept.includes(title)), [])
  assert.strictEqual(new Set(kept).size, kept.length)
  assert.deepStrictEqual(kept.filter((title) => !sent.has(title)), [])
  await service.stop()
})
