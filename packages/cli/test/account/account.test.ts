import { beforeEach, describe, expect, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Account } from "../support/fake/FakeState.ts"
import { password, useCli } from "../support/Fixture.ts"

const cli = useCli()

const another = "another horse, another battery"

let account: Account
beforeEach(async () => {
  account = await cli.signIn()
})

const entry = () => JSON.parse(readFileSync(join(cli.configDirectory, "credentials.json"), "utf8"))[cli.url]
const paths = () => cli.state.received.map(({ method, url }) => `${method} ${url}`)
const codeTo = (address: string) => cli.state.mails.find(({ to }) => to === address)?.code ?? ""

describe("account", () => {
  it.each(["account", "account show"])(
    "says who you are and whether the address is confirmed: todo %s",
    async (line) => {
      account.name = "\u001b[2JAda"
      expect(await cli.todo(line)).toEqual({
        stdout: "Name   ␛[2JAda\nEmail  ada@example.com, not confirmed\nSince  2026-01-02T03:04:05.000Z\n" +
          `Id     ${account.id}\n`,
        stderr: "",
        exitCode: 0
      })
      account.emailVerified = true
      expect((await cli.todo(line)).stdout).toContain("Email  ada@example.com, confirmed\n")
    }
  )

  it("is the API's user, or an id", async () => {
    expect(JSON.parse((await cli.todo("account --json")).stdout)).toEqual({
      id: account.id,
      name: "Ada",
      email: "ada@example.com",
      emailVerified: false,
      createdAt: "2026-01-02T03:04:05.000Z"
    })
    expect((await cli.todo("account --quiet")).stdout).toBe(`${account.id}\n`)
  })
})

describe("account change-name", () => {
  it("changes it, here too", async () => {
    expect(await cli.todo("account change-name Ada Lovelace")).toEqual({
      stdout: "You are now Ada Lovelace\n",
      stderr: "",
      exitCode: 0
    })
    expect(account.name).toBe("Ada Lovelace")
    expect(entry().user).toEqual({ name: "Ada Lovelace", email: "ada@example.com" })
    expect((await cli.todo("account change-name Ada --json")).stdout).toBe("{\"name\":\"Ada\"}\n")
    expect((await cli.todo("account change-name Ada --quiet")).stdout).toBe("")
  })

  it("takes a session from TODO_TOKEN, and leaves the stored one alone", async () => {
    const { token } = cli.state.signIn(cli.state.signUp("Bob", "bob@example.com", password))
    expect(await cli.todo("account change-name Bobby", { env: { TODO_TOKEN: token } })).toMatchObject({ exitCode: 0 })
    expect(cli.state.accounts.get("bob@example.com")?.name).toBe("Bobby")
    expect(entry().user.name).toBe("Ada")
    cli.state.sessions.delete(token)
    expect(await cli.todo("account change-name Bob", { env: { TODO_TOKEN: token } })).toMatchObject({
      stderr:
        "error: TODO_TOKEN is not valid, or has ended\nCheck TODO_TOKEN, or unset it and sign in with `todo login`.\n",
      exitCode: 4
    })
  })
})

describe("account change-password", () => {
  const change = (stdin: string, options = "") =>
    cli.todo(`account change-password --password-stdin${options}`, { stdin })

  it("keeps the session that takes the place of all others, and never prints it", async () => {
    const before = entry().sessionToken
    await cli.todo("whoami")
    cli.state.signIn(account)
    expect(await change(`${password}\n${another}\n`)).toEqual({
      stdout: "The password has changed, and you are signed out everywhere but here\n",
      stderr: "",
      exitCode: 0
    })
    expect(account.password).toBe(another)
    expect([...cli.state.sessions.keys()]).toEqual([entry().sessionToken])
    expect(entry()).toMatchObject({ jwt: null, jwtExpiresAt: null })
    expect(entry().sessionToken).not.toBe(before)
    expect(await cli.todo("whoami")).toMatchObject({ exitCode: 0 })
    expect(await change(`${another}\r\n${password}\r\n`, " --json")).toEqual({
      stdout: "{\"passwordChanged\":true}\n",
      stderr: "",
      exitCode: 0
    })
    expect(account.password).toBe(password)
  })

  it.each([
    ["wrong\n12345678\n", "INVALID_PASSWORD", 4],
    [`${password}\nshort\n`, "PASSWORD_TOO_SHORT", 2]
  ])("%j is refused, and the session stays: %s, exit code %i", async (stdin, code, exitCode) => {
    const outcome = await change(stdin, " --json")
    expect(JSON.parse(outcome.stderr).error.code).toBe(code)
    expect(outcome).toMatchObject({ stdout: "", exitCode })
    expect([...cli.state.sessions.keys()]).toEqual([entry().sessionToken])
  })

  it.each(["", "\n", `${password}\n`, `\n${another}\n`])("needs both: %j, exit code 2", async (stdin) => {
    expect(await change(stdin)).toEqual({
      stdout: "",
      stderr: "error: --password-stdin takes two lines on stdin: the current password, and the new password\n",
      exitCode: 2
    })
    expect(cli.state.received).toEqual([])
  })

  it("does not end the session of TODO_TOKEN: exit code 2", async () => {
    const { token } = cli.state.signIn(account)
    const options = { env: { TODO_TOKEN: token }, stdin: `${password}\n${another}\n` }
    expect(await cli.todo("account change-password --password-stdin", options)).toMatchObject({ exitCode: 2 })
    expect(cli.state.sessions.has(token)).toBe(true)
  })
})

describe("account change-email", () => {
  it("changes nothing before the code of the mail is used", async () => {
    expect(await cli.todo("account change-email new@example.com --password-stdin", { stdin: password })).toEqual({
      stdout: "A mail is on its way to new@example.com\n",
      stderr: "Nothing changes before its link is used, or its code with `todo account verify-email`.\n",
      exitCode: 0
    })
    expect(account.email).toBe("ada@example.com")
    cli.state.signIn(account)
    expect(await cli.todo("account verify-email --code-stdin", { stdin: `${codeTo("new@example.com")}\n` })).toEqual({
      stdout: "The address is confirmed\n",
      stderr: "",
      exitCode: 0
    })
    expect(account).toMatchObject({ email: "new@example.com", emailVerified: true })
    expect(entry().user.email).toBe("new@example.com")
    expect([...cli.state.sessions.keys()]).toEqual([entry().sessionToken])
  })

  it("prints where the mail goes as JSON", async () => {
    expect(await cli.todo("account change-email new@example.com --password-stdin --json", { stdin: password })).toEqual(
      {
        stdout: "{\"mailTo\":\"new@example.com\"}\n",
        stderr: "",
        exitCode: 0
      }
    )
  })

  it("says what is wrong with the address before it asks for a password: exit code 2", async () => {
    await cli.signIn()
    expect(await cli.todo("account change-email foo")).toEqual({
      stdout: "",
      stderr: "error: <address>: Expected an address such as ada@example.com\n",
      exitCode: 2
    })
  })

  it("with a wrong password is refused: exit code 4", async () => {
    expect(await cli.todo("account change-email new@example.com --password-stdin", { stdin: "wrong" })).toEqual({
      stdout: "",
      stderr: "error: Invalid password\nIf it is forgotten: `todo account reset-password --email <address>`.\n",
      exitCode: 4
    })
    expect(cli.state.mails).toEqual([])
  })
})

describe("account verify-email", () => {
  it("asks for a mail again, to the address of who is signed in", async () => {
    expect(await cli.todo("account verify-email --send")).toEqual({
      stdout: "A mail is on its way to ada@example.com, unless it is confirmed already\n",
      stderr: "Use its link, or its code with `todo account verify-email`.\n",
      exitCode: 0
    })
    expect(await cli.todo("account verify-email --code-stdin --json", { stdin: codeTo("ada@example.com") })).toEqual({
      stdout: "{\"emailVerified\":true}\n",
      stderr: "",
      exitCode: 0
    })
    expect(account.emailVerified).toBe(true)
  })

  it("works signed out, which it has to before the first sign-in", async () => {
    cli.state.confirmsFirst = true
    await cli.todo("logout")
    expect(await cli.todo("account verify-email --send --email ada@example.com --json")).toEqual({
      stdout: "{\"mailTo\":\"ada@example.com\"}\n",
      stderr: "",
      exitCode: 0
    })
    const stdin = codeTo("ada@example.com")
    expect(await cli.todo("account verify-email --code-stdin --quiet", { stdin })).toEqual({
      stdout: "",
      stderr: "",
      exitCode: 0
    })
    expect(await cli.todo("login --email ada@example.com --password-stdin", { stdin: password }))
      .toMatchObject({ exitCode: 0 })
  })

  it("with a code that is not good: exit code 4 and how to get another", async () => {
    expect(await cli.todo("account verify-email --code-stdin", { stdin: "nonsense" })).toEqual({
      stdout: "",
      stderr: "error: Invalid token\n" +
        "A code is good for an hour, and until the password or the address changes. Ask for another with `todo account verify-email --send`,\n" +
        "or `todo account reset-password --email <address>`.\n",
      exitCode: 4
    })
  })

  it.each([
    ["account verify-email", "Missing --code-stdin, or --send"],
    ["account verify-email --code-stdin", "The code on stdin is empty"],
    ["account verify-email --email a@b.c", "--email goes with --send"]
  ])("todo %s: exit code 2", async (line, message) => {
    const outcome = await cli.todo(line, { stdin: "\n" })
    expect(outcome).toMatchObject({ stdout: "", exitCode: 2 })
    expect(outcome.stderr).toContain(`error: ${message}`)
    expect(cli.state.received).toEqual([])
  })
})

describe("account reset-password", () => {
  it("sends a mail, and takes its code and a new password later", async () => {
    await cli.todo("logout")
    expect(await cli.todo("account reset-password --email ada@example.com")).toEqual({
      stdout: "A mail is on its way to ada@example.com, if it has an account\n",
      stderr: "Use its link, or its code with `todo account reset-password`.\n",
      exitCode: 0
    })
    const stdin = `${codeTo("ada@example.com")}\n${another}\n`
    expect(await cli.todo("account reset-password --code-stdin", { stdin })).toEqual({
      stdout: "The password has changed, and you are signed out everywhere\n",
      stderr: "Sign in with `todo login`.\n",
      exitCode: 0
    })
    expect(await cli.todo("login --email ada@example.com --password-stdin", { stdin: another }))
      .toMatchObject({ exitCode: 0 })
    expect(await cli.todo("account reset-password --code-stdin --json", { stdin })).toMatchObject({ exitCode: 4 })
  })

  it("answers the same for an address that has no account", async () => {
    expect((await cli.todo("account reset-password --email nobody@example.com --json")).stdout)
      .toBe("{\"mailTo\":\"nobody@example.com\"}\n")
    expect(cli.state.mails).toEqual([])
  })

  it("with neither says what there is: exit code 2", async () => {
    expect(await cli.todo("account reset-password")).toEqual({
      stdout: "",
      stderr: "error: Missing --email or --code-stdin\nThe first asks for a mail, the second takes its code.\n",
      exitCode: 2
    })
  })
})

describe("account delete", () => {
  it("is for good, and forgets the session", async () => {
    expect(await cli.todo("account delete --yes --password-stdin", { stdin: password })).toEqual({
      stdout: `Deleted your account at ${cli.url}\n`,
      stderr: "",
      exitCode: 0
    })
    expect(cli.state.accounts.size).toBe(0)
    expect(entry()).toBe(undefined)
  })

  it("prints JSON", async () => {
    expect((await cli.todo("account delete --yes --password-stdin --json", { stdin: password })).stdout)
      .toBe("{\"accountDeleted\":true}\n")
  })

  it("with a wrong password deletes nothing: exit code 4", async () => {
    expect(await cli.todo("account delete --yes --password-stdin", { stdin: "wrong" })).toMatchObject({ exitCode: 4 })
    expect(cli.state.accounts.size).toBe(1)
    expect(entry().sessionToken).toBe([...cli.state.sessions.keys()][0])
  })

  it.each([
    ["account delete", "--yes, --password-stdin"],
    ["account delete --password-stdin", "--yes"],
    ["account delete --yes", "--password-stdin"]
  ])("without a terminal wants to be told: todo %s, exit code 2", async (line, missing) => {
    expect(await cli.todo(line, { stdin: password })).toEqual({
      stdout: "",
      stderr: `error: Missing ${missing}\nThere is no terminal to ask on.\n`,
      exitCode: 2
    })
    expect(cli.state.received).toEqual([])
  })
})

const changes = [
  "account change-name Ada",
  "account change-password",
  "account change-email new@example.com",
  "account delete --yes"
]

describe("what changes the account", () => {
  it.each(changes)("is not for a token for scripts, nor for a JWT: todo %s, exit code 4", async (line) => {
    for (const TODO_TOKEN of [cli.state.addToken(account).secret, cli.state.mint(account)]) {
      expect(await cli.todo(line, { env: { TODO_TOKEN } })).toEqual({
        stdout: "",
        stderr: "error: TODO_TOKEN does not open the account: it is no session\n" +
          "Tokens for scripts are for tasks only: unset TODO_TOKEN and sign in with `todo login`.\n",
        exitCode: 4
      })
    }
    expect(paths()).toEqual([])
  })

  it.each(changes)("wants somebody who is signed in: todo %s, exit code 4", async (line) => {
    await cli.todo("logout --local")
    const outcome = await cli.todo(`${line} --json`)
    expect(JSON.parse(outcome.stderr).error.code).toBe("not_signed_in")
    expect(outcome).toMatchObject({ stdout: "", exitCode: 4 })
  })
})
