import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@effect/vitest"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { password } from "../support/Account.ts"
import { useService } from "../support/ServiceFixture.ts"
import { hasKeyring, type SessionBus, startSessionBus } from "../support/SessionBus.ts"

describe.runIf(hasKeyring)("tokens of sessions, in the keyring of the system", () => {
  const cli = useService()
  let bus: SessionBus
  let env: Readonly<Record<string, string | undefined>>
  beforeAll(async () => {
    bus = await startSessionBus()
    env = { ...bus.env, TODO_KEYRING: undefined }
  })
  afterAll(() => bus.stop())

  const file = () => readFileSync(join(cli.program.configDirectory, "credentials.json"), "utf8")
  /** Forgets the JWTs, so that the sessions are needed. */
  const withoutJwts = () => {
    const entries = Object.entries<object>(cli.credentials()).map(([key, entry]) => [key, { ...entry, jwt: null }])
    const path = join(cli.program.configDirectory, "credentials.json")
    writeFileSync(path, JSON.stringify(Object.fromEntries(entries)), { mode: 0o600 })
  }
  const login = (email = cli.account.email) =>
    cli.succeed(`login --email ${email} --password-stdin`, { stdin: password, env })
  const kept = (key = cli.url): string => cli.credentials()[key].sessionToken
  const idOf = (stored: string) => stored.replace("keyring:", "")
  const secretOf = (stored: string) => bus.ask("lookup", "service", "todo", "session", idOf(stored))
  const all = () =>
    [...bus.ask("search", "--all", "service", "todo").matchAll(/^secret = (.*)$/gm)].map(([, one]) => one)

  beforeEach(async () => {
    cli.signOut()
    bus.ask("clear", "service", "todo")
  })

  it("nothing of them is in the file, and commands find them", async () => {
    await login()
    expect(kept()).toMatch(/^keyring:[\da-f-]{36}$/)
    const secret = secretOf(kept())
    expect(await cli.isSession(secret)).toBe(true)
    expect(file()).not.toContain(secret)
    withoutJwts()
    expect(await cli.succeed("whoami", { env })).toContain(cli.account.email)
    expect(await cli.succeed("sessions", { env })).toContain("current")
    expect(await cli.succeed("account list", { env })).toContain("\tkeyring\n")
    expect(file()).not.toContain(secret)
  })

  it("logout ends the session and takes it out, and --local takes it out alone", async () => {
    await login()
    const secret = secretOf(kept())
    await cli.succeed("logout", { env })
    expect([all(), await cli.isSession(secret)]).toEqual([[], false])
    await login()
    const second = secretOf(kept())
    await cli.succeed("logout --local", { env })
    expect([all(), await cli.isSession(second)]).toEqual([[], true])
  })

  it("each account has its own; what takes the place of another leaves nothing behind", async () => {
    const bob = await cli.another()
    await login()
    const first = secretOf(kept())
    await login(bob.email)
    expect(new Set(all()).size).toBe(2)
    await login()
    expect([all().length, await cli.isSession(first)]).toEqual([2, false])
    await cli.succeed(`account change-password --password-stdin --account ${bob.email}`, {
      stdin: `${password}\n${password}2\n`,
      env
    })
    withoutJwts()
    for (const { email } of [bob, cli.account]) {
      expect(await cli.succeed(`whoami --account ${email}`, { env })).toContain(email)
    }
    expect(all()).toHaveLength(2)
    await cli.succeed(`account delete --yes --password-stdin --account ${bob.email}`, { stdin: `${password}2`, env })
    const id = (await cli.succeed("sessions --quiet", { env })).split("\n")[0]
    await cli.succeed(`sessions end ${id}`, { env })
    expect(all()).toEqual([])
  })

  it("many processes that sign in at once lose none", async () => {
    const people = await Promise.all(Array.from({ length: 3 }, () => cli.another()))
    await Promise.all(people.map(({ email }) => login(email)))
    withoutJwts()
    await Promise.all(
      people.map(async ({ email }) => expect(await cli.succeed(`whoami --account ${email}`, { env })).toContain(email))
    )
    expect(new Set(all()).size).toBe(3)
  })

  it("one that somebody has taken out is exit code 4, and one can sign out and in again", async () => {
    await login()
    bus.ask("clear", "service", "todo")
    withoutJwts()
    expect(await cli.todo("list", { env })).toEqual({
      stdout: "",
      stderr: "error: The session is not in the keyring any more\nSign in again with `todo login`.\n",
      exitCode: 4
    })
    await cli.succeed("logout", { env })
    await login()
    bus.ask("clear", "service", "todo")
    expect(await cli.todo(`login --email ${cli.account.email} --password-stdin`, { stdin: password, env }))
      .toMatchObject({ exitCode: 0 })
    withoutJwts()
    await cli.succeed("list --quiet", { env })
  })

  it("where the keyring is not, as over SSH, they are not: exit code 1, and what to do", async () => {
    await login()
    withoutJwts()
    const { exitCode, stderr } = await cli.todo("list", {
      env: { ...env, DBUS_SESSION_BUS_ADDRESS: "unix:path=/nope" }
    })
    expect(exitCode).toBe(1)
    expect(stderr).toMatch(
      /^error: The session is in the keyring, which cannot be used: .*\n`TODO_KEYRING=0 todo login`/
    )
    expect(await cli.todo("list")).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("TODO_KEYRING=0") })
    await cli.succeed("list --quiet", { env })
  })

  it.each([
    ["TODO_KEYRING=0", { TODO_KEYRING: "0" }],
    ["CI", { CI: "true" }],
    ["no bus", { DBUS_SESSION_BUS_ADDRESS: undefined, XDG_RUNTIME_DIR: undefined }]
  ])("%s keeps them in the file", async (_why, more) => {
    await cli.succeed(`login --email ${cli.account.email} --password-stdin`, {
      stdin: password,
      env: { ...env, ...more }
    })
    expect(await cli.isSession(kept())).toBe(true)
    expect(all()).toEqual([])
  })

  it("TODO_KEYRING=1 keeps them there also in CI, and nobody signs in where it is not", async () => {
    const options = { stdin: password, env: { ...env, CI: "true", TODO_KEYRING: "1" } }
    await cli.succeed(`login --email ${cli.account.email} --password-stdin`, options)
    expect(all()).toHaveLength(1)
    cli.signOut()
    const before = (await cli.account.sessions()).length
    const without = { ...options, env: { ...options.env, DBUS_SESSION_BUS_ADDRESS: "", XDG_RUNTIME_DIR: "" } }
    expect(await cli.todo(`login --email ${cli.account.email} --password-stdin`, without)).toMatchObject({
      exitCode: 1
    })
    expect((await cli.account.sessions()).length).toBe(before)
  })

  it("TODO_KEYRING is 0 or 1: exit code 2", async () => {
    expect(await cli.todo("list", { env: { TODO_KEYRING: "yes" } })).toMatchObject({ exitCode: 2 })
  })
})
