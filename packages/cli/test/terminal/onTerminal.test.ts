import { afterEach, beforeEach, describe, expect, it } from "@effect/vitest"
import { Effect, type Layer } from "effect"
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
// A mock is hoisted only where `vi` comes from here.
import { vi } from "vitest"
import { run as accountChangeEmail } from "../../src/account/changeEmail.ts"
import { run as accountChangeName } from "../../src/account/changeName.ts"
import { run as accountChangePassword } from "../../src/account/changePassword.ts"
import { run as accountDelete } from "../../src/account/delete.ts"
import { run as accountResetPassword } from "../../src/account/resetPassword.ts"
import { run as accountVerifyEmail } from "../../src/account/verifyEmail.ts"
import { type ApiError, failureOf } from "../../src/client/HttpFailure.ts"
import { services } from "../../src/execute.ts"
import { ExitCode } from "../../src/failures/ExitCode.ts"
import { AlreadyReported } from "../../src/refs/ForEach.ts"
import { run as sessionsEnd } from "../../src/sessions/end.ts"
import { run as sessionsEndOthers } from "../../src/sessions/endOthers.ts"
import { Settings } from "../../src/Settings.ts"
import { run as login } from "../../src/signIn/login.ts"
import { run as signup } from "../../src/signIn/signup.ts"
import { run as add } from "../../src/tasks/add.ts"
import { run as done } from "../../src/tasks/done.ts"
import { run as rm } from "../../src/tasks/rm.ts"
import { run as tokenCreate } from "../../src/tokens/create.ts"
import { run as tokenRevoke } from "../../src/tokens/revoke.ts"
import { Account, isSession, newEmail, password } from "../support/Account.ts"
import { codeTo, mailsTo } from "../support/Mail.ts"
import { serviceOfRun } from "../support/ServiceFixture.ts"

/** What somebody answers, and what they were asked; an answer that is not accepted gives way to the next. */
const person = vi.hoisted(() => ({ answers: [] as Array<() => string | Promise<string>>, asked: [] as Array<string> }))

vi.mock("@clack/prompts", () => {
  const ask = async (kind: string, { message, validate }: {
    readonly message: string
    readonly validate: (value: string) => string | undefined
  }) => {
    person.asked.push(`${kind}: ${message}`)
    for (;;) {
      const answer = person.answers.shift()
      // Nobody is there any more: Ctrl-C.
      if (answer === undefined) return Symbol("cancel")
      const given = await answer()
      const objection = validate(given)
      if (objection === undefined) return given
      person.asked.push(objection)
    }
  }
  const choose = async ({ message, options }: {
    readonly message: string
    readonly options: ReadonlyArray<{ readonly value: string; readonly label: string }>
  }) => {
    person.asked.push(`pick: ${message}`, ...options.map(({ label }) => label))
    return await person.answers.shift()?.() ?? Symbol("cancel")
  }
  const confirm = async ({ message }: { readonly message: string }) => {
    person.asked.push(`confirm: ${message}`)
    const answer = await person.answers.shift()?.()
    return answer === undefined ? Symbol("cancel") : answer === "yes"
  }
  return {
    autocomplete: choose,
    confirm,
    updateSettings: () => {},
    text: (options: Parameters<typeof ask>[1]) => ask("text", options),
    password: (options: Parameters<typeof ask>[1]) => ask("password", options)
  }
})

const service = serviceOfRun()
let account: Account
let configDirectory: string
beforeEach(async () => {
  account = await Account.make(service.url)
  configDirectory = mkdtempSync(join(tmpdir(), "todo-terminal-"))
  person.asked.length = 0
  vi.spyOn(process.stdout, "write").mockReturnValue(true)
  vi.spyOn(process.stderr, "write").mockReturnValue(true)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  rmSync(configDirectory, { recursive: true, force: true })
})

const answer = (...answers: ReadonlyArray<string | (() => string | Promise<string>)>) => {
  person.answers = answers.map((one) => typeof one === "string" ? () => one : one)
}

/** Runs a command as on a terminal, and answers its exit code. */
const run = (
  command: Effect.Effect<void, ApiError | AlreadyReported, Layer.Success<typeof services> | Settings>
): Promise<ExitCode> =>
  command.pipe(
    Effect.catchIf(
      (error): error is ApiError => !(error instanceof AlreadyReported),
      (error) => Effect.flip(failureOf(error, { apiUrl: service.url, token: undefined }))
    ),
    Effect.provide(services),
    Effect.provideService(Settings, {
      apiUrl: service.url,
      token: undefined,
      configDirectory,
      words: true,
      timeoutSeconds: 30,
      json: false,
      quiet: false,
      color: false,
      queues: false,
      sendsQueued: false,
      showsProgress: false,
      interactive: true,
      pager: undefined,
      format: { kind: "json", fields: undefined },
      columns: 80,
      rows: 24
    }),
    Effect.match({ onSuccess: () => ExitCode.done, onFailure: ({ exitCode }) => exitCode }),
    Effect.runPromise
  )

const another = "another horse, another battery"

const withPassword = () => ({ email: account.email, passwordStdin: false, device: false, browser: true })

/** Signs in with the password. */
const signIn = async () => {
  answer(password)
  expect(await run(login(withPassword()))).toBe(ExitCode.done)
  person.asked.length = 0
}

const stored = () => JSON.parse(readFileSync(join(configDirectory, "credentials.json"), "utf8"))[service.url]
const printed = (stream: NodeJS.WriteStream) =>
  vi.mocked(stream.write).mock.calls.map(([text]) => String(text)).join("")

describe("login on a terminal", () => {
  it("with --email asks for the password", async () => {
    answer(password)
    expect(await run(login(withPassword()))).toBe(ExitCode.done)
    expect(person.asked).toEqual(["password: Password"])
  })

  describe("without arguments", () => {
    let seen: string
    beforeEach(() => {
      seen = join(configDirectory, "seen")
      for (const opener of ["xdg-open", "open"]) {
        const path = join(configDirectory, opener)
        writeFileSync(path, `#!/bin/sh\nprintf %s "$*" > "${seen}.tmp"; mv "${seen}.tmp" "${seen}"\n`)
        chmodSync(path, 0o700)
      }
      vi.stubEnv("PATH", `${configDirectory}:/usr/bin:/bin`)
      vi.stubEnv("DISPLAY", ":0")
      vi.stubEnv("SSH_CONNECTION", "")
      vi.stubEnv("SSH_TTY", "")
    })

    const bare = { email: undefined, passwordStdin: false, device: false }
    const page = /http:\S+\/device\?user_code=([A-Z0-9]{8})$/m
    /** Approves on the page that is named. Answers its address. */
    const approve = async () => {
      await vi.waitFor(() => expect(printed(process.stderr)).toMatch(page), { timeout: 20_000 })
      const [address, userCode = ""] = page.exec(printed(process.stderr)) ?? []
      await account.decide("approve", userCode)
      return address
    }

    it("opens the browser, asks nothing, and keeps the session", async () => {
      const [exitCode, address] = await Promise.all([run(login({ ...bare, browser: true })), approve()])
      expect(exitCode).toBe(ExitCode.done)
      expect(person.asked).toEqual([])
      await vi.waitFor(() => expect(existsSync(seen)).toBe(true), { timeout: 20_000 })
      expect(readFileSync(seen, "utf8")).toBe(address)
      expect(stored().user).toEqual({ id: expect.any(String), name: "Ada", email: account.email })
    })

    it("with --no-browser only says where", async () => {
      const [exitCode] = await Promise.all([run(login({ ...bare, browser: false })), approve()])
      expect(exitCode).toBe(ExitCode.done)
      expect(printed(process.stderr)).toMatch(/\n {2}[A-Z0-9]{4}-[A-Z0-9]{4}\n/)
      expect(existsSync(seen)).toBe(false)
    })
  })
})

describe("signup on a terminal", () => {
  const bare = { name: undefined, email: undefined, passwordStdin: false }

  it("says what is wrong with an answer before it asks the next", async () => {
    const email = newEmail()
    answer("A\u0007", " Ada ", "not-an-address", email, "short", "x".repeat(129), another, another)
    expect(await run(signup(bare))).toBe(ExitCode.done)
    expect(person.asked).toEqual([
      "text: Name",
      "Expected a name of 1 to 100 characters, on one line",
      "text: Email",
      "Expected an address such as ada@example.com",
      "password: Password",
      "Expected a password of 8 to 128 characters",
      "Expected a password of 8 to 128 characters",
      "password: Password, once more"
    ])
    expect(stored().user).toEqual({ id: expect.any(String), name: "Ada", email })
  })

  it.each([
    ["signup", signup({ ...bare, email: "nonsense" })],
    ["signup", signup({ ...bare, name: " " })],
    ["login", login({ email: "nonsense", passwordStdin: false, device: false, browser: true })],
    ["account reset-password", accountResetPassword({ email: "nonsense", codeStdin: false })],
    ["account verify-email --send", accountVerifyEmail({ send: true, email: "nonsense", codeStdin: false })]
  ])("%s: what was given is looked at before anything is asked: exit code 2", async (_line, command) => {
    expect(await run(command)).toBe(ExitCode.usage)
    expect(person.asked).toEqual([])
  })
})

describe("what is missing or done away with on a terminal", () => {
  it("add asks for a title, and done for a task", async () => {
    await signIn()
    await account.addTask("One")
    answer(" ", "x".repeat(501), "Two\u001b[2J", "1")
    expect(await run(add({ title: undefined, description: undefined, idempotencyKey: undefined }))).toBe(ExitCode.done)
    expect(await run(done({ refs: [], how: {} }))).toBe(ExitCode.done)
    expect(person.asked).toEqual([
      "text: What is to be done?",
      "Please enter something",
      "Expected a title of 1 to 500 characters",
      "pick: Which task is done?",
      "2  Two␛[2J",
      "1  One"
    ])
    expect(await account.tasks()).toMatchObject([{ completed: true }, { title: "Two\u001b[2J" }])
  })

  it("so do the other commands that lack a name or a ref", async () => {
    await signIn()
    const { id } = await account.addToken({ name: "a" })
    // To its own JWT the account's session is the current one.
    const session = (await account.sessions()).find(({ current }) => !current)
    answer("x".repeat(101), "Lovelace")
    expect(await run(accountChangeName({ name: undefined }))).toBe(ExitCode.done)
    expect(await account.ask("GET", "/me")).toMatchObject({ name: "Lovelace" })
    const email = newEmail()
    answer("nonsense", email, password)
    expect(await run(accountChangeEmail({ address: undefined, passwordStdin: false }))).toBe(ExitCode.done)
    await vi.waitFor(() => expect(mailsTo(service.mail, email)).toHaveLength(1), { timeout: 20_000 })
    answer("x".repeat(101), "b")
    expect(await run(tokenCreate({ name: undefined, scopes: ["tasks:read"], expiresInDays: 1 }))).toBe(ExitCode.done)
    answer(id, "yes")
    expect(await run(tokenRevoke({ refs: [], yes: false }))).toBe(ExitCode.done)
    expect((await account.tokens()).map(({ name }) => name)).toEqual(["b"])
    answer(session?.id ?? "")
    expect(await run(sessionsEnd({ refs: [] }))).toBe(ExitCode.done)
    expect(await account.sessions()).toHaveLength(1)
    expect(person.asked).toEqual([
      "text: New name",
      "Expected a name of 1 to 100 characters, on one line",
      "text: Email",
      "Expected an address such as ada@example.com",
      "password: Password",
      "text: Name of the token",
      "Expected a name of 1 to 100 characters",
      "pick: Revoke which token?",
      expect.stringMatching(/^b {2}/),
      `a  ${id}`,
      `confirm: Revoke a  ${id}?`,
      "pick: Sign out where?",
      expect.stringMatching(/^this one, .*todo\//),
      expect.stringMatching(/todo\//)
    ])
  })

  it("rm and token revoke ask once for all, and say what was kept", async () => {
    await signIn()
    await account.addTask("One")
    await account.addTask("Two")
    await account.addToken({ name: "a" })
    await account.addToken({ name: "b" })
    answer("no", "yes", "no")
    expect(await run(rm({ refs: ["1", "2"], yes: false }))).toBe(ExitCode.done)
    expect(printed(process.stderr)).toBe("Delete 1  One\nDelete 2  Two\nKept 1  One\nKept 2  Two\n")
    expect(await account.tasks()).toHaveLength(2)
    expect(await run(rm({ refs: ["1", "2"], yes: false }))).toBe(ExitCode.done)
    expect(await account.tasks()).toEqual([])
    expect(await run(tokenRevoke({ refs: ["a", "b"], yes: false }))).toBe(ExitCode.done)
    expect(printed(process.stderr)).toMatch(/Kept a {2}\S+\nKept b {2}\S+\n$/)
    expect(await account.tokens()).toHaveLength(2)
    expect(person.asked).toEqual([
      "confirm: Delete these 2 tasks?",
      "confirm: Delete these 2 tasks?",
      "confirm: Revoke these 2 tokens?"
    ])
  })

  it("asks nothing where nothing was found: exit code 3", async () => {
    await signIn()
    expect(await run(rm({ refs: ["7"], yes: false }))).toBe(ExitCode.notFound)
    expect(person.asked).toEqual([])
  })

  it("sessions end-others says that the others were kept", async () => {
    await signIn()
    answer("no")
    expect(await run(sessionsEndOthers({ yes: false }))).toBe(ExitCode.done)
    expect(printed(process.stdout)).toMatch(/Kept the other sessions\n$/)
  })
})

describe("account on a terminal", () => {
  const resetCode = () => codeTo(service.mail, account.email, "Set a new password")

  it("change-password asks for both, and for the new one twice", async () => {
    await signIn()
    answer(password, another, "something else", another)
    expect(await run(accountChangePassword({ passwordStdin: false }))).toBe(ExitCode.done)
    expect(person.asked).toEqual([
      "password: Current password",
      "password: New password",
      "password: New password, once more",
      "They differ"
    ])
    expect(await account.hasPassword(another)).toBe(true)
    expect(await isSession(service.url, stored().sessionToken)).toBe(true)
  })

  it("verify-email asks for the code", async () => {
    await signIn()
    expect(await run(accountVerifyEmail({ send: true, email: undefined, codeStdin: false }))).toBe(ExitCode.done)
    answer(() => codeTo(service.mail, account.email, "Confirm your address"))
    expect(await run(accountVerifyEmail({ send: false, email: undefined, codeStdin: false }))).toBe(ExitCode.done)
    expect(person.asked).toEqual(["password: Code of the mail"])
    expect(await account.ask("GET", "/me")).toMatchObject({ emailVerified: true })
  })

  it("reset-password asks for the mail, then for its code and a new password", async () => {
    answer(resetCode, another, another)
    expect(await run(accountResetPassword({ email: account.email, codeStdin: false }))).toBe(ExitCode.done)
    expect(printed(process.stderr)).toBe(
      `A mail is on its way to ${account.email}, if it has an account\nSign in with \`todo login\`.\n`
    )
    expect(printed(process.stdout)).toBe("The password has changed, and you are signed out everywhere\n")
    expect(await account.hasPassword(another)).toBe(true)
  })

  it("reset-password without an address takes the code of a mail that has come", async () => {
    // Nobody enters the code of this one.
    answer()
    expect(await run(accountResetPassword({ email: account.email, codeStdin: false }))).toBe(ExitCode.interrupted)
    person.asked.length = 0
    answer(await resetCode(), another, another)
    expect(await run(accountResetPassword({ email: undefined, codeStdin: false }))).toBe(ExitCode.done)
    expect(person.asked).toEqual([
      "password: Code of the mail",
      "password: New password",
      "password: New password, once more"
    ])
    expect(await account.hasPassword(another)).toBe(true)
  })

  it("delete wants the address typed, and the password", async () => {
    await signIn()
    answer("yes", account.email, password)
    expect(await run(accountDelete({ passwordStdin: false, yes: false }))).toBe(ExitCode.done)
    expect(person.asked).toEqual([
      `text: Type ${account.email} to go on`,
      "That is not the address; Ctrl-C leaves everything as it is",
      "password: Password"
    ])
    expect(await account.hasPassword(password)).toBe(false)
    expect(stored()).toBe(undefined)
  })

  it("delete --yes wants the password only", async () => {
    await signIn()
    answer(password)
    expect(await run(accountDelete({ passwordStdin: false, yes: true }))).toBe(ExitCode.done)
    expect(person.asked).toEqual(["password: Password"])
  })

  it("Ctrl-C leaves everything as it is: exit code 130", async () => {
    await signIn()
    answer(account.email)
    expect(await run(accountDelete({ passwordStdin: false, yes: false }))).toBe(ExitCode.interrupted)
    expect(await account.hasPassword(password)).toBe(true)
    expect(stored().user.email).toBe(account.email)
  })

  it("asks nothing of somebody who is signed out: exit code 4", async () => {
    for (
      const command of [
        accountDelete({ passwordStdin: false, yes: false }),
        accountChangePassword({ passwordStdin: false })
      ]
    ) expect(await run(command)).toBe(ExitCode.refused)
    expect(person.asked).toEqual([])
  })
})
