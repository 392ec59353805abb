import { beforeEach, describe, expect, it } from "@effect/vitest"
import { scriptTokenPattern } from "@todo/domain/tokens/ScriptToken"
import { DateTime, Effect } from "effect"
import { existsSync, readdirSync } from "node:fs"
import { ApiClient } from "../../src/client/ApiClient.ts"
import { Settings } from "../../src/Settings.ts"
import { Output } from "../../src/terminal/Output.ts"
import { printable } from "../../src/terminal/TerminalText.ts"
import { run as tokenCreate } from "../../src/tokens/create.ts"
import type { Account } from "../support/fake/FakeState.ts"
import { useCli } from "../support/Fixture.ts"

const cli = useCli()

let account: Account
beforeEach(async () => {
  account = await cli.signIn()
})

const tokens = () => cli.state.tokensOf(account.id)
const paths = () => cli.state.received.map(({ method, url }) => `${method} ${url}`)

describe("token create", () => {
  it.each(["", " --quiet"])("prints the secret and nothing else%s", async (option) => {
    const outcome = await cli.todo(`token create --name ci${option}`)
    expect(outcome).toEqual({ stdout: `${tokens()[0]?.secret}\n`, stderr: "", exitCode: 0 })
    expect(outcome.stdout.trim()).toMatch(scriptTokenPattern)
    expect(tokens()).toMatchObject([{ name: "ci", scopes: ["tasks:read", "tasks:write"] }])
  })

  it("prints the token as the API has it", async () => {
    const { exitCode, stderr, stdout } = await cli.todo("token create --name ci --scope tasks:read --expires 2w --json")
    const [made] = tokens()
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
    expect(JSON.parse(stdout)).toEqual({
      id: made?.id,
      name: "ci",
      scopes: ["tasks:read"],
      createdAt: expect.stringMatching(/Z$/),
      expiresAt: expect.stringMatching(/Z$/),
      lastUsedAt: null,
      secret: made?.secret
    })
    const { createdAt, expiresAt } = JSON.parse(stdout)
    expect((Date.parse(expiresAt) - Date.parse(createdAt)) / 86_400_000).toBeCloseTo(14, 3)
  })

  it.each([
    [["--name", ""], "name: Expected a name of 1 to 100 characters"],
    [["--name", "x".repeat(101)], "name: Expected a name of 1 to 100 characters"],
    [["--name", "x", "--expires", "367d"], "Expected days or weeks, as in 90d or 12w, of 1 to 366 days."],
    [["--name", "x", "--scope", "account"], "Expected tasks:read or tasks:write."]
  ])("says what is wrong without asking the service: %j, exit code 2", async (args, message) => {
    const { exitCode, stderr, stdout } = await cli.todo(["token", "create", ...args])
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" })
    expect(stderr).toMatch(/^error: [^\n]*\n$/)
    expect(stderr).toContain(message)
    expect(cli.state.received).toEqual([])
  })
})

describe("with 50 tokens", () => {
  it("token create says what to do: exit code 5", async () => {
    for (let count = 0; count < 50; count++) cli.state.addToken(account)
    expect(await cli.todo("token create --name more")).toEqual({
      stdout: "",
      stderr: "error: You have 50 tokens: revoke one first\n" +
        "`todo token list` shows them, `todo token revoke <name>` ends one.\n",
      exitCode: 5
    })
    const { exitCode, stderr } = await cli.todo("token create --name more --json")
    expect(exitCode).toBe(5)
    expect(JSON.parse(stderr).error).toMatchObject({ code: "limit_reached", status: 409 })
    expect(tokens()).toHaveLength(50)
  })

  it("and with more, made before there was a limit, all are listed, and each can be revoked", async () => {
    for (let count = 0; count < 450; count++) cli.state.addToken(account, { name: `number ${count}` })
    expect((await cli.todo("token list --quiet")).stdout.trim().split("\n")).toEqual(tokens().map(({ id }) => id))
    expect(await cli.todo(["token", "revoke", "number 0"])).toMatchObject({ exitCode: 0 })
    expect(tokens()).toHaveLength(449)
  })
})

describe("token create on a terminal", () => {
  const onTerminal = async (settings: Partial<Settings["Service"]>) => {
    const stdout: Array<string> = []
    const stderr: Array<string> = []
    const { account: _account, ...made } = cli.state.addToken(account, {
      name: "ci\u001b[2J",
      expiresAt: DateTime.makeUnsafe("2026-04-02T03:04:05Z")
    })
    await Effect.runPromise(
      tokenCreate({ name: "ci", scopes: ["tasks:read", "tasks:write"], expiresInDays: 90 }).pipe(
        Effect.provideService(Output, {
          result: ({ human }) => Effect.sync(() => void stdout.push(...human())),
          note: (text) => Effect.sync(() => void stderr.push(printable(text))),
          instruction: () => Effect.void,
          failure: () => Effect.void
        }),
        Effect.provideService(Settings, settings as Settings["Service"]),
        Effect.provideService(
          ApiClient,
          { tokens: Effect.succeed({ create: () => Effect.succeed(made) }) } as unknown as ApiClient["Service"]
        )
      )
    )
    return { secret: made.secret, stdout, stderr }
  }

  it("says on stderr what to do with the secret", async () => {
    const { secret, stderr, stdout } = await onTerminal({ columns: 80 })
    expect(stdout).toEqual([secret])
    expect(stderr).toEqual([
      expect.stringMatching(
        /^This is the token ci␛\[2J, for tasks:read and tasks:write, until \d Apr 2026, \d\d:\d\d \(.*\)\.$/
      ),
      "Keep it now: it is not shown again.",
      "Use it with TODO_TOKEN=… todo list"
    ])
  })

  it("and nothing where stdout is none", async () => {
    expect(await onTerminal({ columns: undefined })).toMatchObject({ stderr: [] })
  })
})

describe("token list", () => {
  it("is a table, an array or ids", async () => {
    const old = cli.state.addToken(account, { name: "\u001b[2Jold", scopes: ["tasks:read"] })
    const { id, expiresAt } = cli.state.addToken(account)
    expect(await cli.todo("token list")).toEqual({
      stdout: `ci\ttasks:read,tasks:write\t${DateTime.formatIso(expiresAt)}\t\t${id}\n` +
        `␛[2Jold\ttasks:read\t${DateTime.formatIso(old.expiresAt)}\t\t${old.id}\n`,
      stderr: "",
      exitCode: 0
    })
    expect((await cli.todo("token list --quiet")).stdout).toBe(`${id}\n${old.id}\n`)
    const { stdout } = await cli.todo("token list --json")
    expect(JSON.parse(stdout)).toMatchObject([{ id, name: "ci" }, { id: old.id, name: "\u001b[2Jold" }])
    expect(stdout).not.toContain("secret")
  })

  it("of nothing is empty, with a hint for people", async () => {
    expect(await cli.todo("token list")).toEqual({
      stdout: "",
      stderr: "No tokens. Make one with `todo token create`.\n",
      exitCode: 0
    })
    expect(await cli.todo("token list --json")).toEqual({ stdout: "[]\n", stderr: "", exitCode: 0 })
  })
})

describe("token revoke", () => {
  it("by name, by id, or by the beginning of an id; each once", async () => {
    const a = cli.state.addToken(account, { name: "a" })
    const b = cli.state.addToken(account, { name: "b" })
    const c = cli.state.addToken(account, { name: "c" })
    expect(await cli.todo(["token", "revoke", "a", b.id, a.id])).toEqual({
      stdout: `Revoked a  ${a.id}\nRevoked b  ${b.id}\n`,
      stderr: "",
      exitCode: 0
    })
    expect((await cli.todo(["token", "revoke", "--json", c.id.slice(0, 13)])).stdout).toBe(
      `${JSON.stringify({ revoked: [{ id: c.id, name: "c" }] })}\n`
    )
    expect(tokens()).toEqual([])
  })

  it("prints ids with --quiet", async () => {
    const { id } = cli.state.addToken(account)
    expect((await cli.todo("token revoke ci --quiet")).stdout).toBe(`${id}\n`)
  })

  it("of what is not there: exit code 3, and the rest goes on", async () => {
    const { id } = cli.state.addToken(account)
    expect(await cli.todo("token revoke nope ci")).toEqual({
      stdout: `Revoked ci  ${id}\n`,
      stderr: "error: There is no token nope\n`todo token list` lists them.\n",
      exitCode: 3
    })
  })

  it("of a name that two have revokes none: exit code 2", async () => {
    cli.state.addToken(account)
    cli.state.addToken(account)
    const { exitCode, stderr, stdout } = await cli.todo("token revoke ci --json")
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" })
    expect(JSON.parse(stderr).error.message).toMatch(/^ci names 2 tokens: /)
    expect(tokens()).toHaveLength(2)
  })

  it("does not reach another user's tokens", async () => {
    const other = cli.state.addToken(cli.state.signUp("Bob", "bob@example.com", "x"))
    expect(await cli.todo(["token", "revoke", other.id])).toMatchObject({ stdout: "", exitCode: 3 })
  })
})

describe("TODO_TOKEN with a token for scripts", () => {
  const use = async (line: string, secret: string, env: Record<string, string> = {}) => {
    const TODO_CONFIG_DIR = `${cli.configDirectory}-none`
    const outcome = await cli.todo(line, { env: { TODO_TOKEN: secret, TODO_CONFIG_DIR, ...env } })
    expect(existsSync(TODO_CONFIG_DIR)).toBe(false)
    expect(outcome.stdout + outcome.stderr).not.toContain(secret)
    expect(outcome.stdout + outcome.stderr).not.toMatch(/eyJ|\.signature/)
    return outcome
  }

  it("needs no other set-up, is exchanged once, and is written nowhere", async () => {
    const { secret } = cli.state.addToken(account)
    cli.state.addTask(account.id, "One")
    cli.state.addTask(account.id, "Two")
    expect(await use("done 1 2", secret)).toEqual({ stdout: "Done 1  One\nDone 2  Two\n", stderr: "", exitCode: 0 })
    expect(paths().filter((path) => path === "GET /api/auth/token")).toHaveLength(1)
    expect(cli.state.received[0]?.headers.authorization).toBe(`Bearer ${secret}`)
    expect(cli.state.received.slice(1).every(({ headers }) => !headers.authorization?.includes(secret))).toBe(true)
  })

  it("leaves the stored session alone", async () => {
    const before = readdirSync(cli.configDirectory)
    const { secret } = cli.state.addToken(account)
    expect(await cli.todo("whoami", { env: { TODO_TOKEN: secret } })).toMatchObject({ exitCode: 0 })
    expect(readdirSync(cli.configDirectory)).toEqual(before)
    expect(cli.state.received[0]?.headers.authorization).toBe(`Bearer ${secret}`)
  })

  it.each(["0", "1"])(
    "is refused after its end, and never printed: exit code 4 (TODO_DEBUG=%s)",
    async (TODO_DEBUG) => {
      const token = cli.state.addToken(account)
      cli.state.endToken(token)
      const { exitCode, stderr } = await use("list", token.secret, { TODO_DEBUG })
      expect(
        stderr.endsWith(
          "error: The token is not valid, has ended or was revoked\nCheck TODO_TOKEN, or unset it and sign in with `todo login`.\n"
        )
      ).toBe(true)
      expect(exitCode).toBe(4)
    }
  )

  it.each(["0", "1"])("is for its scopes only: exit code 4 (TODO_DEBUG=%s)", async (TODO_DEBUG) => {
    const { secret } = cli.state.addToken(account, { scopes: ["tasks:read"] })
    expect(await use("list --json", secret, { TODO_DEBUG })).toMatchObject({ stdout: "[]\n", exitCode: 0 })
    const { exitCode, stderr } = await use("add Milk", secret, { TODO_DEBUG })
    expect(stderr).toContain(
      "error: This token does not allow that: it lacks tasks:write\n" +
        "Make one that has it: `todo token create --name <name> --scope tasks:write`.\n"
    )
    expect(exitCode).toBe(4)
  })

  it.each(["token list", "token create --name x", "token revoke ci", "sessions", "sessions end-others"])(
    "is not for the account: todo %s, exit code 4",
    async (line) => {
      const { secret } = cli.state.addToken(account)
      expect(await use(line, secret)).toEqual({
        stdout: "",
        stderr: "error: This token does not allow that: it lacks account\n" +
          "Tokens for scripts are for tasks only: unset TODO_TOKEN and sign in with `todo login`.\n",
        exitCode: 4
      })
    }
  )

  it.each(["1", "0"])("is not printed when there is no service (TODO_DEBUG=%s)", async (TODO_DEBUG) => {
    const { secret } = cli.state.addToken(account)
    expect(await use("list --api-url http://127.0.0.1:9", secret, { TODO_DEBUG })).toMatchObject({ exitCode: 7 })
  })
})
