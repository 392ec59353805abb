import { assert, it } from "@effect/vitest"
import { spawn } from "node:child_process"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { newDataDirectory, ServiceProcess } from "../support/ServiceProcess.ts"

const todoProgram = fileURLToPath(new URL("../../../cli/bin/todo.js", import.meta.url))

interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** The real program, in a shell without a terminal, as CI runs it. */
const terminal = (environment: Record<string, string>) => (words: string, input = ""): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    const { HOME, PATH } = process.env
    const child = spawn(process.execPath, [todoProgram, ...words.split(" ")], {
      env: { HOME, PATH, ...environment }
    })
    let stdout = ""
    let stderr = ""
    child.stdout.on("data", (chunk: Buffer) => stdout += chunk.toString())
    child.stderr.on("data", (chunk: Buffer) => stderr += chunk.toString())
    child.once("error", reject)
    child.once("close", (code) => resolve({ code, stdout, stderr }))
    child.stdin.end(input)
  })

it("the program and the service: from signing up to signing out, over a restart", { timeout: 120_000 }, async () => {
  const data = await newDataDirectory()
  const settings = { TODO_DATA_DIR: join(data, "service") }
  const service = await ServiceProcess.start(settings)
  const todo = terminal({ TODO_API_URL: service.url, TODO_CONFIG_DIR: join(data, "config") })
  const succeed = async (words: string, input?: string) => {
    const outcome = await todo(words, input)
    assert.strictEqual(outcome.code, 0, `todo ${words}: ${outcome.stderr}`)
    return outcome.stdout
  }
  const tasks = async (words = "list --all --json") =>
    JSON.parse(await succeed(words)) as Array<{ number: number; title: string; completed: boolean }>

  const password = "correct horse battery"
  assert.strictEqual((await todo("list")).code, 4)
  await succeed("signup --name Ada --email ada@example.com --password-stdin", `${password}\n`)
  assert.strictEqual((await todo("signup --name Ada --email ada@example.com --password-stdin", password)).code, 5)
  assert.include(await succeed("whoami"), "ada@example.com")
  assert.strictEqual(await succeed("add Buy milk --quiet"), "1\n")
  await succeed("add Call Bob --description tomorrow")
  await succeed("add Read --json")
  await succeed("done 1 3")
  await succeed("reopen 3")
  await succeed("edit 2 --title Bobby")
  await succeed("rm 3 --yes")
  assert.deepStrictEqual((await tasks()).map(({ completed, number, title }) => [number, title, completed]), [
    [2, "Bobby", false],
    [1, "Buy milk", true]
  ])
  assert.deepStrictEqual((await tasks("list --json")).map((task) => task.number), [2])
  const [newest] = JSON.parse(await succeed("list --json")) as Array<{ id: string }>
  assert.include(await succeed(`show ${newest!.id.slice(0, 20)}`), "tomorrow")
  assert.strictEqual((await todo("done 99")).code, 3)
  assert.strictEqual((await todo("add")).code, 2)

  await service.stop()
  const down = await todo("list --json")
  assert.strictEqual(down.code, 7)
  assert.strictEqual((JSON.parse(down.stderr) as { error: { code: string } }).error.code, "unreachable")

  const again = await ServiceProcess.start(settings, Number(new URL(service.url).port))
  assert.lengthOf(await tasks(), 2)
  await succeed("logout")
  assert.strictEqual((await todo("list")).code, 4)
  assert.strictEqual((await todo("login --email ada@example.com --password-stdin", "wrong horse")).code, 4)
  await succeed("login --email ada@example.com --password-stdin", password)
  assert.lengthOf(await tasks(), 2)

  // A script with nothing but its token.
  const made = await succeed("token create --name ci --scope tasks:read --expires 7d")
  const script = terminal({ TODO_API_URL: service.url, TODO_CONFIG_DIR: join(data, "none"), TODO_TOKEN: made.trim() })
  assert.lengthOf(JSON.parse((await script("list --all --json")).stdout) as Array<unknown>, 2)
  assert.strictEqual((await script("add Not allowed")).code, 4)
  assert.strictEqual((await script("token list")).code, 4)
  assert.include(await succeed("token list"), "ci")
  await succeed("token revoke ci")
  assert.strictEqual((await script("list")).code, 4)
  const sessions = JSON.parse(await succeed("sessions --json")) as Array<{ current: boolean }>
  assert.lengthOf(sessions.filter((session) => session.current), 1)
  await again.stop()
})
