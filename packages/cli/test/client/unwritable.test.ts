import { afterEach, beforeEach, describe, expect, it } from "@effect/vitest"
import { mkdirSync, readFileSync, rmSync, utimesSync } from "node:fs"
import { join } from "node:path"
import { password, useCli } from "../support/Fixture.ts"

const cli = useCli()
const another = "another horse, another battery"

const lock = () => join(cli.configDirectory, "credentials.json.lock")
const credentials = () => readFileSync(join(cli.configDirectory, "credentials.json"), "utf8")

/** Nothing can be stored any more, whoever runs the test: also where root may write everywhere. */
const close = () => {
  mkdirSync(lock(), { recursive: true })
  utimesSync(lock(), 0, 0)
}

describe("where credentials can be read and not written", () => {
  let account: Awaited<ReturnType<typeof cli.signIn>>
  let before: string
  beforeEach(async () => {
    account = await cli.signIn()
    before = credentials()
    close()
  })
  afterEach(() => expect(credentials()).toBe(before))

  it("a password is not changed: the session that comes of it would be lost, exit code 1", async () => {
    const sessions = [...cli.state.sessions.keys()]
    const { exitCode, stderr, stdout } = await cli.todo("account change-password --password-stdin", {
      stdin: `${password}\n${another}\n`
    })
    expect([exitCode, stdout]).toEqual([1, ""])
    expect(stderr).toMatch(/^error: Cannot use .*credentials\.json: /)
    expect(account.password).toBe(password)
    expect([...cli.state.sessions.keys()]).toEqual(sessions)
    expect(cli.state.received).toEqual([])
  })

  it.each([
    ["account change-name Ada L", "You are now Ada L\n", () => account.name === "Ada L"],
    ["logout", "Signed out at ", () => cli.state.sessions.size === 0],
    ["account delete --password-stdin --yes", "Deleted your account at ", () => cli.state.accounts.size === 0]
  ])("what is done is told, and that it is not stored: todo %s", async (line, said, isDone) => {
    const { exitCode, stderr, stdout } = await cli.todo(line, { stdin: password })
    expect(exitCode).toBe(0)
    expect(stdout).toContain(said)
    expect(stderr).toMatch(/^It is done, but not stored here: Cannot use .*credentials\.json: .*\n$/)
    expect(isDone()).toBe(true)
  })

  it("so it is of an address that is confirmed", async () => {
    await cli.todo("account change-email new@example.com --password-stdin", { stdin: password })
    const code = cli.state.mails.find(({ to }) => to === "new@example.com")?.code
    const { exitCode, stderr, stdout } = await cli.todo("account verify-email --code-stdin", { stdin: `${code}\n` })
    expect([exitCode, stdout]).toEqual([0, "The address is confirmed\n"])
    expect(stderr).toMatch(/^It is done, but not stored here: Cannot use .*credentials\.json: .*\n$/)
    expect(account.email).toBe("new@example.com")
  })

  it("so it is of the current session that is ended", async () => {
    const [session] = cli.state.sessionsOf(account.id)
    const { exitCode, stderr, stdout } = await cli.todo(`sessions end ${session?.id}`)
    expect([exitCode, stdout]).toEqual([0, `Signed out at ${cli.url}\n`])
    expect(stderr).toMatch(/^It is done, but not stored here: /)
  })

  it("what is here alone fails: exit code 1", async () => {
    expect(await cli.todo("logout --local")).toMatchObject({ exitCode: 1, stdout: "" })
    expect(cli.state.sessions.size).toBe(1)
  })
})

it.each([
  "signup --name Ada --email ada@example.com --password-stdin",
  "login --email ada@example.com --password-stdin",
  "login --device"
])("nobody signs in where it cannot be stored, and the service is not asked: todo %s", async (line) => {
  close()
  const { exitCode, stderr } = await cli.todo(line, { stdin: password })
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/^error: Cannot use .*credentials\.json: /)
  expect(cli.state.received).toEqual([])
  rmSync(lock(), { recursive: true })
})

it("credentials that are a directory are to be removed, whoever may write there: exit code 1", async () => {
  const path = join(cli.configDirectory, "credentials.json")
  mkdirSync(path, { recursive: true })
  for (const line of ["list", "login --email ada@example.com --password-stdin"]) {
    expect(await cli.todo(line, { stdin: password })).toEqual({
      stdout: "",
      stderr: `error: ${path} is a directory, and has to be a file\n`
        + "Remove it, or set TODO_CONFIG_DIR to another directory.\n",
      exitCode: 1
    })
  }
})
