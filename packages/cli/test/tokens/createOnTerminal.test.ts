import { describe, expect, it } from "@effect/vitest"
import { ScriptTokenId } from "@todo/domain/tokens/ScriptToken"
import { DateTime, Effect } from "effect"
import { ApiClient } from "../../src/client/ApiClient.ts"
import { ExitCode } from "../../src/failures/ExitCode.ts"
import { Settings } from "../../src/Settings.ts"
import { Output } from "../../src/terminal/Output.ts"
import { printable } from "../../src/terminal/TerminalText.ts"
import { run as tokenCreate } from "../../src/tokens/create.ts"

const made = {
  id: ScriptTokenId.make("0198c0de-7a5c-7000-8000-0000000000a1"),
  name: "ci\u001b[2J",
  scopes: ["tasks:read", "tasks:write"],
  createdAt: DateTime.makeUnsafe("2026-01-02T03:04:05Z"),
  expiresAt: DateTime.makeUnsafe("2026-04-02T03:04:05Z"),
  lastUsedAt: null,
  secret: `todo_${"0".repeat(36)}`
}

describe("token create on a terminal", () => {
  const onTerminal = async (settings: Partial<Settings["Service"]>) => {
    const stdout: Array<string> = []
    const stderr: Array<string> = []
    await Effect.runPromise(
      tokenCreate({ name: "ci", scopes: ["tasks:read", "tasks:write"], expiresInDays: 90 }).pipe(
        Effect.provideService(Output, {
          result: ({ human }) => Effect.sync(() => void stdout.push(...human())),
          raw: (text) => Effect.sync(() => void stdout.push(text)),
          note: (text) => Effect.sync(() => void stderr.push(printable(text))),
          instruction: () => Effect.void,
          exitCode: () => ExitCode.done,
          failure: () => Effect.void
        }),
        Effect.provideService(Settings, settings as Settings["Service"]),
        Effect.provideService(
          ApiClient,
          { tokens: { create: () => Effect.succeed(made) } } as unknown as ApiClient["Service"]
        )
      )
    )
    return { stdout, stderr }
  }

  it("says on stderr what to do with the secret", async () => {
    const { stderr, stdout } = await onTerminal({ columns: 80 })
    expect(stdout).toEqual([made.secret])
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
