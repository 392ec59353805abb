import { afterEach, beforeEach, describe, expect, it } from "@effect/vitest"
import { mkdirSync, readFileSync, rmSync, utimesSync } from "node:fs"
import { join } from "node:path"
import { newEmail, password } from "../support/Account.ts"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()
const another = "another horse, another battery"

const lock = () => join(cli.program.configDirectory, "credentials.json.lock")
const credentials = () => readFileSync(join(cli.program.configDirectory, "credentials.json"), "utf8")

/** Nothing can be stored any more, whoever runs the test: also where root may write everywhere. */
const close = () => {
  mkdirSync(lock(), { recursive: true })
  utimesSync(lock(), 0, 0)
}

describe("where credentials can be read and not written", () => {
  let before: string
  beforeEach(() => {
    before = credentials()
    close()
  })
  afterEach(() => expect(credentials()).toBe(before))

  const told = /^It is done, but not stored here: Cannot use .*credentials\.json: .*\n$/
  const isSignedIn = () => cli.isSession(cli.account.sessionToken)

  it("a password is not changed: the session that comes of it would be lost, exit code 1", async () => {
    const { exitCode, stderr, stdout } = await cli.todo("account change-password --password-stdin", {
      stdin: `${password}\n${another}\n`
    })
    expect([exitCode, stdout]).toEqual([1, ""])
    expect(stderr).toMatch(/^error: Cannot use .*credentials\.json: /)
    expect(cli.received).toEqual([])
    expect(await isSignedIn()).toBe(true)
  })

  it.each([
    [
      "account change-name Ada L",
      "You are now Ada L\n",
      async () => (await cli.account.ask("GET", "/me")).name === "Ada L"
    ],
    ["logout", "Signed out at ", async () => !await isSignedIn()],
    [
      "account delete --password-stdin --yes",
      "Deleted your account at ",
      async () => !await cli.account.hasPassword(password)
    ]
  ])("what is done is told, and that it is not stored: todo %s", async (line, said, isDone) => {
    const { exitCode, stderr, stdout } = await cli.todo(line, { stdin: password })
    expect(exitCode).toBe(0)
    expect(stdout).toContain(said)
    expect(stderr).toMatch(told)
    expect(await isDone()).toBe(true)
  })

  it("so it is of an address that is confirmed", async () => {
    const email = newEmail()
    await cli.todo(`account change-email ${email} --password-stdin`, { stdin: password })
    const stdin = await cli.codeTo(email, "Confirm your new address")
    const { exitCode, stderr, stdout } = await cli.todo("account verify-email --code-stdin", { stdin })
    expect([exitCode, stdout]).toEqual([0, "The address is confirmed\n"])
    expect(stderr).toMatch(told)
    expect(await cli.account.ask("GET", "/me")).toMatchObject({ email })
  })

  it("so it is of the current session that is ended", async () => {
    const [session] = await cli.account.sessions()
    const { exitCode, stderr, stdout } = await cli.todo(`sessions end ${session?.id}`)
    expect([exitCode, stdout]).toEqual([0, `Signed out at ${cli.url}\n`])
    expect(stderr).toMatch(told)
  })

  it("what is here alone fails: exit code 1", async () => {
    expect(await cli.todo("logout --local")).toMatchObject({ exitCode: 1, stdout: "" })
    expect(await isSignedIn()).toBe(true)
  })
})

it.each([
  "signup --name Ada --email ada@example.com --password-stdin",
  "login --email ada@example.com --password-stdin",
  "login --device"
])("nobody signs in where it cannot be stored, and the service is not asked: todo %s", async (line) => {
  cli.signOut()
  close()
  const { exitCode, stderr } = await cli.todo(line, { stdin: password })
  expect(exitCode).toBe(1)
  expect(stderr).toMatch(/^error: Cannot use .*credentials\.json: /)
  expect(cli.received).toEqual([])
  rmSync(lock(), { recursive: true })
})

it("credentials that are a directory are to be removed, whoever may write there: exit code 1", async () => {
  const path = join(cli.program.configDirectory, "credentials.json")
  rmSync(path)
  mkdirSync(path)
  for (const line of ["list", "login --email ada@example.com --password-stdin"]) {
    expect(await cli.todo(line, { stdin: password })).toEqual({
      stdout: "",
      stderr: `error: ${path} is a directory, and has to be a file\n`
        + "Remove it, or set TODO_CONFIG_DIR to another directory.\n",
      exitCode: 1
    })
  }
})
