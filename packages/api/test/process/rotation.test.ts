import { assert, it } from "@effect/vitest"
import { usedDataDirectory } from "../support/preparedData.ts"
import { Client, ServiceProcess } from "../support/ServiceProcess.ts"

it("makes a new signing key on SIGUSR2, and refuses no token meanwhile", async () => {
  const service = await ServiceProcess.start({ TODO_DATA_DIR: usedDataDirectory() })
  const client = await new Client(service.url).signUp()
  const keys = async () => (await (await fetch(`${service.url}/api/auth/jwks`)).json() as { keys: Array<object> }).keys
  assert.lengthOf(await keys(), 1)
  service.process.kill("SIGUSR2")
  while ((await keys()).length === 1) assert.deepStrictEqual(await client.titles(), [])
  assert.lengthOf(await keys(), 2)
  assert.deepStrictEqual(await client.titles(), [])
  await client.signIn()
  assert.deepStrictEqual(await client.titles(), [])
  assert.strictEqual(await service.stop(), 0)
})
