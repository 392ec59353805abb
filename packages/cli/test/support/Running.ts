import { type ChildProcess, spawn } from "node:child_process"
import type { Cli } from "./Cli.ts"

/** The client while it runs, for what does not end by itself. */
export class Running {
  stdout = ""
  stderr = ""
  readonly process: ChildProcess
  /** The exit code, or the signal that it died of. */
  readonly ended: Promise<number | string | null>
  private changed: () => void = () => {}

  constructor(cli: Cli, args: ReadonlyArray<string>, env: Readonly<Record<string, string | undefined>> = {}) {
    this.process = spawn(process.execPath, [cli.binary, ...args], {
      env: { ...cli.env, ...env },
      stdio: ["ignore", "pipe", "pipe"]
    })
    const take = (name: "stdout" | "stderr") => (text: string) => {
      this[name] += text
      this.changed()
    }
    this.process.stdout!.setEncoding("utf8").on("data", take("stdout"))
    this.process.stderr!.setEncoding("utf8").on("data", take("stderr"))
    this.ended = new Promise((resolve) =>
      this.process.once("close", (code, signal) => {
        resolve(code ?? signal)
        this.changed()
      })
    )
  }

  /** Waits until it is so, or the client has ended. */
  async until(is: () => boolean): Promise<void> {
    while (!is()) {
      const isOver = this.process.exitCode !== null || this.process.signalCode !== null
      if (isOver) throw new Error(`It has ended:\n${this.stdout}${this.stderr}`)
      await new Promise<void>((resolve) => this.changed = resolve)
    }
  }

  /** The lines of stdout, when there are so many. */
  async lines(count: number): Promise<ReadonlyArray<string>> {
    await this.until(() => this.stdout.split("\n").length > count)
    return this.stdout.split("\n").slice(0, -1)
  }

  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | string | null> {
    this.process.kill(signal)
    return this.ended
  }
}
