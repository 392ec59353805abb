import { afterAll, beforeEach, describe, expect, it } from "@effect/vitest"
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { keyringToolOf } from "../../src/keyring/KeyringTool.ts"
import { password } from "../support/Account.ts"
import { useService } from "../support/ServiceFixture.ts"

const folder = mkdtempSync(join(tmpdir(), "todo-tool-"))
afterAll(() => rmSync(folder, { recursive: true }))

/** A keyring of files, which notes how it was asked. */
const works = [
  "echo \"$@\" >> \"$FOLDER/asked\"",
  "for id; do :; done",
  "case $1 in",
  "  store) cat > \"$FOLDER/$id\" ;;",
  "  lookup) [ -f \"$FOLDER/$id\" ] && cat \"$FOLDER/$id\" ;;",
  "  clear) rm \"$FOLDER/$id\" ;;",
  "esac"
].join("\n")

describe.runIf(process.platform === "linux")("a keyring", () => {
  const cli = useService()
  const env = {
    PATH: `${folder}:${process.env.PATH}`,
    FOLDER: folder,
    DBUS_SESSION_BUS_ADDRESS: "unix:path=/nobody/asks/it",
    TODO_KEYRING: undefined
  }
  const fake = (script: string) => {
    writeFileSync(join(folder, "secret-tool"), `#!/bin/sh\n${script}\n`)
    chmodSync(join(folder, "secret-tool"), 0o755)
  }
  const asked = () => existsSync(join(folder, "asked")) ? readFileSync(join(folder, "asked"), "utf8") : ""
  const login = (more = {}) =>
    cli.todo(`login --email ${cli.account.email} --password-stdin`, { stdin: password, env: { ...env, ...more } })
  const kept = (): string => cli.credentials()[cli.url].sessionToken

  beforeEach(() => {
    cli.signOut()
    rmSync(join(folder, "asked"), { force: true })
  })

  it("gets secrets by stdin, and is asked only where a session is needed", async () => {
    fake(works)
    expect(await login()).toMatchObject({ exitCode: 0, stderr: "" })
    const secret = readFileSync(join(folder, kept().replace("keyring:", "")), "utf8")
    expect(await cli.isSession(secret)).toBe(true)
    expect(asked()).toContain("store --label=todo at http://")
    expect(asked()).not.toContain(secret)
    rmSync(join(folder, "asked"))
    for (const line of ["whoami", "list --quiet", "--help", "account list"]) await cli.succeed(line, { env })
    expect(asked()).toBe("")
  })

  it.each([
    ["fails", "echo 'The name is not activatable' >&2; exit 1", "The name is not activatable"],
    ["fails without a word", "exit 3", "it ended with status 3"],
    ["hangs", "exec sleep 60", "it did not answer within 3 seconds"],
    ["hangs with what it has started", "sleep 20 & wait", "it did not answer within 3 seconds"],
    ["prints garbage", "echo 'no\u0001thing of this is a token'", "it answers what is no token"],
    ["prints without end", "yes", "it says too much"],
    ["keeps nothing", "[ $1 = lookup ] && exit 1; exit 0", "it does not keep what it is given"],
    ["keeps another", "[ $1 = lookup ] && echo another; exit 0", "it does not keep what it is given"]
  ])("that %s is left alone, which is told: a file has the session", async (_how, script, why) => {
    fake(script)
    expect(await login()).toEqual({
      stdout: `Signed in at ${cli.url} as Ada <${cli.account.email}>\n`,
      stderr: `The keyring cannot be used: ${why}. A file keeps the session.\n`,
      exitCode: 0
    })
    expect(await cli.isSession(kept())).toBe(true)
    expect(await cli.todo("logout", { env })).toMatchObject({ exitCode: 0 })
  })

  it("that is not there is not missed", async () => {
    rmSync(join(folder, "secret-tool"), { force: true })
    expect(await login({ PATH: folder })).toMatchObject({ exitCode: 0, stderr: "" })
    expect(await cli.isSession(kept())).toBe(true)
  })

  it.each([
    ["hangs", "exec sleep 60", 1, "it did not answer within 3 seconds"],
    ["is locked", "echo 'Cannot unlock' >&2; exit 1", 1, "Cannot unlock"],
    ["answers garbage", "printf 'a\\nb'", 1, "it answers what is no token"]
  ])("that %s later: exit code %d", async (_how, script, exitCode, why) => {
    fake(works)
    await login()
    const path = join(cli.program.configDirectory, "credentials.json")
    writeFileSync(path, JSON.stringify({ [cli.url]: { ...cli.credentials()[cli.url], jwt: null } }), { mode: 0o600 })
    const before = readFileSync(path, "utf8")
    fake(script)
    for (const line of ["list", "logout", "account change-name Bob"]) {
      const outcome = await cli.todo(line, { env })
      expect(outcome).toMatchObject({ exitCode, stdout: "" })
      expect(outcome.stderr).toContain(`error: The session is in the keyring, which cannot be used: ${why}\n`)
    }
    expect(readFileSync(path, "utf8")).toBe(before)
    expect(await cli.todo("logout --local", { env })).toMatchObject({ exitCode: 0 })
  })

  it("TODO_KEYRING=1 does not make do with a file: exit code 1, and the session has ended", async () => {
    fake("exit 1")
    const before = (await cli.account.sessions()).length
    expect(await login({ TODO_KEYRING: "1" })).toMatchObject({
      exitCode: 1,
      stdout: "",
      stderr: expect.stringMatching(/^error: The keyring cannot be used/)
    })
    expect((await cli.account.sessions()).length).toBe(before)
  })
})

describe("the keychain of macOS", () => {
  const tool = keyringToolOf("darwin")!

  it("gets secrets by stdin, never as an argument", () => {
    const call = tool.store("id", "secret", "todo at https://todo.example:4000/base")
    expect(call?.args).toEqual(["-i"])
    expect(call?.input).toBe(
      "add-generic-password -s \"todo\" -a \"id\" -l \"todo at https://todo.example:4000/base\" -w \"secret\"\n"
    )
  })

  it.each(["a\"b", "a\\b", "a\nb", "a'b", "$(x)", "a;b"])("takes nothing that would be read as more: %j", (secret) => {
    expect(tool.store("id", secret, "todo")).toBe(undefined)
    expect(tool.store("id", "secret", secret)).toBe(undefined)
  })
})
