import { beforeEach, describe, expect, it } from "@effect/vitest"
import { DateTime, Effect } from "effect"
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
