import { describe, expect, it } from "@effect/vitest"
import { chmodSync, mkdirSync, renameSync, statSync, symlinkSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { useService } from "../support/ServiceFixture.ts"

const service = useService()

const folder = () => service.program.configDirectory
const file = (name: string) => join(folder(), name)
const modeOf = (path: string) => statSync(path).mode & 0o777

const found = async (env: Readonly<Record<string, string>> = {}) => {
  const { exitCode, stdout } = await service.todo("doctor --json", { env })
  expect(exitCode).toBe(0)
  const findings: ReadonlyArray<
    { readonly check: string; readonly status: string; readonly hints: ReadonlyArray<string> }
  > = JSON.parse(stdout)
  const checks = new Set(["folder", "config", "credentials"])
  return findings.filter(({ check, status }) => checks.has(check) && status === "warn").flatMap(({ hints }) => hints)
}

// Windows has no such modes.
describe.skipIf(process.platform === "win32")(
  "todo doctor warns of what others can read or change, and how to close it",
  () => {
    it.each([0o666, 0o644, 0o602])("credentials of mode %o, whoever has looked into them before", async (mode) => {
      const credentials = file("credentials.json")
      chmodSync(credentials, mode)
      await service.todo("complete bash todo\\ done\\ 1 1 9 80")
      await service.todo(["account", "--help"], { env: { TODO_ACCOUNT: "nobody" } })
      const email = service.account.entry.user.email
      expect(await found({ TODO_ACCOUNT: email })).toEqual([`chmod 600 '${credentials}'`])
      // Who hears nothing of it is to find it as it was.
      for (const line of ["list --json", "list --quiet", "completion refresh --quiet"]) await service.todo(line)
      expect(modeOf(credentials)).toBe(mode)
      expect((await service.todo("list")).stderr).toContain(`${credentials} was open to other users`)
      expect(modeOf(credentials)).toBe(0o600)
      expect(await found()).toEqual([])
    })

    it("the configuration, the service in use, and their folder", async () => {
      for (const name of ["config.json", "last-service"]) {
        writeFileSync(file(name), name === "config.json" ? "{}" : service.url)
        chmodSync(file(name), 0o646)
      }
      chmodSync(folder(), 0o755)
      await service.todo("list")
      expect(await found()).toEqual([
        `chmod 700 '${folder()}'`,
        `chmod 600 '${file("config.json")}'`,
        `chmod 600 '${file("last-service")}'`
      ])
      chmodSync(folder(), 0o700)
    })

    it("the folder above, and that to which a link leads", async () => {
      const above = dirname(folder())
      chmodSync(above, 0o777)
      const elsewhere = join(above, "it's elsewhere")
      mkdirSync(elsewhere)
      chmodSync(elsewhere, 0o772)
      renameSync(file("credentials.json"), join(elsewhere, "credentials.json"))
      symlinkSync(join(elsewhere, "credentials.json"), file("credentials.json"))
      expect(await found()).toEqual([`chmod go-w '${above}'`, `chmod go-w '${above}/it'\\''s elsewhere'`])
      chmodSync(above, 0o1777)
      chmodSync(elsewhere, 0o755)
      expect(await found()).toEqual([])
      chmodSync(above, 0o700)
    })
  }
)
