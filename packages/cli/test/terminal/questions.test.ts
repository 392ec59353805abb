import { beforeEach, describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"
import { hasTerminals, onTerminal } from "../support/Terminal.ts"

const cli = useService()

beforeEach(async () => {
  await cli.account.addTask("One")
})

const keys = { "Ctrl-C": "\u0003", "Ctrl-D": "\u0004", Esc: "\u001b" }
const questions = [
  ["rm 1", "Delete"],
  ["rm 1 --json", "Delete"],
  ["sessions end-others", "Sign out"],
  ["signup", "Name"],
  ["login --email ada@example.com", "Password"],
  ["account delete", "go on"],
  ["account change-password", "Current password"]
] as const

describe.skipIf(!hasTerminals)("a question that is not answered", () => {
  it.each(
    questions.flatMap(([line, seen]) =>
      (["Ctrl-D", ...line === "rm 1" ? ["Ctrl-C", "Esc"] as const : []] as const).map((key) =>
        [line, key, seen] as const
      )
    )
  )("todo %s, %s: exit code 130", async (line, key, seen) => {
    const { exitCode, screen } = await onTerminal(cli.program, line, { typing: [[seen, keys[key]]] })
    expect(exitCode).toBe(130)
    expect(screen).not.toContain("Warning")
    // The cursor that was hidden is there again.
    expect(screen.lastIndexOf("\u001b[?25h")).toBeGreaterThan(screen.lastIndexOf("\u001b[?25l"))
    expect(await cli.account.tasks()).toHaveLength(1)
  })

  it("Ctrl-D ends it in the middle of a word, too", async () => {
    const { exitCode } = await onTerminal(cli.program, "signup", { typing: [["Name", "Gra\u0004"]] })
    expect(exitCode).toBe(130)
  })
})
