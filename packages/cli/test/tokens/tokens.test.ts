import { describe, expect, it } from "@effect/vitest"
import { scriptTokenPattern } from "@todo/domain/tokens/ScriptToken"
import { existsSync, readdirSync } from "node:fs"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

const tokens = () => cli.account.tokens()
const paths = () => cli.received.map(({ method, url }) => `${method} ${url}`)

describe("token create", () => {
  it.each(["", " --quiet"])("prints the secret and nothing else%s", async (option) => {
    const outcome = await cli.todo(`token create --name ci${option}`)
    expect(outcome).toEqual({ stdout: expect.stringMatching(/^\S+\n$/), stderr: "", exitCode: 0 })
    expect(outcome.stdout.trim()).toMatch(scriptTokenPattern)
    expect(await cli.todo("list --json", { env: { TODO_TOKEN: outcome.stdout.trim() } })).toMatchObject({ exitCode: 0 })
    expect(await tokens()).toMatchObject([{ name: "ci", scopes: ["tasks:read", "tasks:write"] }])
  })

  it("prints the token as the API has it", async () => {
    const { exitCode, stderr, stdout } = await cli.todo("token create --name ci --scope tasks:read --expires 2w --json")
    const [made] = await tokens()
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
    expect(JSON.parse(stdout)).toEqual({
      id: made?.id,
      name: "ci",
      scopes: ["tasks:read"],
      createdAt: expect.stringMatching(/Z$/),
      expiresAt: expect.stringMatching(/Z$/),
      lastUsedAt: null,
      secret: expect.stringMatching(scriptTokenPattern)
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
    expect(cli.received).toEqual([])
  })
})

describe("token list", () => {
  it("is a table, an array or ids", async () => {
    const old = await cli.account.addToken({ name: "old", scopes: ["tasks:read"] })
    const { id, expiresAt } = await cli.account.addToken()
    expect(await cli.todo("token list")).toEqual({
      stdout: `ci\ttasks:read,tasks:write\t${expiresAt}\t\t${id}\n` +
        `old\ttasks:read\t${old.expiresAt}\t\t${old.id}\n`,
      stderr: "",
      exitCode: 0
    })
    expect((await cli.todo("token list --quiet")).stdout).toBe(`${id}\n${old.id}\n`)
    const { stdout } = await cli.todo("token list --json")
    expect(JSON.parse(stdout)).toMatchObject([{ id, name: "ci" }, { id: old.id, name: "old" }])
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

describe("with 50 tokens", () => {
  it("token create says what to do: exit code 5", async () => {
    for (let count = 0; count < 50; count++) await cli.account.addToken()
    expect(await cli.todo("token create --name more")).toEqual({
      stdout: "",
      stderr: "error: You have 50 tokens: revoke one first\n" +
        "`todo token list` shows them, `todo token revoke <name>` ends one.\n",
      exitCode: 5
    })
    const { exitCode, stderr } = await cli.todo("token create --name more --json")
    expect(exitCode).toBe(5)
    expect(JSON.parse(stderr).error).toMatchObject({ code: "limit_reached", status: 409 })
    expect(await tokens()).toHaveLength(50)
  })

  it("and with more, made before there was a limit, all are listed", async () => {
    const [one, other] = [await cli.account.addToken(), await cli.account.addToken()]
    cli.instead = ({ url }) => {
      if (!url.startsWith("/api/v1/tokens")) return undefined
      const isFirst = !url.includes("cursor=")
      return { status: 200, body: { items: [isFirst ? one : other], nextCursor: isFirst ? "next" : null } }
    }
    expect(await cli.succeed("token list --quiet")).toBe(`${one.id}\n${other.id}\n`)
  })
})

describe("token revoke", () => {
  it("by name, by id, or by the beginning of an id; each once", async () => {
    const a = await cli.account.addToken({ name: "a" })
    const b = await cli.account.addToken({ name: "b" })
    const c = await cli.account.addToken({ name: "c" })
    expect(await cli.todo(["token", "revoke", "a", b.id, a.id])).toEqual({
      stdout: `Revoked a  ${a.id}\nRevoked b  ${b.id}\n`,
      stderr: "",
      exitCode: 0
    })
    expect((await cli.todo(["token", "revoke", "--json", c.id.slice(0, 13)])).stdout).toBe(
      `${JSON.stringify({ revoked: [{ id: c.id, name: "c" }] })}\n`
    )
    expect(await tokens()).toEqual([])
  })

  it("prints ids with --quiet", async () => {
    const { id } = await cli.account.addToken()
    expect((await cli.todo("token revoke ci --quiet")).stdout).toBe(`${id}\n`)
  })

  it("of what is not there: exit code 3, and the rest goes on", async () => {
    const { id } = await cli.account.addToken()
    expect(await cli.todo("token revoke nope ci")).toEqual({
      stdout: `Revoked ci  ${id}\n`,
      stderr: "error: There is no token nope\n`todo token list` lists them.\n",
      exitCode: 3
    })
  })

  it("of a name that two have revokes none: exit code 2", async () => {
    await cli.account.addToken()
    await cli.account.addToken()
    const { exitCode, stderr, stdout } = await cli.todo("token revoke ci --json")
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" })
    expect(JSON.parse(stderr).error.message).toMatch(/^ci names 2 tokens: /)
    expect(await tokens()).toHaveLength(2)
  })

  it("does not reach another user's tokens", async () => {
    const other = await (await cli.another()).addToken()
    expect(await cli.todo(["token", "revoke", other.id])).toMatchObject({ stdout: "", exitCode: 3 })
  })
})

describe("TODO_TOKEN with a token for scripts", () => {
  const use = async (line: string, secret: string, env: Record<string, string> = {}) => {
    const TODO_CONFIG_DIR = `${cli.program.configDirectory}-none`
    const outcome = await cli.todo(line, { env: { TODO_TOKEN: secret, TODO_CONFIG_DIR, ...env } })
    expect(existsSync(TODO_CONFIG_DIR)).toBe(false)
    expect(outcome.stdout + outcome.stderr).not.toContain(secret)
    expect(outcome.stdout + outcome.stderr).not.toMatch(/eyJ|\.signature/)
    return outcome
  }

  it("needs no other set-up, is exchanged once, and is written nowhere", async () => {
    const { secret } = await cli.account.addToken()
    await cli.account.addTask("One")
    await cli.account.addTask("Two")
    expect(await use("done 1 2", secret)).toEqual({ stdout: "Done 1  One\nDone 2  Two\n", stderr: "", exitCode: 0 })
    expect(paths().filter((path) => path === "GET /api/auth/token")).toHaveLength(1)
    expect(cli.received[0]?.headers.authorization).toBe(`Bearer ${secret}`)
    expect(cli.received.slice(1).every(({ headers }) => !headers.authorization?.includes(secret))).toBe(true)
  })

  it("leaves the stored session alone", async () => {
    const before = readdirSync(cli.program.configDirectory)
    const { secret } = await cli.account.addToken()
    expect(await cli.todo("whoami", { env: { TODO_TOKEN: secret } })).toMatchObject({ exitCode: 0 })
    expect(readdirSync(cli.program.configDirectory)).toEqual(before)
    expect(cli.received[0]?.headers.authorization).toBe(`Bearer ${secret}`)
  })

  it.each(["0", "1"])(
    "is refused after its end, and never printed: exit code 4 (TODO_DEBUG=%s)",
    async (TODO_DEBUG) => {
      const token = await cli.account.addToken()
      await cli.account.ask("DELETE", `/tokens/${token.id}`)
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
    const { secret } = await cli.account.addToken({ scopes: ["tasks:read"] })
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
      const { secret } = await cli.account.addToken()
      expect(await use(line, secret)).toEqual({
        stdout: "",
        stderr: "error: This token does not allow that: it lacks account\n" +
          "Tokens for scripts are for tasks only: unset TODO_TOKEN and sign in with `todo login`.\n",
        exitCode: 4
      })
    }
  )

  it.each(["1", "0"])("is not printed when there is no service (TODO_DEBUG=%s)", async (TODO_DEBUG) => {
    const { secret } = await cli.account.addToken()
    expect(await use("list --api-url http://127.0.0.1:9", secret, { TODO_DEBUG })).toMatchObject({ exitCode: 7 })
  })
})
