import { assert, it } from "@effect/vitest"
import { freePort } from "../support/freePort.ts"
import { lockTable } from "../support/lockTasks.ts"
import { newDatabase, runSqlIn } from "../support/newDatabase.ts"
import { Client, newDataDirectory, ServiceProcess } from "../support/ServiceProcess.ts"

it("a start that migrates waits for a long lock without having others' writes wait for it", async () => {
  const url = await newDatabase()
  const environment = {
    DATABASE_URL: url.href,
    BETTER_AUTH_SECRET: "a secret of the tests, of no use to anybody",
    TODO_DATA_DIR: await newDataDirectory()
  }
  const first = await ServiceProcess.start(environment)
  const pat = await new Client(first.url).signUp()
  // The next start makes the functions anew, and a trigger, for which nobody may be writing.
  await runSqlIn(
    url.href,
    "UPDATE todo_functions SET version = version - 1",
    "COMMENT ON TRIGGER note_trash ON todo.tasks IS 'of the release before'"
  )
  // As a backup has it for an hour: those who write go on.
  const release = await lockTable(url, "todo.tasks", "ROW EXCLUSIVE")
  const second = ServiceProcess.launch(await freePort(), environment)
  const statuses: Array<number> = []
  const waits = /Somebody has what is to be migrated/g
  const attempts = () => [...`${second.stderr}${second.stdout}`.matchAll(waits)].length
  while (attempts() < 5) {
    const { status } = await pat.json("POST", "/api/v1/tasks", { title: "Meanwhile" })
    if (attempts() > 0) statuses.push(status)
  }
  await release()
  assert.isAbove(statuses.filter((status) => status === 201).length, statuses.length * 0.9)
  await second.ready()
  const [functions] = await runSqlIn(url.href, "SELECT count(*)::integer AS count FROM todo_functions")
  assert.deepStrictEqual(functions, { count: 1 })
  assert.strictEqual((await pat.json("POST", "/api/v1/tasks", { title: "After" })).status, 201)
  for (const service of [first, second]) assert.strictEqual(await service.stop(), 0)
})
