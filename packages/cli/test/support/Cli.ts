import { spawn } from "node:child_process"
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { bundle } from "../../scripts/bundle.ts"

/** How a run of the client ended. */
export interface Outcome {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number | null
}

export interface RunOptions {
  readonly stdin?: string | Uint8Array
  readonly env?: Readonly<Record<string, string | undefined>>
  /** As whom, which only root can say. */
  readonly uid?: number
}

/** The built client in a directory of its own, with a configuration of its own. */
export interface Cli {
  readonly binary: string
  readonly configDirectory: string
  /** What every run of it has in its environment. */
  readonly env: Readonly<Record<string, string | undefined>>
  run(args: ReadonlyArray<string>, options?: RunOptions): Promise<Outcome>
  remove(): void
}

/** Builds the client as it is published. It talks to `apiUrl` and inherits nothing else from this process. */
export const buildCli = async (apiUrl: string): Promise<Cli> => {
  const directory = mkdtempSync(join(tmpdir(), "todo-cli-"))
  const configDirectory = join(directory, "config")
  const binary = join(directory, "bin/todo.js")
  await bundle(join(directory, "dist"))
  mkdirSync(join(directory, "bin"))
  cpSync(join(import.meta.dirname, "../../bin/todo.js"), binary)
  writeFileSync(join(directory, "package.json"), "{\"type\":\"module\"}")

  const inherited = {
    PATH: process.env.PATH,
    TODO_API_URL: apiUrl,
    TODO_CONFIG_DIR: configDirectory,
    // That of whoever runs the tests is theirs.
    TODO_KEYRING: "0",
    NODE_COMPILE_CACHE: join(directory, "cache")
  }

  return {
    binary,
    configDirectory,
    env: inherited,
    run: (args, { env = {}, stdin = "", uid } = {}) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [binary, ...args], {
          env: { ...inherited, ...env },
          ...uid === undefined ? {} : { uid }
        })
        let stdout = ""
        let stderr = ""
        child.stdout.setEncoding("utf8").on("data", (text: string) => stdout += text)
        child.stderr.setEncoding("utf8").on("data", (text: string) => stderr += text)
        child.on("error", reject)
        child.on("close", (exitCode) => resolve({ stdout, stderr, exitCode }))
        // A command that reads no stdin may end before it is written.
        child.stdin.on("error", () => {})
        child.stdin.end(stdin)
      }),
    remove: () => rmSync(directory, { recursive: true, force: true })
  }
}
