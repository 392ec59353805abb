import { beforeEach, describe, expect, it } from "@effect/vitest"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

const idOf = async (userAgent: string) =>
  (await cli.account.sessions()).find((session) => session.userAgent === userAgent)?.id ?? ""
const ids = async () => (await cli.account.sessions()).map(({ id }) => id)

let here: string
beforeEach(async () => {
  here = (await ids())[0] ?? ""
})

/** Answers the ids of two sessions elsewhere. */
const signInElsewhere = async () => {
  const names = ["Mozilla/5.0", "curl/8.0"] as const
  for (const as of names) await cli.account.signIn({ as })
  return [await idOf(names[0]), await idOf(names[1])] as const
}

describe("sessions", () => {
  it.each(["sessions", "sessions list"])("is a table that marks this one: todo %s", async (line) => {
    await signInElsewhere()
    const rows = (await cli.succeed(line)).split("\n").map((row) => row.split("\t"))
    const sessions = await cli.account.sessions()
    expect(rows).toEqual([
      ...sessions.map(({ current, id, ipAddress, userAgent }) => [
        current ? "current" : "",
        userAgent,
        ipAddress,
        expect.stringMatching(/^\d{4}-.*Z$/),
        id
      ]),
      [""]
    ])
    expect(sessions.filter(({ current }) => current)).toMatchObject([{ id: here }])
  })

  it("is an array as the API has it, or ids", async () => {
    const [first, second] = await signInElsewhere()
    const sessions = await cli.json("sessions")
    expect(sessions).toHaveLength(3)
    expect(sessions).toMatchObject(expect.arrayContaining([
      expect.objectContaining({ id: here, current: true, userAgent: expect.stringMatching(/^todo\//) }),
      expect.objectContaining({ id: first, current: false, userAgent: "Mozilla/5.0" })
    ]))
    const quiet = await cli.succeed("sessions --quiet")
    expect(quiet.trim().split("\n").toSorted()).toEqual([here, first, second].toSorted())
  })

  it("signed out: exit code 4", async () => {
    await cli.todo("logout")
    expect(await cli.todo("sessions")).toMatchObject({ stdout: "", exitCode: 4 })
  })
})

describe("sessions end", () => {
  it("signs out elsewhere, and stays signed in here", async () => {
    const [first, second] = await signInElsewhere()
    expect(await cli.succeed(["sessions", "end", first])).toBe(`Ended Mozilla/5.0  ${first}\n`)
    expect((await ids()).toSorted()).toEqual([here, second].toSorted())
    expect(Object.keys(cli.credentials())).toEqual([cli.url])
    expect(await cli.succeed(["sessions", "end", "--json", second])).toBe(`{"ended":[{"id":"${second}"}]}\n`)
  })

  it("of the current session forgets it here, as logout does", async () => {
    expect(await cli.succeed(["sessions", "end", here])).toBe(`Signed out at ${cli.url}\n`)
    expect(await cli.isSession(cli.account.sessionToken)).toBe(false)
    expect(cli.credentials()).toEqual({})
    expect(await cli.todo("whoami")).toMatchObject({ exitCode: 4 })
  })

  it("ends the current session last, wherever it is named", async () => {
    const [first, second] = await signInElsewhere()
    expect(await cli.succeed(["sessions", "end", "--quiet", here, first, second]))
      .toBe(`${first}\n${second}\n${here}\n`)
  })

  it("of the session in TODO_TOKEN leaves the stored one alone", async () => {
    const token = await cli.account.signIn({ as: "another" })
    await cli.succeed(["sessions", "end", await idOf("another")], { env: { TODO_TOKEN: token } })
    expect(await ids()).toEqual([here])
    expect(Object.keys(cli.credentials())).toEqual([cli.url])
  })

  it("of what is not there: exit code 3, and the rest goes on", async () => {
    const [first] = await signInElsewhere()
    const absent = crypto.randomUUID()
    expect(await cli.todo(["sessions", "end", absent, first])).toEqual({
      stdout: `Ended Mozilla/5.0  ${first}\n`,
      stderr: `error: There is no session ${absent}\n\`todo sessions\` lists them.\n`,
      exitCode: 3
    })
  })

  it("of what cannot be an id: exit code 2, as of tasks", async () => {
    const [first] = await signInElsewhere()
    expect(await cli.todo(["sessions", "end", "nope", first])).toMatchObject({
      stderr: "error: \"nope\" does not name a session\nGive its id, or the first 6 or more characters of it.\n",
      exitCode: 2
    })
    expect(await ids()).not.toContain(first)
  })

  it("of the beginning of an id", async () => {
    const [first] = await signInElsewhere()
    expect(await cli.succeed(["sessions", "end", "--quiet", first.slice(0, 18)])).toBe(`${first}\n`)
  })
})

describe("sessions end-others", () => {
  it.each([
    ["", "Ended 2 other sessions\n"],
    [" --quiet", "2\n"],
    [" --json", "{\"ended\":2}\n"]
  ])("signs out everywhere but here, and says how many%s", async (option, stdout) => {
    await signInElsewhere()
    expect(await cli.succeed(`sessions end-others${option}`)).toBe(stdout)
    expect(await ids()).toEqual([here])
  })

  it("of one, and of none", async () => {
    await cli.account.signIn()
    expect(await cli.succeed("sessions end-others --yes")).toBe("Ended 1 other session\n")
    expect(await cli.succeed("sessions end-others")).toBe("Ended 0 other sessions\n")
  })
})
