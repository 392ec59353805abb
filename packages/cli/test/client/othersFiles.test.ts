import { beforeEach, describe, expect, it } from "@effect/vitest"
import { chmodSync, chownSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { useService } from "../support/ServiceFixture.ts"

const [owner, stranger] = [65_532, 65_533]

// Nobody but root can give files away, and be somebody else.
describe.runIf(process.getuid?.() === 0)("what another user has stored", () => {
  const cli = useService()
  const path = (file: string) => join(cli.program.configDirectory, file)
  const credentials = () => readFileSync(path("credentials.json"), "utf8")
  const as = (uid: number, line: string, env = {}) => cli.program.run(line.split(" "), { env, uid })

  beforeEach(async () => {
    writeFileSync(path("last-service"), cli.url)
    chmodSync(dirname(cli.program.configDirectory), 0o755)
    chmodSync(cli.program.configDirectory, 0o777)
    for (const file of [".", "credentials.json", "last-service"]) chownSync(path(file), owner, owner)
    for (const file of ["credentials.json", "last-service"]) chmodSync(path(file), 0o644)
  })

  it("is refused, and said whose it is: exit code 1", async () => {
    const before = credentials()
    for (const line of ["list", "logout --local", "login --email ada@example.com --password-stdin"]) {
      expect(await as(stranger, line)).toEqual({
        stdout: "",
        stderr: `error: ${path("credentials.json")} belongs to user ${owner}, and you are user ${stranger}\n`
          + "What it holds is not yours. Remove it, or set TODO_CONFIG_DIR to a directory of your own.\n",
        exitCode: 1
      })
    }
    expect(cli.received).toEqual([])
    expect(credentials()).toBe(before)
  })

  it("says nothing of the service to ask: passwords would go there", async () => {
    rmSync(path("credentials.json"))
    const whom = async (uid: number) => (await as(uid, "list", { TODO_API_URL: undefined })).stderr
    expect(await whom(owner)).toContain(`You are not signed in at ${cli.url}\n`)
    expect(await whom(stranger)).toContain("You are not signed in at http://localhost:4000\n")
  })

  it("is root's to use, which is told, and stays the other's when it changes", async () => {
    expect(await as(0, "account change-name Ada L")).toEqual({
      stdout: "You are now Ada L\n",
      stderr: `${path("credentials.json")} belongs to user ${owner}: as root you use what is that user's.\n`,
      exitCode: 0
    })
    expect(credentials()).toContain("Ada L")
    expect(statSync(path("credentials.json"))).toMatchObject({ uid: owner, gid: owner })
    expect((await as(owner, "list")).exitCode).toBe(0)
  })
})
