import { assert, describe, it } from "@effect/vitest"
import { mkdir, mkdtemp, readdir, readFile, stat, writeFile } from "node:fs/promises"
import { createServer } from "node:net"
import { join } from "node:path"
import { inject } from "vitest"
import { freePort } from "../support/freePort.ts"
import { newDatabase } from "../support/newDatabase.ts"
import { usedDataDirectory } from "../support/preparedData.ts"
import { Client, newDataDirectory, ServiceProcess } from "../support/ServiceProcess.ts"

describe("the service's process, on the embedded database", () => {
  it("starts on nothing, says where it is and what to type, and keeps everything over a restart", async () => {
    const data = join(await newDataDirectory(), "not", "there", "yet")
    const first = await ServiceProcess.start({ TODO_DATA_DIR: data })
    const next = [`export TODO_API_URL=${first.url}`, "    todo signup", "    todo list"]
    for (const text of [first.url, `${first.url}/docs`, data, ...next]) assert.include(first.stdout, text)
    assert.notInclude(first.stdout, "npx")
    const client = await new Client(first.url).signUp()
    assert.strictEqual((await client.json("POST", "/api/v1/tasks", { title: "Kept" })).status, 201)
    assert.strictEqual(await first.stop("SIGINT"), 0)
    assert.match(first.stdout, /\n\nStopped\. Your tasks are in [^\n]+\.\n$/)
    assert.include(first.stdout, `Your tasks are in ${data}.`)

    const second = await ServiceProcess.start({ TODO_DATA_DIR: data }, Number(new URL(first.url).port))
    // The token of before is still good, too: keys and secret are kept.
    assert.deepStrictEqual(await client.titles(), ["Kept"])
    await client.signIn()
    assert.deepStrictEqual(await client.titles(), ["Kept"])
    assert.strictEqual(await second.stop(), 0)
  })

  it("keeps its data and its secret from other users of the machine", async () => {
    const data = await newDataDirectory()
    const service = await ServiceProcess.start({ TODO_DATA_DIR: join(data, "own") })
    assert.strictEqual((await stat(join(data, "own"))).mode & 0o777, 0o700)
    assert.strictEqual((await stat(join(data, "own", "secret"))).mode & 0o777, 0o600)
    assert.isAtLeast((await readFile(join(data, "own", "secret"), "utf8")).length, 32)
    await service.stop()
  })

  it("refuses a second service on the same data directory with one line, and leaves the first alone", async () => {
    const data = usedDataDirectory()
    const first = await ServiceProcess.start({ TODO_DATA_DIR: data })
    const second = ServiceProcess.launch(await freePort(), { TODO_DATA_DIR: data })
    assert.strictEqual(await second.ended, 1)
    assert.strictEqual(second.stdout, "")
    assert.match(second.said, /^todo: Another todo service is using the data directory [^\n]+\n$/)
    assert.include(second.said, data)
    await new Client(first.url).signUp()
    await first.stop()
  })

  it("starts again after a first start that was cut short", async () => {
    const data = await newDataDirectory()
    const cut = ServiceProcess.launch(await freePort(), { TODO_DATA_DIR: data })
    while (!(await readdir(data)).includes("postgres.new")) await new Promise((resolve) => setTimeout(resolve, 5))
    assert.strictEqual(await cut.stop("SIGKILL"), "SIGKILL")
    assert.notInclude(await readdir(data), "postgres")
    const service = await ServiceProcess.start({ TODO_DATA_DIR: data })
    await new Client(service.url).signUp()
    await service.stop()
  })

  // Config.test.ts has a bad value of each.
  it("says in one line what is wrong with its settings", async () => {
    for (
      const [environment, message] of [
        [{ PORT: "http" }, "PORT: a number from 0 to 65535, not \"http\""],
        [{ DATABASE_URL: "postgres://localhost/todo" }, "BETTER_AUTH_SECRET is required"],
        [{ SMTP_URL: "smtp://localhost" }, "MAIL_FROM is required"],
        [{ BETTER_AUTH_SECRET: "short" }, "BETTER_AUTH_SECRET: 32 characters or more, not the 5 characters"]
      ] as const
    ) {
      const service = ServiceProcess.launch(4000, { TODO_DATA_DIR: await newDataDirectory(), ...environment })
      assert.strictEqual(await service.ended, 1)
      assert.match(service.said, /^todo: [^\n]+\n$/)
      assert.include(service.said, message)
      // The value of a secret is not shown.
      assert.notInclude(service.stderr, "short")
    }
  })

  it("says in one line that .env cannot be read, and starts on nothing else", async () => {
    const folder = await mkdtemp(join(inject("scratch"), "env-"))
    await mkdir(join(folder, ".env"))
    const service = ServiceProcess.launch(await freePort(), { TODO_DATA_DIR: await newDataDirectory() }, folder)
    assert.strictEqual(await service.ended, 1)
    assert.strictEqual(service.said, "todo: .env cannot be read: is a directory\n")
  })

  it("says in one line that the data directory is a file, or would be in one", async () => {
    const file = join(await newDataDirectory(), "file")
    await writeFile(file, "")
    for (const data of [file, join(file, "data")]) {
      const service = ServiceProcess.launch(await freePort(), { TODO_DATA_DIR: data })
      assert.strictEqual(await service.ended, 1)
      assert.strictEqual(
        service.said,
        `todo: The data directory ${data} cannot be made: ${file} is a file, not a folder\n`
      )
    }
  })

  it("says in one line which setting keeps it from listening", async () => {
    // Of a block for documents: no machine has it. And a name that no machine has.
    for (
      const [environment, message] of [
        [{ HOST: "192.0.2.1" }, /^todo: HOST: 192\.0\.2\.1 is no address of this machine \(.+\)\n$/],
        [{ HOST: "nowhere.invalid" }, /^todo: HOST: this machine knows no nowhere\.invalid \(.+\)\n$/],
        [{ ADMIN_PORT: "0", ADMIN_HOST: "192.0.2.1" }, /^todo: ADMIN_HOST: 192\.0\.2\.1 is no address .+\n$/]
      ] as const
    ) {
      const service = ServiceProcess.launch(await freePort(), {
        DATABASE_URL: (await newDatabase()).href,
        BETTER_AUTH_SECRET: "x".repeat(32),
        ...environment
      })
      assert.strictEqual(await service.ended, 1)
      assert.match(service.said, message)
    }
  })

  it("says in one line that the port is taken, or that the database does not answer", async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve))
    const address = other.address()
    const port = typeof address === "object" && address !== null ? address.port : 0
    const taken = ServiceProcess.launch(port, { TODO_DATA_DIR: await newDataDirectory() })
    assert.strictEqual(await taken.ended, 1)
    assert.match(taken.said, new RegExp(`^todo: The port is taken .*${port}.*\n$`))
    other.close()

    const nowhere = ServiceProcess.launch(await freePort(), {
      DATABASE_URL: `postgres://todo:secret-password@127.0.0.1:${await freePort()}/todo`,
      BETTER_AUTH_SECRET: "x".repeat(32)
    })
    assert.strictEqual(await nowhere.ended, 1)
    assert.match(nowhere.said, /^todo: The database cannot be used: [^\n]+\n$/)
    assert.notInclude(nowhere.stderr, "secret-password")
  })
})
