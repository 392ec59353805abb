import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@effect/vitest"
import { Effect, type Layer } from "effect"
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
// A mock is hoisted only where `vi` comes from here.
import { vi } from "vitest"
import { accountChangePassword } from "../../src/commands/accountChangePassword.ts"
import { accountDelete } from "../../src/commands/accountDelete.ts"
import { accountResetPassword } from "../../src/commands/accountResetPassword.ts"
import { accountVerifyEmail } from "../../src/commands/accountVerifyEmail.ts"
import { login } from "../../src/commands/login.ts"
import { services } from "../../src/execute.ts"
import { ExitCode } from "../../src/ExitCode.ts"
import { type ApiError, failureOf } from "../../src/HttpFailure.ts"
import { Settings } from "../../src/Settings.ts"
import { type FakeService, startFakeService } from "../support/FakeService.ts"
import { password } from "../support/Fixture.ts"

/** What somebody answers, and what they were asked; an answer that is not accepted gives way to the next. */
const person = vi.hoisted(() => ({ answers: [] as Array<() => string>, asked: [] as Array<string> }))

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
      const objection = validate(answer())
      if (objection === undefined) return answer()
      person.asked.push(objection)
    }
  }
  return {
    updateSettings: () => {},
    text: (options: Parameters<typeof ask>[1]) => ask("text", options),
    password: (options: Parameters<typeof ask>[1]) => ask("password", options)
  }
})

let service: FakeService
let configDirectory: string
beforeAll(async () => {
  service = await startFakeService()
})
afterAll(() => service.close())
beforeEach(() => {
  configDirectory = mkdtempSync(join(tmpdir(), "todo-terminal-"))
  service.state.accounts.clear()
  service.state.sessions.clear()
  service.state.devices.clear()
  service.state.mails.length = 0
  person.asked.length = 0
  vi.spyOn(process.stdout, "write").mockReturnValue(true)
  vi.spyOn(process.stderr, "write").mockReturnValue(true)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  rmSync(configDirectory, { recursive: true, force: true })
})

const answer = (...answers: ReadonlyArray<string | (() => string)>) => {
  person.answers = answers.map((one) => typeof one === "string" ? () => one : one)
}

/** Runs a command as on a terminal, and answers its exit code. */
const run = (command: Effect.Effect<void, ApiError, Layer.Success<typeof services> | Settings>): Promise<ExitCode> =>
  command.pipe(
    Effect.catch((error) => Effect.flip(failureOf(error, service.url))),
    Effect.provide(services),
    Effect.provideService(Settings, {
      apiUrl: service.url,
      token: undefined,
      configDirectory,
      timeoutSeconds: 30,
      json: false,
      quiet: false,
      color: false,
      showsProgress: false,
      interactive: true,
      columns: 80
    }),
    Effect.match({ onSuccess: () => ExitCode.done, onFailure: ({ exitCode }) => exitCode }),
    Effect.runPromise
  )

const another = "another horse, another battery"

const withPassword = { email: "ada@example.com", passwordStdin: false, device: false, browser: true }

/** Somebody who has signed in with the password. */
const signIn = async () => {
  const account = service.state.signUp("Ada", "ada@example.com", password)
  answer(password)
  expect(await run(login(withPassword))).toBe(ExitCode.done)
  person.asked.length = 0
  return account
}

const stored = () => JSON.parse(readFileSync(join(configDirectory, "credentials.json"), "utf8"))[service.url]
const printed = (stream: NodeJS.WriteStream) =>
  vi.mocked(stream.write).mock.calls.map(([text]) => String(text)).join("")

describe("login on a terminal", () => {
  it("with --email asks for the password", async () => {
    service.state.signUp("Ada", "ada@example.com", password)
    answer(password)
    expect(await run(login(withPassword))).toBe(ExitCode.done)
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
    const approve = async () => {
      const account = service.state.signUp("Ada", "ada@example.com", password)
      await vi.waitFor(() => expect(service.state.devices.size).toBe(1), { timeout: 20_000 })
      for (const device of service.state.devices.values()) device.approvedBy = account
    }

    it("opens the browser, asks nothing, and keeps the session", async () => {
      const [exitCode] = await Promise.all([run(login({ ...bare, browser: true })), approve()])
      expect(exitCode).toBe(ExitCode.done)
      expect(person.asked).toEqual([])
      await vi.waitFor(() => expect(existsSync(seen)).toBe(true), { timeout: 20_000 })
      expect(readFileSync(seen, "utf8")).toBe("https://todo.example/device?user_code=WDJBMJHT")
      expect(stored().user).toEqual({ name: "Ada", email: "ada@example.com" })
    })

    it("with --no-browser only says where", async () => {
      const [exitCode] = await Promise.all([run(login({ ...bare, browser: false })), approve()])
      expect(exitCode).toBe(ExitCode.done)
      expect(printed(process.stderr)).toContain("\n  WDJB-MJHT\n")
      expect(existsSync(seen)).toBe(false)
    })
  })
})

describe("account on a terminal", () => {
  it("change-password asks for both, and for the new one twice", async () => {
    const account = await signIn()
    answer(password, another, "something else", another)
    expect(await run(accountChangePassword({ passwordStdin: false }))).toBe(ExitCode.done)
    expect(person.asked).toEqual([
      "password: Current password",
      "password: New password",
      "password: New password, once more",
      "They differ"
    ])
    expect(account.password).toBe(another)
    expect(stored().sessionToken).toBe([...service.state.sessions.keys()][0])
  })

  it("verify-email asks for the code", async () => {
    const account = await signIn()
    service.state.sendMail("verify", account)
    answer(service.state.mails[0]!.code)
    expect(await run(accountVerifyEmail({ send: false, email: undefined, codeStdin: false }))).toBe(ExitCode.done)
    expect(person.asked).toEqual(["password: Code of the mail"])
    expect(account.emailVerified).toBe(true)
  })

  it("reset-password asks for the mail, then for its code and a new password", async () => {
    const account = service.state.signUp("Ada", "ada@example.com", password)
    answer(() => service.state.mails[0]!.code, another, another)
    expect(await run(accountResetPassword({ email: "ada@example.com", codeStdin: false }))).toBe(ExitCode.done)
    expect(printed(process.stderr)).toBe(
      "A mail is on its way to ada@example.com, if it has an account\nSign in with `todo login`.\n"
    )
    expect(printed(process.stdout)).toBe("The password has changed, and you are signed out everywhere\n")
    expect(account.password).toBe(another)
  })

  it("reset-password without an address takes the code of a mail that has come", async () => {
    const account = service.state.signUp("Ada", "ada@example.com", password)
    service.state.sendMail("reset-password", account)
    answer(service.state.mails[0]!.code, another, another)
    expect(await run(accountResetPassword({ email: undefined, codeStdin: false }))).toBe(ExitCode.done)
    expect(person.asked).toEqual([
      "password: Code of the mail",
      "password: New password",
      "password: New password, once more"
    ])
    expect(account.password).toBe(another)
  })

  it("delete wants the address typed, and the password", async () => {
    await signIn()
    answer("yes", "ada@example.com", password)
    expect(await run(accountDelete({ passwordStdin: false, yes: false }))).toBe(ExitCode.done)
    expect(person.asked).toEqual([
      "text: Type ada@example.com to go on",
      "That is not the address; Ctrl-C leaves everything as it is",
      "password: Password"
    ])
    expect(service.state.accounts.size).toBe(0)
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
    answer("ada@example.com")
    expect(await run(accountDelete({ passwordStdin: false, yes: false }))).toBe(ExitCode.interrupted)
    expect(service.state.accounts.size).toBe(1)
    expect(stored().user.email).toBe("ada@example.com")
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
