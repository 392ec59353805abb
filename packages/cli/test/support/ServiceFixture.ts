import { afterAll, beforeAll, beforeEach, expect, inject } from "@effect/vitest"
import { rmSync } from "node:fs"
import { buildCli, type Cli, type Outcome, type RunOptions } from "./Cli.ts"

export const password = "correct horse battery staple"

/** The built client against the service itself, which a run shares: every test begins with an account of its own, signed in. */
export const useService = () => {
  const url = inject("serviceUrl")
  let cli: Cli

  const todo = (line: string | ReadonlyArray<string>, options?: RunOptions): Promise<Outcome> =>
    cli.run(typeof line === "string" ? line.split(" ") : line, options)

  /** Runs what has to succeed without a word on stderr, and answers stdout. */
  const succeed = async (line: string | ReadonlyArray<string>, options?: RunOptions): Promise<string> => {
    const { exitCode, stderr, stdout } = await todo(line, options)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
    return stdout
  }

  beforeAll(async () => {
    cli = await buildCli(url)
  })
  afterAll(() => cli.remove())
  beforeEach(async () => {
    rmSync(cli.configDirectory, { recursive: true, force: true })
    const email = `ada-${crypto.randomUUID()}@example.com`
    const signUp = await todo(["signup", "--name", "Ada", "--email", email, "--password-stdin"], { stdin: password })
    expect(signUp.exitCode, signUp.stderr).toBe(0)
  })

  return {
    url,
    todo,
    succeed,
    get program() {
      return cli
    },
    /** What a command prints with `--json`. */
    json: async (line: string) => JSON.parse(await succeed(`${line} --json`)),
    /** Adds tasks, of the numbers 1, 2, 3 … in a new account. */
    add: (...titles: ReadonlyArray<string>) => succeed("add -", { stdin: titles.join("\n") })
  }
}
