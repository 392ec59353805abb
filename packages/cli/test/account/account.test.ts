import { describe, expect, it } from "@effect/vitest"
import { newEmail, password } from "../support/Account.ts"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

const another = "another horse, another battery"

const entry = () => cli.credentials()[cli.url]
const [confirm, confirmNew, reset] = ["Confirm your address", "Confirm your new address", "Set a new password"]
const createdAt = "2026-01-02T03:04:05.000Z"
const me = () => cli.json("account")
const login = (stdin: string) => cli.todo(`login --email ${cli.account.email} --password-stdin`, { stdin })

describe("account", () => {
  it.each(["account", "account show"])(
    "says who you are and whether the address is confirmed: todo %s",
    async (line) => {
      const { email, id } = cli.account
      const { createdAt } = await me()
      expect(await cli.succeed(line)).toBe(
        `Name   Ada\nEmail  ${email}, not confirmed\nSince  ${createdAt}\nId     ${id}\n`
      )
      await cli.todo("account verify-email --send")
      await cli.succeed("account verify-email --code-stdin", { stdin: await cli.codeTo(email, confirm) })
      expect(await cli.succeed(line)).toContain(`Email  ${email}, confirmed\n`)
    }
  )

  it("is the API's user, or an id", async () => {
    const { email, id } = cli.account
    expect(await me()).toEqual({
      id,
      name: "Ada",
      email,
      emailVerified: false,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/)
    })
    expect(await cli.succeed("account --quiet")).toBe(`${id}\n`)
  })

  it("shows as symbols what would act upon a terminal", async () => {
    cli.instead = ({ url }) =>
      url === "/api/v1/me"
        ? {
          status: 200,
          body: { id: cli.account.id, name: "\u001b[2JAda", email: "a@b.c", emailVerified: true, createdAt }
        }
        : undefined
    expect(await cli.succeed("account")).toMatch(/^Name {3}␛\[2JAda\n/)
  })
})

describe("account change-name", () => {
  it("changes it, here too", async () => {
    expect(await cli.todo("account change-name Ada Lovelace")).toEqual({
      stdout: "You are now Ada Lovelace\n",
      stderr: "",
      exitCode: 0
    })
    expect(await me()).toMatchObject({ name: "Ada Lovelace" })
    expect(entry().user).toEqual({ name: "Ada Lovelace", email: cli.account.email })
    expect((await cli.todo("account change-name Ada --json")).stdout).toBe("{\"name\":\"Ada\"}\n")
    expect((await cli.todo("account change-name Ada --quiet")).stdout).toBe("")
  })

  it("takes a session from TODO_TOKEN, and leaves the stored one alone", async () => {
    const bob = await cli.another()
    const env = { TODO_TOKEN: bob.sessionToken }
    await cli.succeed("account change-name Bobby", { env })
    expect(await bob.ask("GET", "/me")).toMatchObject({ name: "Bobby" })
    expect(entry().user.name).toBe("Ada")
    await bob.ask("DELETE", `/sessions/${(await bob.sessions())[0]!.id}`)
    expect(await cli.todo("account change-name Bob", { env })).toMatchObject({
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
    const elsewhere = await cli.account.signIn()
    expect(await change(`${password}\n${another}\n`)).toEqual({
      stdout: "The password has changed, and you are signed out everywhere but here\n",
      stderr: "",
      exitCode: 0
    })
    expect(entry()).toMatchObject({ jwt: null, jwtExpiresAt: null })
    for (const token of [before, elsewhere]) expect(await cli.isSession(token)).toBe(false)
    expect(await cli.isSession(entry().sessionToken)).toBe(true)
    expect(await cli.account.hasPassword(another)).toBe(true)
    expect(await change(`${another}\r\n${password}\r\n`, " --json")).toEqual({
      stdout: "{\"passwordChanged\":true}\n",
      stderr: "",
      exitCode: 0
    })
    expect(await cli.account.hasPassword(password)).toBe(true)
  })

  it.each([
    ["wrong\n12345678\n", "INVALID_PASSWORD", 4],
    [`${password}\nshort\n`, "PASSWORD_TOO_SHORT", 2]
  ])("%j is refused, and the session stays: %s, exit code %i", async (stdin, code, exitCode) => {
    const outcome = await change(stdin, " --json")
    expect(JSON.parse(outcome.stderr).error.code).toBe(code)
    expect(outcome).toMatchObject({ stdout: "", exitCode })
    expect(await cli.json("sessions")).toMatchObject([{ current: true }])
  })

  it.each(["", "\n", `${password}\n`, `\n${another}\n`])("needs both: %j, exit code 2", async (stdin) => {
    expect(await change(stdin)).toEqual({
      stdout: "",
      stderr: "error: --password-stdin takes two lines on stdin: the current password, and the new password\n",
      exitCode: 2
    })
    expect(cli.received).toEqual([])
  })

  it("does not end the session of TODO_TOKEN: exit code 2", async () => {
    const token = await cli.account.signIn()
    const options = { env: { TODO_TOKEN: token }, stdin: `${password}\n${another}\n` }
    expect(await cli.todo("account change-password --password-stdin", options)).toMatchObject({ exitCode: 2 })
    expect(await cli.isSession(token)).toBe(true)
  })
})

describe("account change-email", () => {
  it("changes nothing before the code of the mail is used", async () => {
    const email = newEmail()
    expect(await cli.todo(`account change-email ${email} --password-stdin`, { stdin: password })).toEqual({
      stdout: `A mail is on its way to ${email}\n`,
      stderr: "Nothing changes before its link is used, or its code with `todo account verify-email`.\n",
      exitCode: 0
    })
    expect(await me()).toMatchObject({ email: cli.account.email })
    await cli.account.signIn()
    const code = await cli.codeTo(email, confirmNew)
    expect(await cli.todo("account verify-email --code-stdin", { stdin: `${code}\n` })).toEqual({
      stdout: "The address is confirmed\n",
      stderr: "",
      exitCode: 0
    })
    expect(await me()).toMatchObject({ email, emailVerified: true })
    expect(entry().user.email).toBe(email)
    expect(await cli.json("sessions")).toMatchObject([{ current: true }])
  })

  it("prints where the mail goes as JSON", async () => {
    const email = newEmail()
    expect(await cli.succeed(`account change-email ${email} --password-stdin --json`, { stdin: password })).toBe(
      `{"mailTo":"${email}"}\n`
    )
  })

  it("says what is wrong with the address before it asks for a password: exit code 2", async () => {
    expect(await cli.todo("account change-email foo")).toEqual({
      stdout: "",
      stderr: "error: <address>: Expected an address such as ada@example.com\n",
      exitCode: 2
    })
  })

  it("with a wrong password is refused: exit code 4", async () => {
    const email = newEmail()
    expect(await cli.todo(`account change-email ${email} --password-stdin`, { stdin: "wrong" })).toEqual({
      stdout: "",
      stderr: "error: Invalid password\nIf it is forgotten: `todo account reset-password --email <address>`.\n",
      exitCode: 4
    })
    expect(cli.mailsTo(email)).toEqual([])
  })
})

describe("account verify-email", () => {
  it("asks for a mail, to the address of who is signed in", async () => {
    const { email } = cli.account
    expect(await cli.todo("account verify-email --send")).toEqual({
      stdout: `A mail is on its way to ${email}, unless it is confirmed already\n`,
      stderr: "Use its link, or its code with `todo account verify-email`.\n",
      exitCode: 0
    })
    const stdin = await cli.codeTo(email, confirm)
    expect(await cli.succeed("account verify-email --code-stdin --json", { stdin })).toBe("{\"emailVerified\":true}\n")
    expect(await me()).toMatchObject({ emailVerified: true })
  })

  it("works signed out, which it has to before the first sign-in", async () => {
    const { email } = cli.account
    cli.signOut()
    expect(await cli.succeed(`account verify-email --send --email ${email} --json`)).toBe(`{"mailTo":"${email}"}\n`)
    const stdin = await cli.codeTo(email, confirm)
    expect(await cli.succeed("account verify-email --code-stdin --quiet", { stdin })).toBe("")
    await login(password)
    expect(await me()).toMatchObject({ emailVerified: true })
  })

  it("with a code that is not good: exit code 4 and how to get another", async () => {
    expect(await cli.todo("account verify-email --code-stdin", { stdin: "nonsense" })).toEqual({
      stdout: "",
      stderr: "error: The code is wrong, used, or too old\n" +
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
    expect(cli.received).toEqual([])
  })
})

describe("account reset-password", () => {
  it("sends a mail, and takes its code and a new password later", async () => {
    const { email } = cli.account
    cli.signOut()
    expect(await cli.todo(`account reset-password --email ${email}`)).toEqual({
      stdout: `A mail is on its way to ${email}, if it has an account\n`,
      stderr: "Use its link, or its code with `todo account reset-password`.\n",
      exitCode: 0
    })
    const stdin = `${await cli.codeTo(email, reset)}\n${another}\n`
    expect(await cli.todo("account reset-password --code-stdin", { stdin })).toEqual({
      stdout: "The password has changed, and you are signed out everywhere\n",
      stderr: "Sign in with `todo login`.\n",
      exitCode: 0
    })
    expect(await login(another)).toMatchObject({ exitCode: 0 })
    expect(await cli.todo("account reset-password --code-stdin --json", { stdin })).toMatchObject({ exitCode: 4 })
  })

  it("answers the same for an address that has no account", async () => {
    const email = newEmail()
    expect(await cli.succeed(`account reset-password --email ${email} --json`)).toBe(`{"mailTo":"${email}"}\n`)
    expect(cli.mailsTo(email)).toEqual([])
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
    expect(await cli.account.hasPassword(password)).toBe(false)
    expect(entry()).toBe(undefined)
  })

  it("prints JSON", async () => {
    expect((await cli.todo("account delete --yes --password-stdin --json", { stdin: password })).stdout)
      .toBe("{\"accountDeleted\":true}\n")
  })

  it("with a wrong password deletes nothing: exit code 4", async () => {
    expect(await cli.todo("account delete --yes --password-stdin", { stdin: "wrong" })).toMatchObject({ exitCode: 4 })
    expect(await me()).toMatchObject({ email: cli.account.email })
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
    expect(cli.received).toEqual([])
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
    for (const TODO_TOKEN of [(await cli.account.addToken()).secret, cli.account.jwt]) {
      expect(await cli.todo(line, { env: { TODO_TOKEN } })).toEqual({
        stdout: "",
        stderr: "error: TODO_TOKEN does not open the account: it is no session\n" +
          "Tokens for scripts are for tasks only: unset TODO_TOKEN and sign in with `todo login`.\n",
        exitCode: 4
      })
    }
    expect(cli.received).toEqual([])
  })

  it.each(changes)("wants somebody who is signed in: todo %s, exit code 4", async (line) => {
    cli.signOut()
    const outcome = await cli.todo(`${line} --json`)
    expect(JSON.parse(outcome.stderr).error.code).toBe("not_signed_in")
    expect(outcome).toMatchObject({ stdout: "", exitCode: 4 })
  })
})
