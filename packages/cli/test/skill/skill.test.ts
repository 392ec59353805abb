import { CommanderError } from "@commander-js/extra-typings"
import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { bashQuoting, typedWords } from "../../src/commandLine/TypedWords.ts"
import { ExitCode } from "../../src/failures/ExitCode.ts"
import { makeProgram } from "../../src/program.ts"
import { buildCli, type Cli } from "../support/Cli.ts"

const guide = readFileSync(join(import.meta.dirname, "../../../../docs/agents.md"), "utf8")

let cli: Cli
beforeAll(async () => {
  cli = await buildCli("http://127.0.0.1:9")
})
afterAll(() => cli.remove())

/** The command lines in it: of its blocks, and what is in backquotes. */
const lines = [
  ...[...guide.matchAll(/^```sh\n([^]*?)^```$/gm)].flatMap(([, block = ""]) => block.trimEnd().split("\n")),
  ...[...guide.matchAll(/`(todo [^`<\n]+)`/g)].map(([, line = ""]) => line)
]

describe("todo skill", () => {
  it("prints docs/agents.md", async () => {
    expect(await cli.run(["skill"])).toEqual({ exitCode: 0, stdout: guide, stderr: "" })
  })

  it("begins as agents know a skill by", () => {
    expect(guide).toMatch(/^---\nname: todo\ndescription: .{50,}\n---\n/)
  })

  // Commands that other releases have are named for those.
  it.each(lines.filter((line) => !/^todo (?:apply|import)\b/.test(line)))(
    "has a command line that there is: %s",
    async (line) => {
      const [, ...words] = typedWords(`${line} `, bashQuoting)[0].map(({ text }) => text)
      let understood = false
      const program = makeProgram(() => {
        understood = true
        return Promise.resolve()
      }).configureOutput({ writeErr: () => {}, writeOut: () => {} })
      try {
        await program.parseAsync(words, { from: "user" })
      } catch (error) {
        // A command alone, as in a sentence, may want arguments.
        if (error instanceof CommanderError && /missing required argument/.test(error.message)) return
        throw error
      }
      expect(understood || words[0] === "help").toBe(true)
    }
  )

  it("has every exit code that does not end it", () => {
    const told = [...guide.matchAll(/^\| (\d+) /gm)].map(([, code]) => Number(code))
    expect(told).toEqual(Object.values(ExitCode).filter((code) => code < 128))
  })
})
