import { beforeEach, describe, expect, it } from "@effect/vitest"
import { existsSync } from "node:fs"
import { join } from "node:path"
import { Running } from "../support/Running.ts"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

beforeEach(() => cli.signOut())

/** What is told on stderr, when all of it is there: the page and the code on it. */
const told =
  /^Open this page, and approve if it shows the same code:\n\n {2}(http:\S+\/device\?user_code=([A-Z0-9]{8}))\n\n {2}([A-Z0-9]{4}-[A-Z0-9]{4})\n\nWaiting, for 10 minutes at most\. Ctrl-C cancels\.\n/

/** Begins to sign in, and answers the code when it is there. */
const begin = async (options = "", env: Readonly<Record<string, string>> = {}) => {
  const running = new Running(cli.program, `login --device${options}`.split(" "), env)
  await running.until(() => told.test(running.stderr))
  const [instructions = "", , userCode = "", shown] = told.exec(running.stderr) ?? []
  expect(shown).toBe(`${userCode.slice(0, 4)}-${userCode.slice(4)}`)
  return { running, instructions, userCode }
}

const isStored = () => existsSync(join(cli.program.configDirectory, "credentials.json"))

describe("login --device", () => {
  it("says where to approve, waits, and keeps the session", async () => {
    const { instructions, running, userCode } = await begin()
    await cli.account.decide("approve", userCode)
    expect(await running.ended).toBe(0)
    const { email } = cli.account
    expect(running).toMatchObject({ stdout: `Signed in at ${cli.url} as Ada <${email}>\n`, stderr: instructions })
    const { sessionToken, user } = cli.credentials()[cli.url]
    expect(user).toEqual({ id: expect.any(String), name: "Ada", email })
    expect(await cli.isSession(sessionToken)).toBe(true)
  })

  it("prints the user as JSON on stdout, of the new session and not of TODO_TOKEN", async () => {
    const bob = await cli.another()
    const { running, userCode } = await begin(" --json", { TODO_TOKEN: (await bob.addToken()).secret })
    await cli.account.decide("approve", userCode)
    expect(await running.ended).toBe(0)
    const { email, id } = cli.account
    expect(JSON.parse(running.stdout)).toEqual({ user: { id, name: "Ada", email } })
  })

  it("ends when somebody says no: exit code 4", async () => {
    const { instructions, running, userCode } = await begin()
    await cli.account.decide("deny", userCode)
    expect(await running.ended).toBe(4)
    expect(running).toMatchObject({
      stdout: "",
      stderr: expect.stringMatching(/^error: .*\nSomebody said no on the page\. Start again with `todo login`\.\n$/m)
    })
    expect(running.stderr.startsWith(instructions)).toBe(true)
    expect(isStored()).toBe(false)
  })

  it("ends with Ctrl-C, and keeps nothing: exit code 130", async () => {
    const { instructions, running } = await begin()
    expect(await running.stop("SIGINT")).toBe(130)
    expect(running.stderr).toBe(`${instructions}error: Cancelled\n`)
    expect(isStored()).toBe(false)
  })
})

describe("login --device at a service that is none", () => {
  /** Answers codes whose page is there. */
  const withPage = (host: string) => {
    cli.instead = ({ url }) => {
      if (url === "/api/auth/device/token") {
        return { status: 400, body: { code: "access_denied", error: "access_denied", error_description: "No" } }
      }
      const page = `${host}/device`
      const codes = { device_code: "device", user_code: "WDJBMJHT", expires_in: 600, interval: 1 }
      const pages = { verification_uri: page, verification_uri_complete: `${page}?user_code=WDJBMJHT` }
      return { status: 200, body: { ...codes, ...pages } }
    }
  }

  it.each(["javascript:alert(1)//", "file:///", "nonsense"])(
    "does not name a page of %s: exit code 1",
    async (host) => {
      withPage(host)
      expect(await cli.todo("login --device")).toEqual({
        stdout: "",
        stderr: "error: The service names no page to approve on that is http or https\n" +
          "Check the address in --api-url or TODO_API_URL.\n",
        exitCode: 1
      })
    }
  )

  it("prints nothing that a terminal acts upon", async () => {
    withPage("https://todo.example/\u001b[2J\u202e")
    const { stderr } = await cli.todo("login --device")
    expect(stderr).toContain("\n  https://todo.example/%1B[2J%E2%80%AE/device?user_code=WDJBMJHT\n")
  })
})
