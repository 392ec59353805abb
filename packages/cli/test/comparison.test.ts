import { describe, expect, it } from "@effect/vitest"
import { execFile } from "node:child_process"
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { useService } from "./support/ServiceFixture.ts"

const cli = useService()

const page = readFileSync(join(import.meta.dirname, "../../../docs/comparison.md"), "utf8")

/** The commands that are done first. */
const before = /^```sh\n([^]*?)^```/m.exec(page)![1]!

/** The commands of the third column, each with the exit code that is told behind it. */
const shown = page.split("\n").flatMap((line) => {
  const [, , , commands = ""] = line.split(/(?<!\\)\|/)
  return [...commands.matchAll(/`([^`]+)`(?: \((\d)\))?/g)].map(([, command = "", code = "0"]) => ({
    command: command.replaceAll("\\|", "|"),
    code: Number(code)
  }))
})

describe("the comparison", () => {
  it("has commands that are shown to do what it says", async () => {
    const folder = mkdtempSync(join(tmpdir(), "todo-path-"))
    const program = join(folder, "todo")
    writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${cli.program.binary}" "$@"\n`)
    chmodSync(program, 0o755)
    const env = { ...cli.program.env, PATH: `${folder}${delimiter}${process.env.PATH}`, HOME: folder }
    const bash = (command: string) =>
      new Promise<{ readonly code: number; readonly said: string }>((resolve) => {
        const options = { env, cwd: folder, encoding: "utf8" } as const
        const child = execFile("bash", ["--norc", "-euc", command], options, (error, stdout, stderr) =>
          resolve({ code: error === null ? 0 : Number(error.code), said: stderr + stdout }))
        child.stdin!.end()
      })
    try {
      expect(await bash(before)).toMatchObject({ code: 0 })
      expect(shown.length).toBeGreaterThan(30)
      for (const { code, command } of shown) {
        const done = await bash(command)
        expect({ command, ...done }).toEqual({ command, code, said: done.said })
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
