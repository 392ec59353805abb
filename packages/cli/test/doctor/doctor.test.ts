import { describe, expect, it } from "@effect/vitest"
import { chmodSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { nodeFinding, terminalFindings } from "../../src/doctor/MachineChecks.ts"
import { wayFindings } from "../../src/doctor/ServiceChecks.ts"
import { useService } from "../support/ServiceFixture.ts"

const service = useService()

const env = { LANG: "C.UTF-8", TZ: "Europe/Berlin", HOME: "/nonexistent", SHELL: "/bin/nu" }
const doctor = async (more: Readonly<Record<string, string | undefined>> = {}) => {
  const { exitCode, stdout, stderr } = await service.todo("doctor --json", { env: { ...env, ...more } })
  const findings: ReadonlyArray<{ readonly check: string; readonly status: string; readonly message: string }> = JSON
    .parse(stdout)
  return { exitCode, stderr, stdout, of: (check: string) => findings.filter((finding) => finding.check === check) }
}

describe("todo doctor", () => {
  it("finds all well where it is", async () => {
    await service.succeed("settings set --time-zone Europe/Berlin")
    const { exitCode, stderr, stdout } = await service.todo("doctor", { env })
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
    expect(stdout.split("\n").filter((line) => !/^ok {4}/.test(line))).toEqual(["All is well.", ""])
    for (
      const check of [
        "node",
        "folder",
        "config",
        "address",
        "proxy",
        "service",
        "clock",
        "version",
        "credentials",
        "account",
        "time zone",
        "terminal",
        "characters",
        "completion"
      ]
    ) {
      expect(stdout).toMatch(new RegExp(`^ok {4}${check} `, "m"))
    }
  })

  it("prints nothing secret", async () => {
    const { stdout } = await doctor()
    const { jwt, sessionToken } = service.account.entry
    const secret = (await service.account.addToken()).secret
    const withToken = await doctor({ TODO_TOKEN: secret })
    for (const text of [stdout, withToken.stdout]) {
      for (const word of [jwt, sessionToken, secret]) expect(text).not.toContain(word)
    }
    expect(withToken.exitCode).toBe(0)
  })

  it("fails where nobody is signed in, and says what to do", async () => {
    service.signOut()
    const { exitCode, of } = await doctor()
    expect(exitCode).toBe(1)
    expect(of("credentials")).toMatchObject([{ status: "fail", hints: [expect.stringContaining("todo login")] }])
  })

  it("fails where the session has ended", async () => {
    const { exitCode, of } = await doctor({ TODO_TOKEN: "not-a-token" })
    expect(exitCode).toBe(1)
    expect(of("account")).toMatchObject([{ status: "fail", message: "TODO_TOKEN is not valid, or has ended" }])
  })

  it("fails where nobody answers", async () => {
    const { exitCode, of } = await doctor({ TODO_API_URL: "http://127.0.0.1:9" })
    expect(exitCode).toBe(1)
    expect(of("service")).toMatchObject([{ status: "fail", message: expect.stringContaining("refused") }])
    expect(of("account")).toEqual([])
  })

  it("warns of a zone that is not the account's, of files that are open, and of aliases that mean nothing", async () => {
    await service.succeed("settings set --time-zone Asia/Tokyo")
    const config = join(service.program.configDirectory, "config.json")
    writeFileSync(config, "{\"aliases\":{\"done\":\"list\"}}", { mode: 0o600 })
    chmodSync(join(service.program.configDirectory, "credentials.json"), 0o644)
    const { exitCode, of } = await doctor()
    expect(exitCode).toBe(0)
    expect(of("time zone")).toMatchObject([{ status: "warn", hints: ["todo settings set --time-zone Europe/Berlin"] }])
    expect(of("config")).toMatchObject([{ status: "warn", hints: ["todo config unset aliases.done"] }])
    expect(of("credentials")).toMatchObject([{ status: "warn" }, { status: "ok" }])
  })

  it("fails where the configuration is no such thing", async () => {
    writeFileSync(join(service.program.configDirectory, "config.json"), "{", { mode: 0o600 })
    const { exitCode, of } = await doctor()
    expect(exitCode).toBe(1)
    expect(of("config")).toMatchObject([{
      status: "fail",
      message: expect.stringContaining("config.json:1: it is no JSON")
    }])
  })
})

describe("what is found", () => {
  it.each([["20.15.1", "fail"], ["18.20.0", "fail"], ["20.16.0", "ok"], ["24.0.0", "ok"]])(
    "Node %s: %s",
    (version, status) => {
      expect(nodeFinding(version).status).toBe(status)
    }
  )

  it.each([
    [{ LANG: "de_DE.UTF-8" }, "ok"],
    [{ LANG: "de_DE.UTF-8", LC_ALL: "C" }, "warn"],
    [{ LC_CTYPE: "C.utf8" }, "ok"],
    [{}, "warn"]
  ])("characters of %j: %s", (env, status) => {
    const [, characters] = terminalFindings(env, {}, false)
    expect(characters?.status).toBe(process.platform === "darwin" ? "ok" : status)
  })

  it.each([
    ["http://todo.example", {}, "warn", "ok"],
    ["https://todo.example", {}, "ok", "ok"],
    ["http://127.0.0.1:4000", {}, "ok", "ok"],
    ["https://todo.example", { https_proxy: "socks5://x" }, "ok", "fail"]
  ])("the way to %s with %j", (url, env, address, proxy) => {
    expect(wayFindings(url, env).map(({ status }) => status)).toEqual([address, proxy])
  })

  it("names no password of a proxy", () => {
    expect(JSON.stringify(wayFindings("https://todo.example", { https_proxy: "http://user:secret@proxy:8080" })))
      .not.toContain("secret")
  })
})
