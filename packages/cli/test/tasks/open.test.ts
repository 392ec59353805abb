import { afterAll, describe, expect, it } from "@effect/vitest"
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()
const folder = mkdtempSync(join(tmpdir(), "todo-open-"))
afterAll(() => rmSync(folder, { recursive: true }))

const addressOf = (id: string) => `${cli.url}/tasks/${id}`

describe("open", () => {
  it("prints the address of a task, which names it and has a page", async () => {
    const { id } = await cli.account.addTask("Milk")
    const address = (await cli.succeed("open 1")).trim()
    expect(address).toBe(addressOf(id))
    expect(await cli.succeed(`open ${address} --quiet`)).toBe(`${address}\n`)
    expect(await cli.succeed(`done ${address}`)).toBe("Done 1  Milk\n")
    expect(await cli.json("open milk")).toEqual({ id, number: 1, address })
    expect((await fetch(address, { headers: { accept: "text/html" } })).status).toBe(200)
  })

  it("prints that of several, and says what is not there: exit code 3", async () => {
    const [one, two] = [await cli.account.addTask("One"), await cli.account.addTask("Two")]
    const { exitCode, stderr, stdout } = await cli.todo("open 1-2 7")
    expect([exitCode, stdout]).toEqual([3, `${addressOf(one.id)}\n${addressOf(two.id)}\n`])
    expect(stderr).toContain("There is no task 7")
    expect(await cli.json("open 1 2")).toHaveLength(2)
  })

  it("without a ref, off a terminal: exit code 2", async () => {
    expect(await cli.todo("open")).toMatchObject({ exitCode: 2 })
  })

  it.skipIf(process.platform === "win32")(
    "--web hands it to the browser, as an argument that no shell reads",
    async () => {
      const { id } = await cli.account.addTask("$(touch x)")
      const script = join(folder, "browser")
      writeFileSync(
        script,
        `#!/bin/sh\nprintf '%s|' "$@" > '${folder}/seen.tmp'; mv '${folder}/seen.tmp' '${folder}/seen'\n`,
        {
          mode: 0o755
        }
      )
      expect(await cli.succeed("open 1 --web", { env: { BROWSER: script } })).toBe(`${addressOf(id)}\n`)
      while (!existsSync(join(folder, "seen"))) await new Promise((resolve) => setTimeout(resolve, 20))
      expect(readFileSync(join(folder, "seen"), "utf8")).toBe(`${addressOf(id)}|`)
    }
  )

  it.runIf(process.platform === "linux")(
    "--web where nothing opens it prints it all the same, and says so",
    async () => {
      const { id } = await cli.account.addTask("Milk")
      // No desktop; and one whose opener is not there.
      for (const env of [{}, { DISPLAY: ":0", PATH: folder }]) {
        expect(await cli.todo("open 1 --web", { env })).toEqual({
          stdout: `${addressOf(id)}\n`,
          stderr: "There is no browser here to open it with; BROWSER may name one.\n",
          exitCode: 0
        })
      }
    }
  )
})
