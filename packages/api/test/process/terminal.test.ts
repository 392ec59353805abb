import { assert, it } from "@effect/vitest"
import { spawn } from "node:child_process"
import { readdir, readFile } from "node:fs/promises"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"
import { usedDataDirectory } from "../support/preparedData.ts"
import { Client, newDataDirectory, ServiceProcess } from "../support/ServiceProcess.ts"

const repository = fileURLToPath(new URL("../../../..", import.meta.url))
const todoProgram = join(repository, "packages/cli/bin/todo.js")

interface Outcome {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

interface Started {
  readonly outcome: Promise<Outcome>
  /** What it has said on stderr until now. */
  readonly stderr: () => string
}

const start = (
  program: string,
  args: ReadonlyArray<string>,
  environment: Record<string, string>,
  input = "",
  cwd = repository
): Started => {
  const { HOME, PATH } = process.env
  const child = spawn(program, args, { cwd, env: { HOME, PATH, ...environment } })
  let stdout = ""
  let stderr = ""
  child.stdout.on("data", (chunk: Buffer) => stdout += chunk.toString())
  child.stderr.on("data", (chunk: Buffer) => stderr += chunk.toString())
  const outcome = new Promise<Outcome>((resolve, reject) => {
    child.once("error", reject)
    child.once("close", (code) => resolve({ code, stdout, stderr }))
  })
  child.stdin.end(input)
  return { outcome, stderr: () => stderr }
}

/** The real program, in a shell without a terminal, as CI runs it. */
const terminal = (environment: Record<string, string>) => (words: string, input = ""): Promise<Outcome> =>
  start(process.execPath, [todoProgram, ...words.split(" ")], environment, input).outcome

/** Waits until there is something. */
const eventually = async <A>(look: () => Promise<A | undefined> | A | undefined): Promise<A> => {
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

it("the program and the service: from signing up to signing out, over a restart", { timeout: 120_000 }, async () => {
  const data = await newDataDirectory()
  const settings = { TODO_DATA_DIR: usedDataDirectory() }
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
  assert.strictEqual(down.code, 7, down.stdout + down.stderr)
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

it("the account in the terminal, with codes of real mails", { timeout: 120_000 }, async () => {
  const data = await newDataDirectory()
  const kept = usedDataDirectory()
  const service = await ServiceProcess.start({ TODO_DATA_DIR: kept })
  const todo = terminal({ TODO_API_URL: service.url, TODO_CONFIG_DIR: join(data, "config") })
  const succeed = async (words: string, input?: string) => {
    const outcome = await todo(words, input)
    assert.strictEqual(outcome.code, 0, `todo ${words}: ${outcome.stderr}`)
    return outcome.stdout
  }
  const codeOf = (address: string, command: string) =>
    eventually(async () => {
      const mails = join(kept, "mail")
      for (const file of await readdir(mails).catch(() => [])) {
        const text = await readFile(join(mails, file), "utf8")
        if (text.startsWith(`To: ${address}\n`) && text.includes(command)) {
          return /with this code:\n\n(\S+)$/m.exec(text)?.[1]
        }
      }
      return undefined
    })

  const [first, second, third] = ["correct horse battery", "another horse, another battery", "a third horse"]
  await succeed("signup --name Ada --email ada@example.com --password-stdin", first)
  await succeed("account verify-email --send")
  await succeed("account verify-email --code-stdin", await codeOf("ada@example.com", "todo account verify-email"))
  await succeed("account change-name Ada Lovelace")
  assert.deepInclude(JSON.parse(await succeed("account --json")), { name: "Ada Lovelace", emailVerified: true })

  assert.strictEqual((await todo("account change-password --password-stdin", `wrong\n${second}\n`)).code, 4)
  await succeed("account change-password --password-stdin", `${first}\n${second}\n`)
  await succeed("account change-email new@example.com --password-stdin", second)
  await succeed("account verify-email --code-stdin", await codeOf("new@example.com", "todo account verify-email"))
  assert.deepInclude(JSON.parse(await succeed("account --json")), { email: "new@example.com", emailVerified: true })

  await succeed("account reset-password --email new@example.com")
  const code = await codeOf("new@example.com", "todo account reset-password")
  await succeed("account reset-password --code-stdin", `${code}\n${third}\n`)
  assert.strictEqual((await todo("account reset-password --code-stdin", `${code}\n${third}\n`)).code, 4)
  assert.strictEqual((await todo("list")).code, 4)
  await succeed("login --email new@example.com --password-stdin", third)

  assert.strictEqual((await todo("account delete --yes --password-stdin", first)).code, 4)
  await succeed("account delete --yes --password-stdin", third)
  assert.strictEqual((await todo("list")).code, 4)
  assert.strictEqual((await todo("login --email new@example.com --password-stdin", third)).code, 4)
  await service.stop()
})

it("signing in with a browser: todo login --device", { timeout: 120_000 }, async () => {
  const data = await newDataDirectory()
  const service = await ServiceProcess.start({ TODO_DATA_DIR: usedDataDirectory() })
  const environment = { TODO_API_URL: service.url, TODO_CONFIG_DIR: join(data, "config") }
  const person = await new Client(service.url, "ada@example.com").signUp()
  const answer = async (decision: "approve" | "deny") => {
    const { outcome, stderr } = start(process.execPath, [todoProgram, "login", "--device", "--json"], environment)
    const userCode = await eventually(() => /user_code=(\w{8})\n/.exec(stderr())?.[1])
    assert.include(stderr(), `${userCode.slice(0, 4)}-${userCode.slice(4)}`)
    assert.include(stderr(), `${service.url}/device?`)
    const decided = await person.json("POST", `/api/auth/device/${decision}`, { userCode }, person.session)
    assert.strictEqual(decided.status, 200)
    return outcome
  }
  const denied = await answer("deny")
  assert.deepStrictEqual([denied.code, denied.stdout], [4, ""])
  const approved = await answer("approve")
  assert.strictEqual(approved.code, 0, approved.stderr)
  assert.deepInclude((JSON.parse(approved.stdout) as { user: object }).user, { email: "ada@example.com" })
  assert.strictEqual((await terminal(environment)("list")).code, 0)
  await service.stop()
})

it("a script that runs one command after the other is not refused, but slowed down", { timeout: 120_000 }, async () => {
  const data = await newDataDirectory()
  const service = await ServiceProcess.start({ TODO_DATA_DIR: usedDataDirectory(), RATE_LIMITS: "on" })
  const person = await new Client(service.url, "ada@example.com").signUp()
  const exchange = () => person.json("GET", "/api/auth/token", undefined, person.session)
  // Each command of a script exchanges its token anew.
  const statuses = await Promise.all(Array.from({ length: 200 }, async () => (await exchange()).status))
  assert.include(statuses, 429)
  const todo = terminal({ TODO_API_URL: service.url, TODO_CONFIG_DIR: data, TODO_TOKEN: person.session })
  const outcomes = await Promise.all(Array.from({ length: 4 }, (_, index) => todo(`add bulk ${index} --quiet`)))
  assert.deepStrictEqual(outcomes.map(({ code, stderr }) => [code, stderr]), outcomes.map(() => [0, ""]))
  await service.stop()
})

it("the script of the README runs as it is written, with nothing but `todo`, TODO_API_URL and TODO_TOKEN", {
  timeout: 120_000
}, async () => {
  const data = await newDataDirectory()
  const readme = await readFile(join(repository, "README.md"), "utf8")
  const [, script = ""] = /^```sh\n(set -eu\n[^]*?)^```$/m.exec(readme) ?? []
  assert.isAtMost(script.trimEnd().split("\n").length, 12)
  const installer = join(repository, "packages/cli/scripts/install.ts")
  const installed = await start(process.execPath, [installer, "--prefix", join(data, "global")], {}).outcome
  assert.strictEqual(installed.code, 0, installed.stderr)
  const service = await ServiceProcess.start({ TODO_DATA_DIR: usedDataDirectory() })
  const person = await new Client(service.url, "ada@example.com").signUp()
  const made = await person.json("POST", "/api/v1/tokens", {
    name: "ci",
    scopes: ["tasks:read", "tasks:write"],
    expiresInDays: 1
  })
  const { secret } = await made.json() as { secret: string }
  // Anywhere but in the checkout, as CI has it.
  const run = (token: string) =>
    start(
      "sh",
      ["-c", script],
      {
        PATH: [join(data, "global/bin"), process.env["PATH"]].join(delimiter),
        TODO_API_URL: service.url,
        TODO_TOKEN: token,
        HOME: data
      },
      "",
      data
    ).outcome

  const done = await run(secret)
  assert.deepStrictEqual([done.code, done.stdout.trimEnd().split("\n")], [0, [
    "1 Check the deployment",
    "Done 1  Check the deployment",
    "There is no task 999"
  ]], done.stderr)
  assert.strictEqual((await run(`${secret.slice(0, -1)}_`)).code, 4)
  await service.stop()
  assert.strictEqual((await run(secret)).code, 7)
})
