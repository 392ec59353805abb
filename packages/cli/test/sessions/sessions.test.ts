import { beforeEach, describe, expect, it } from "@effect/vitest"
import { SessionId } from "@todo/domain/users/CurrentUser"
import { DateTime } from "effect"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import type { Account, FakeSession } from "../support/fake/FakeState.ts"
import { useCli } from "../support/Fixture.ts"

const cli = useCli()

const first = SessionId.make("0198c0de-7a5c-7000-8000-0000000000a1")
const second = SessionId.make("0198c0de-7a5c-7000-8000-0000000000b2")

let account: Account
let here: FakeSession
beforeEach(async () => {
  account = await cli.signIn()
  here = cli.state.sessionsOf(account.id)[0]!
})

const ids = () => cli.state.sessionsOf(account.id).map(({ id }) => id)
const credentials = () => JSON.parse(readFileSync(join(cli.configDirectory, "credentials.json"), "utf8"))
const signInElsewhere = () => {
  cli.state.signIn(account, { id: first, userAgent: "\u001b[2JMozilla/5.0", ipAddress: "198.51.100.7" })
  cli.state.signIn(account, { id: second, userAgent: null, ipAddress: null })
}

describe("sessions", () => {
  it.each(["sessions", "sessions list"])("is a table that marks this one: todo %s", async (line) => {
    cli.state.signIn(account, { id: first, userAgent: "\u001b[2JMozilla/5.0", ipAddress: null })
    const { lastUsedAt } = cli.state.sessionsOf(account.id)[1]!
    expect(await cli.todo(line)).toEqual({
      stdout: `current\t${here.userAgent}\t127.0.0.1\t${DateTime.formatIso(here.lastUsedAt)}\t${here.id}\n` +
        `\t␛[2JMozilla/5.0\t\t${DateTime.formatIso(lastUsedAt)}\t${first}\n`,
      stderr: "",
      exitCode: 0
    })
  })

  it("is an array as the API has it, or ids", async () => {
    signInElsewhere()
    expect(JSON.parse((await cli.todo("sessions --json")).stdout)).toMatchObject([
      { id: here.id, current: true, userAgent: expect.stringMatching(/^todo\//), ipAddress: "127.0.0.1" },
      { id: first, current: false, userAgent: "\u001b[2JMozilla/5.0" },
      { id: second, current: false, userAgent: null, ipAddress: null }
    ])
    expect((await cli.todo("sessions --quiet")).stdout).toBe(`${here.id}\n${first}\n${second}\n`)
  })

  it("signed out: exit code 4", async () => {
    await cli.todo("logout")
    expect(await cli.todo("sessions")).toMatchObject({ stdout: "", exitCode: 4 })
  })
})

describe("sessions end", () => {
  it("signs out elsewhere, and stays signed in here", async () => {
    signInElsewhere()
    expect(await cli.todo(["sessions", "end", first])).toEqual({
      stdout: `Ended ␛[2JMozilla/5.0  ${first}\n`,
      stderr: "",
      exitCode: 0
    })
    expect(ids()).toEqual([here.id, second])
    expect(Object.keys(credentials())).toEqual([cli.url])
    expect((await cli.todo(["sessions", "end", "--json", second])).stdout).toBe(`{"ended":[{"id":"${second}"}]}\n`)
  })

  it("of the current session forgets it here, as logout does", async () => {
    expect(await cli.todo(["sessions", "end", here.id])).toEqual({
      stdout: `Signed out at ${cli.url}\n`,
      stderr: "",
      exitCode: 0
    })
    expect(ids()).toEqual([])
    expect(credentials()).toEqual({})
    expect(await cli.todo("whoami")).toMatchObject({ exitCode: 4 })
  })

  it("ends the current session last, wherever it is named", async () => {
    signInElsewhere()
    expect(await cli.todo(["sessions", "end", "--quiet", here.id, first, second])).toEqual({
      stdout: `${first}\n${second}\n${here.id}\n`,
      stderr: "",
      exitCode: 0
    })
  })

  it("of the session in TODO_TOKEN leaves the stored one alone", async () => {
    const { token } = cli.state.signIn(account, { id: first })
    expect(await cli.todo(["sessions", "end", first], { env: { TODO_TOKEN: token } })).toMatchObject({ exitCode: 0 })
    expect(ids()).toEqual([here.id])
    expect(Object.keys(credentials())).toEqual([cli.url])
  })

  it("of what is not there: exit code 3, and the rest goes on", async () => {
    signInElsewhere()
    expect(await cli.todo(["sessions", "end", "0198c0df", first])).toEqual({
      stdout: `Ended ␛[2JMozilla/5.0  ${first}\n`,
      stderr: "error: There is no session 0198c0df\n`todo sessions` lists them.\n",
      exitCode: 3
    })
  })

  it("of what cannot be an id: exit code 2, as of tasks", async () => {
    signInElsewhere()
    expect(await cli.todo(["sessions", "end", "nope", first])).toMatchObject({
      stderr: "error: \"nope\" does not name a session\nGive its id, or the first 6 or more characters of it.\n",
      exitCode: 2
    })
    expect(ids()).not.toContain(first)
  })

  it("of the beginning of two ids ends none: exit code 2, and which", async () => {
    signInElsewhere()
    const { exitCode, stderr, stdout } = await cli.todo("sessions end 0198c0de")
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" })
    expect(stderr).toBe(
      `error: 0198c0de names 2 sessions: ${first} (␛[2JMozilla/5.0), ${second} (unknown program)\n` +
        "Give the id, or more of it.\n"
    )
    expect(ids()).toHaveLength(3)
  })
})

describe("sessions end-others", () => {
  it.each([
    ["", "Ended 2 other sessions\n"],
    [" --quiet", "2\n"],
    [" --json", "{\"ended\":2}\n"]
  ])("signs out everywhere but here, and says how many%s", async (option, stdout) => {
    signInElsewhere()
    expect(await cli.todo(`sessions end-others${option}`)).toEqual({ stdout, stderr: "", exitCode: 0 })
    expect(ids()).toEqual([here.id])
    expect(await cli.todo("whoami")).toMatchObject({ exitCode: 0 })
  })

  it("of one, and of none", async () => {
    cli.state.signIn(account)
    expect((await cli.todo("sessions end-others --yes")).stdout).toBe("Ended 1 other session\n")
    expect((await cli.todo("sessions end-others")).stdout).toBe("Ended 0 other sessions\n")
  })
})
