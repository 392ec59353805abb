import { describe, expect, it } from "@effect/vitest"
import { type ChildProcess, spawn } from "node:child_process"
import { existsSync, openSync } from "node:fs"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

type Stream = "pipe" | number

/** Runs a command with these streams, and with nobody at the other end of those that are named. */
const run = async (
  line: string,
  { closed = [], stderr = "pipe", stdout = "pipe" }: {
    readonly stdout?: Stream
    readonly stderr?: Stream
    readonly closed?: ReadonlyArray<"stdout" | "stderr">
  }
) => {
  const child: ChildProcess = spawn(process.execPath, [cli.program.binary, ...line.split(" ")], {
    stdio: ["ignore", stdout, stderr],
    env: cli.program.env
  })
  const said = { stdout: "", stderr: "" }
  for (const name of ["stdout", "stderr"] as const) {
    if (closed.includes(name)) child[name]?.destroy()
    else child[name]?.setEncoding("utf8").on("data", (text: string) => said[name] += text)
  }
  const exitCode = await new Promise<number | null>((resolve) => child.on("close", resolve))
  return { exitCode, ...said }
}

describe("when nobody reads", () => {
  it("stderr, the work is done all the same, and the exit code is that of the first failure", async () => {
    for (const title of ["One", "Two"]) await cli.account.addTask(title)
    const { exitCode, stdout } = await run("done 99999 99998 2", { closed: ["stderr"] })
    expect([exitCode, stdout]).toEqual([3, "Done 2  Two\n"])
    expect((await cli.account.tasks()).map(({ completed }) => completed)).toEqual([false, true])
  })

  it("stderr, a command that fails fails", async () => {
    expect(await run("show 99999", { closed: ["stderr"] })).toMatchObject({ exitCode: 3 })
    expect(await run("lst", { closed: ["stderr"] })).toMatchObject({ exitCode: 2 })
  })

  it("stdout, the command ends quietly with the code of the first failure", async () => {
    await cli.account.addTask("One")
    const { exitCode, stderr } = await run("show 99999 1", { closed: ["stdout"] })
    expect([exitCode, stderr.split("\n")[0]]).toEqual([3, "error: There is no task 99999"])
    expect(await run("show 1", { closed: ["stdout"] })).toMatchObject({ exitCode: 0, stderr: "" })
    expect(await run("done 1", { closed: ["stdout", "stderr"] })).toMatchObject({ exitCode: 0 })
    expect((await cli.account.tasks())[0]?.completed).toBe(true)
  })
})

describe.skipIf(!existsSync("/dev/full"))("on a full disk", () => {
  const full = () => openSync("/dev/full", "w")

  it("a result that is lost is told: exit code 1", async () => {
    expect(await run("add Buy milk --quiet", { stdout: full() })).toMatchObject({
      exitCode: 1,
      stderr: "error: The result could not be written: no space is left\nWhat the command does has been done.\n"
    })
    expect(await cli.account.tasks()).toHaveLength(1)
    const { exitCode, stderr } = await run("list --json", { stdout: full() })
    expect([exitCode, JSON.parse(stderr)]).toEqual([1, {
      error: { code: "output_failed", message: "The result could not be written: no space is left", status: null }
    }])
  })

  it.each(["help", "--help", "--version", "version", "list", "whoami"])(
    "todo %s has done nothing, and does not say so",
    async (line) => {
      await cli.account.addTask("One")
      expect(await run(line, { stdout: full() })).toMatchObject({
        exitCode: 1,
        stderr: "error: The result could not be written: no space is left\n"
      })
    }
  )

  it("a token whose secret nobody has is to be revoked", async () => {
    expect(await run("token create --name ci", { stdout: full() })).toMatchObject({
      exitCode: 1,
      stderr: "error: The result could not be written: no space is left\n"
        + "The token was made, and its secret is lost: end it with `todo token revoke`, and make another.\n"
    })
  })

  it("an earlier failure decides the exit code, told or not", async () => {
    await cli.account.addTask("One")
    expect(await run("show 99999 1", { stdout: full() })).toMatchObject({ exitCode: 3 })
    expect(await run("show 99999", { stderr: full() })).toMatchObject({ exitCode: 3 })
  })
})
