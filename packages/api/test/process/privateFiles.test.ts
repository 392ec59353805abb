import { assert, describe, it } from "@effect/vitest"
import { chmod, mkdir, readdir, stat, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { freePort } from "../support/freePort.ts"
import { Client, newDataDirectory, ServiceProcess } from "../support/ServiceProcess.ts"

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)

/** What is below a folder, and that which the group or others can read, write or search. */
const filesOf = async (folder: string) => {
  const all = (await readdir(folder, { recursive: true })).map((name) => join(folder, name))
  const open: Array<string> = []
  for (const path of [folder, ...all]) {
    if (((await stat(path)).mode & 0o077) !== 0) open.push(`${await modeOf(path)} ${path}`)
  }
  return { all, open }
}

describe("what the service writes", () => {
  it("is its user's alone, also in a folder that was there before and was open", async () => {
    const data = await newDataDirectory()
    await mkdir(join(data, "mail"))
    await writeFile(join(data, "mail", "before.txt"), "a mail of before")
    await chmod(join(data, "mail"), 0o777)
    await chmod(data, 0o755)
    const temporary = await newDataDirectory()
    const settings = { TODO_DATA_DIR: data, EMAIL_VERIFICATION: "required", TMPDIR: temporary }
    const service = await ServiceProcess.start(settings)
    const closed = service.stderr.split("\n").filter((line) => line.includes("open to other users"))
    assert.lengthOf(closed, 1)
    assert.match(closed[0]!, /"level":"WARN"/)
    assert.include(closed[0]!, `The data directory ${data} is open to other users of this machine (mode 755)`)
    await new Client(service.url).json("POST", "/api/auth/sign-up/email", {
      name: "Pat",
      email: `pat-${crypto.randomUUID()}@example.com`,
      password: "correct horse battery"
    })
    while ((await readdir(join(data, "mail"))).length < 2) await new Promise((resolve) => setTimeout(resolve, 20))

    const { all, open } = await filesOf(data)
    // The database, its log, the lock, the secret and the mail.
    for (const name of ["lock", "secret", "postgres/postgresql.conf", "postgres/pg_wal", "postgres/base"]) {
      assert.include(all, join(data, name))
    }
    assert.isAbove(all.length, 900)
    assert.deepStrictEqual(open, [])
    // Who can connect to the database's socket is its superuser.
    const sockets = await filesOf(temporary)
    assert.lengthOf(sockets.all.filter((path) => path.endsWith("pg.sock")), 1)
    assert.deepStrictEqual(sockets.open, [])

    await service.stop()
    const opened = { "": 0o755, secret: 0o644, lock: 0o666, postgres: 0o755, mail: 0o755 }
    for (const [name, mode] of Object.entries(opened)) await chmod(join(data, name), mode)
    const again = await ServiceProcess.start(settings)
    for (const name of Object.keys(opened)) assert.match(await modeOf(join(data, name)), /^[67]00$/, name)
    await again.stop()
  })

  it("is not written where others get at it and the folder is not the service's to close: one line says why", async () => {
    const data = await newDataDirectory()
    await writeFile(join(data, "notes.txt"), "somebody else's")
    await chmod(data, 0o755)
    const service = ServiceProcess.launch(await freePort(), { TODO_DATA_DIR: data })
    assert.strictEqual(await service.ended, 1)
    assert.match(service.said, /^todo: The data directory [^\n]+\n$/)
    assert.include(service.said, `${data} is open to other users of this machine (mode 755)`)
    assert.include(service.said, `chmod 700 ${data}`)
    assert.strictEqual(await modeOf(data), "755")
    assert.deepStrictEqual(await readdir(data), ["notes.txt"])
    // Closed by whoever knows that it may be, it is used.
    await chmod(data, 0o700)
    const started = await ServiceProcess.start({ TODO_DATA_DIR: data })
    await started.stop()
  })

  it("is not written below a folder that takes none, as /proc: one line says so, and the start ends", async () => {
    const service = ServiceProcess.launch(await freePort(), { TODO_DATA_DIR: "/proc/nope/data" })
    assert.strictEqual(await service.ended, 1)
    assert.match(service.said, /^todo: The data directory \/proc\/nope\/data cannot be made: [^\n]+\n$/)
  })
})
