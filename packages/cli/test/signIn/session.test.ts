import { beforeEach, describe, expect, it } from "@effect/vitest"
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { newEmail, password } from "../support/Account.ts"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

const credentialsFile = () => join(cli.program.configDirectory, "credentials.json")
const tokenRequests = () => cli.received.filter(({ url }) => url === "/api/auth/token").length
const entry = () => cli.credentials()[cli.url]
/** Changes what is stored of the session. */
const store = (fields: object) =>
  writeFileSync(credentialsFile(), JSON.stringify({ [cli.url]: { ...entry(), ...fields } }), { mode: 0o600 })
const signUp = (name: string, email: string, options = "") =>
  cli.todo(`signup${options} --name ${name} --email ${email} --password-stdin`, { stdin: password })
const login = (stdin = password, options = "") =>
  cli.todo(`login${options} --email ${cli.account.email} --password-stdin`, { stdin })
/** Names of directories that make a path as long as this. */
const longNames = (path: string, length: number): ReadonlyArray<string> => {
  const names: Array<string> = []
  for (let missing = length - path.length; missing > 0;) {
    const name = "x".repeat(missing > 202 ? 200 : missing - 1)
    names.push(name)
    missing -= name.length + 1
  }
  return names
}
const modeOf = (path: string) => statSync(path).mode & 0o777

/** Ends every session of the account, elsewhere. */
const endAll = async () => {
  for (
    const { id } of (await cli.account.sessions()).toSorted((one, other) => Number(one.current) - Number(other.current))
  ) {
    await cli.account.ask("DELETE", `/sessions/${id}`)
  }
}

/** The zone of the machine was told to the service, with a JWT that is kept. */
const anyJwt = { jwt: expect.any(String), jwtExpiresAt: expect.any(Number) }

describe("signup", () => {
  beforeEach(() => cli.signOut())

  it("makes an account, signs in and keeps the session for the user's eyes only", async () => {
    const email = newEmail()
    expect(await signUp("Ada", email)).toEqual({
      stdout: `Signed in at ${cli.url} as Ada <${email}>\n`,
      stderr: "",
      exitCode: 0
    })
    expect(cli.credentials()).toEqual({
      [cli.url]: { sessionToken: expect.any(String), user: { id: expect.any(String), name: "Ada", email }, ...anyJwt }
    })
    expect(await cli.isSession(entry().sessionToken)).toBe(true)
    // Where this machine is.
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    expect(await cli.succeed("settings")).toContain(`Time zone    ${timeZone}\n`)
    expect(modeOf(credentialsFile())).toBe(0o600)
    expect(modeOf(cli.program.configDirectory)).toBe(0o700)
  })

  it("prints the user as JSON, and never the token", async () => {
    const email = newEmail()
    const { exitCode, stdout } = await signUp("Ada", email, " --json")
    const { id } = await cli.json("whoami")
    expect(JSON.parse(stdout)).toEqual({ user: { id, name: "Ada", email } })
    expect(exitCode).toBe(0)
  })

  it("of an address that has an account is a conflict: exit code 5", async () => {
    const { exitCode, stderr } = await signUp("Ada", cli.account.email)
    expect(stderr).toBe("error: There is an account with this address already\nSign in with `todo login`.\n")
    expect(exitCode).toBe(5)
  })

  it("with a password that the service does not take: exit code 2", async () => {
    const { exitCode, stderr } = await cli.todo(
      `signup --json --name Ada --email ${newEmail()} --password-stdin`,
      { stdin: "short" }
    )
    expect(JSON.parse(stderr)).toEqual({
      error: { code: "PASSWORD_TOO_SHORT", message: "Password too short", status: 400 }
    })
    expect(exitCode).toBe(2)
  })

  it("without a terminal names every option that is missing: exit code 2", async () => {
    expect(await cli.todo("signup --email ada@example.com")).toEqual({
      stdout: "",
      stderr: "error: Missing --name, --password-stdin\nThere is no terminal to ask on.\n",
      exitCode: 2
    })
    expect(cli.received).toEqual([])
  })
})

describe("login", () => {
  beforeEach(() => cli.signOut())

  it.each([password, `${password}\n`, `${password}\r\n`, `${password}\nmore\n`])(
    "takes the first line of stdin as the password: %j",
    async (stdin) => {
      expect(await login(stdin, " --quiet")).toEqual({ stdout: `${cli.account.id}\n`, stderr: "", exitCode: 0 })
    }
  )

  it("takes spaces around a password as part of it", async () => {
    const options = ["signup", "--name", "Ada", "--email", newEmail(), "--password-stdin"]
    await cli.succeed(options, { stdin: ` ${password} \n` })
    const line = `login --email ${options[4]} --password-stdin`
    expect(await cli.todo(line, { stdin: `${password}\n` })).toMatchObject({ exitCode: 4 })
    expect(await cli.todo(line, { stdin: ` ${password} \n` })).toMatchObject({ exitCode: 0 })
  })

  it("with a wrong password is refused: exit code 4", async () => {
    expect(await login("wrong")).toEqual({
      stdout: "",
      stderr: "error: Invalid email or password\nCheck both, or make an account with `todo signup`; " +
        "`todo account verify-email` confirms an address.\n" +
        "If it is forgotten: `todo account reset-password --email <address>`.\n",
      exitCode: 4
    })
    expect(existsSync(credentialsFile())).toBe(false)
  })

  it("with an empty password: exit code 2", async () => {
    expect(await cli.todo("login --email ada@example.com --password-stdin", { stdin: "\n" })).toMatchObject({
      stderr: "error: The password on stdin is empty\n",
      exitCode: 2
    })
  })

  it.each(["login", "login --no-input"])("without a terminal names both ways: todo %s, exit code 2", async (line) => {
    expect(await cli.todo(line)).toEqual({
      stdout: "",
      stderr: "error: Missing --email, --password-stdin\nThere is no terminal to ask on.\n" +
        "`todo login --device` needs neither: it prints the address of a page to approve on.\n",
      exitCode: 2
    })
    expect(cli.received).toEqual([])
  })

  it("ends the session of the same account whose place it takes, and leaves those of others", async () => {
    await login()
    const first = entry().sessionToken
    const email = newEmail()
    await signUp("Cy", email)
    expect(entry().user.email).toBe(email)
    expect(await cli.isSession(first)).toBe(true)
    await login()
    expect(await cli.isSession(first)).toBe(false)
  })

  it("takes the place of a session that has ended already, without a word", async () => {
    await login()
    await endAll()
    expect(await login()).toMatchObject({ stderr: "", exitCode: 0 })
  })

  const sessions = async () => (await cli.account.sessions()).length

  it("ends the new session where it cannot be kept: exit code 1", async () => {
    const before = await sessions()
    writeFileSync(cli.program.configDirectory, "")
    const { exitCode, stderr } = await login()
    expect([exitCode, await sessions()]).toEqual([1, before])
    expect(stderr).toContain("TODO_CONFIG_DIR")
  })

  it.runIf(process.platform === "linux")("so it does where no folder can be made, as below /proc", async () => {
    const before = await sessions()
    const line = `login --email ${cli.account.email} --password-stdin`
    const env = { TODO_CONFIG_DIR: "/proc/nope" }
    const { exitCode, stderr } = await cli.todo(line, { stdin: password, env })
    expect([exitCode, await sessions()]).toEqual([1, before])
    expect(stderr).toContain("mkdir '/proc/nope'")
  })

  it("sends the service's own origin, its name and version, and no cookie", async () => {
    await login()
    const [request] = cli.received
    expect(request?.headers.origin).toBe(cli.url)
    expect(request?.headers["user-agent"]).toMatch(/^todo\/\d+\.\d+\.\d+$/)
    expect(request?.headers.cookie).toBe(undefined)
  })
})

describe("logout", () => {
  it("ends the session at the service and forgets it", async () => {
    expect(await cli.succeed("logout")).toBe(`Signed out at ${cli.url}\n`)
    expect(await cli.isSession(cli.account.sessionToken)).toBe(false)
    expect(cli.credentials()).toEqual({})
  })

  it("is no error when nobody is signed in", async () => {
    cli.signOut()
    expect(await cli.todo("logout --json")).toEqual({ stdout: "{\"signedOut\":false}\n", stderr: "", exitCode: 0 })
  })

  it("keeps the session while the service cannot be reached (exit code 7), unless told to forget it", async () => {
    const gone = "http://127.0.0.1:9"
    const entry = { sessionToken: "s", user: { name: "A", email: "a@b.c" }, jwt: null, jwtExpiresAt: null }
    writeFileSync(credentialsFile(), JSON.stringify({ [gone]: entry }))
    const failed = await cli.todo(`logout --api-url ${gone}`)
    expect(failed.exitCode).toBe(7)
    expect(failed.stderr).toContain("`todo logout --local`")
    expect(cli.credentials()).toEqual({ [gone]: entry })
    expect((await cli.todo(`logout --local --api-url ${gone}`)).exitCode).toBe(0)
    expect(cli.credentials()).toEqual({})
  })

  it("leaves TODO_TOKEN alone: exit code 2", async () => {
    expect(await cli.todo("logout", { env: { TODO_TOKEN: "x" } })).toMatchObject({ exitCode: 2 })
  })
})

describe("whoami", () => {
  it("prints who is signed in", async () => {
    const { email, id } = cli.account
    expect(await cli.succeed("whoami")).toBe(`Ada <${email}> at ${cli.url}\n`)
    expect(await cli.succeed("whoami --quiet")).toBe(`${id}\n`)
    expect(await cli.json("whoami")).toEqual({
      id,
      name: "Ada",
      email,
      emailVerified: false,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/)
    })
  })

  it("signed out: exit code 4 and what to do", async () => {
    cli.signOut()
    expect(await cli.todo("whoami")).toEqual({
      stdout: "",
      stderr: `error: You are not signed in at ${cli.url}\n` +
        "Sign in with `todo login`, make an account with `todo signup`, or set TODO_TOKEN.\n",
      exitCode: 4
    })
    expect(JSON.parse((await cli.todo("whoami --json")).stderr)).toEqual({
      error: { code: "not_signed_in", message: `You are not signed in at ${cli.url}`, status: null }
    })
  })

  it("after the session has ended: exit code 4", async () => {
    await endAll()
    expect(await cli.todo("whoami")).toMatchObject({
      stderr: "error: Your session has ended\nSign in again with `todo login`.\n",
      exitCode: 4
    })
  })
})

describe("the service that is used", () => {
  const withoutAddress = { env: { TODO_API_URL: "" } }

  it("is that of the last sign-in, in another shell too, and after signing out", async () => {
    const other = cli.url.replace("127.0.0.1", "localhost")
    await login()
    const ada = `Ada <${cli.account.email}> at ${cli.url}\n`
    expect(await cli.succeed("whoami", withoutAddress)).toBe(ada)
    const email = newEmail()
    await signUp("Bob", email, ` --api-url ${other}`)
    expect(await cli.succeed("whoami", withoutAddress)).toBe(`Bob <${email}> at ${other}\n`)
    await cli.todo("logout", withoutAddress)
    expect((await cli.todo("whoami", withoutAddress)).stderr).toMatch(`error: You are not signed in at ${other}\n`)
    expect(await cli.succeed("whoami")).toBe(ada)
  })

  it("is named beside those where somebody is signed in: exit code 4", async () => {
    expect(await cli.todo("list --api-url http://127.0.0.1:9")).toEqual({
      stdout: "",
      stderr: "error: You are not signed in at http://127.0.0.1:9\n" +
        `You are signed in at ${cli.url}: --api-url or TODO_API_URL names the service to use.\n` +
        "Sign in with `todo login`, make an account with `todo signup`, or set TODO_TOKEN.\n",
      exitCode: 4
    })
  })
})

describe("tokens", () => {
  it("asks for a JWT once and keeps it", async () => {
    store({ jwt: null, jwtExpiresAt: null })
    await cli.succeed("whoami")
    const { jwt } = entry()
    await cli.succeed("whoami")
    expect(tokenRequests()).toBe(1)
    expect(jwt.split(".")).toHaveLength(3)
    expect(entry().jwt).toBe(jwt)
  })

  it.skipIf(process.platform !== "linux")("works where nothing can be written, with one JWT a command", async () => {
    for (const title of ["One", "Two"]) await cli.account.addTask(title)
    store({ jwt: null, jwtExpiresAt: null })
    const { configDirectory } = cli.program
    // For the file this path is short enough; for that of the lock it is not.
    const directory = join(configDirectory, ...longNames(configDirectory, 4095 - "/credentials.json".length - 2))
    mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, "credentials.json"), readFileSync(credentialsFile()), { mode: 0o600 })
    const env = { TODO_CONFIG_DIR: directory }
    expect(await cli.succeed("done 1 2", { env })).toBe("Done 1  One\nDone 2  Two\n")
    expect(tokenRequests()).toBe(1)
    expect(JSON.parse(readFileSync(join(directory, "credentials.json"), "utf8"))[cli.url].jwt).toBe(null)
  })

  it("asks for a new one shortly before the end of the old one", async () => {
    const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds
    store({ jwtExpiresAt: inSeconds(20) })
    await cli.succeed("whoami")
    expect(tokenRequests()).toBe(1)
    expect(entry().jwtExpiresAt).toBeGreaterThan(inSeconds(60))
  })

  it("asks for a new one, once, when the service refuses it", async () => {
    store({ jwt: "a.b.c" })
    await cli.succeed("whoami")
    expect(tokenRequests()).toBe(1)
    expect(await cli.succeed("whoami")).toBe(`Ada <${cli.account.email}> at ${cli.url}\n`)
    expect(tokenRequests()).toBe(1)
  })

  it("gives up when the new one is refused too: exit code 4", async () => {
    store({ jwt: null, jwtExpiresAt: null })
    cli.instead = ({ url }) =>
      url === "/api/v1/me"
        ? { status: 401, body: { code: "token_invalid", detail: "The token is not valid" } }
        : undefined
    expect(await cli.todo("whoami")).toMatchObject({
      stderr: "error: The token is not valid\nSign in again with `todo login`.\n",
      exitCode: 4
    })
    expect(cli.received.map(({ url }) => url)).toEqual([
      "/api/auth/token",
      "/api/v1/me",
      "/api/auth/token",
      "/api/v1/me"
    ])
  })

  it("TODO_TOKEN may be a session token; what comes of it is not written down", async () => {
    cli.signOut()
    await cli.succeed("whoami", { env: { TODO_TOKEN: cli.account.sessionToken } })
    expect(existsSync(credentialsFile())).toBe(false)
  })

  it("TODO_TOKEN may be a JWT, and goes before a stored session", async () => {
    const bob = await cli.another()
    expect(await cli.succeed("whoami", { env: { TODO_TOKEN: bob.jwt } })).toBe(`Ada <${bob.email}> at ${cli.url}\n`)
    expect(tokenRequests()).toBe(0)
  })

  it("TODO_TOKEN that is refused: exit code 4", async () => {
    expect(await cli.todo("whoami", { env: { TODO_TOKEN: "a.b.c" } })).toMatchObject({ exitCode: 4 })
    expect(await cli.todo("whoami", { env: { TODO_TOKEN: "session" } })).toMatchObject({ exitCode: 4 })
  })
})

describe("the credentials file", () => {
  it("holds a session for each service", async () => {
    const other = cli.url.replace("127.0.0.1", "localhost")
    await login(password, ` --api-url ${other}/`)
    expect(Object.keys(cli.credentials()).toSorted()).toEqual([cli.url, other])
    await cli.todo(`logout --api-url ${other}`)
    expect(Object.keys(cli.credentials())).toEqual([cli.url])
  })

  it("loses nothing when many processes write at once", async () => {
    const urls = Array.from({ length: 8 }, (_, index) => `${cli.url}/${"x".repeat(index)}`)
    writeFileSync(
      credentialsFile(),
      JSON.stringify(Object.fromEntries(urls.map((url) => [url.replace(/\/$/, ""), {
        sessionToken: "s",
        user: { name: "A", email: "a@b.c" },
        jwt: null,
        jwtExpiresAt: null
      }])))
    )
    await Promise.all(urls.map((url) => cli.todo(`logout --local --api-url ${url}`)))
    expect(cli.credentials()).toEqual({})
  })

  it("that is damaged is named, and left as it is: exit code 1", async () => {
    writeFileSync(credentialsFile(), "{\"a\":", { mode: 0o600 })
    for (const line of ["whoami", "logout"]) {
      expect(await cli.todo(line)).toEqual({
        stdout: "",
        stderr: `error: ${credentialsFile()} is damaged: it does not hold credentials of todo\n` +
          "Remove the file and sign in again with `todo login`.\n",
        exitCode: 1
      })
    }
    expect(readFileSync(credentialsFile(), "utf8")).toBe("{\"a\":")
  })

  it("is the user's alone in a directory that was there before, and that others may list", async () => {
    rmSync(credentialsFile())
    chmodSync(cli.program.configDirectory, 0o755)
    await login()
    expect(modeOf(credentialsFile())).toBe(0o600)
    expect(modeOf(cli.program.configDirectory)).toBe(0o755)
  })

  it("that others may read is closed to them, which is said once", async () => {
    chmodSync(credentialsFile(), 0o644)
    expect(await cli.todo("whoami")).toMatchObject({
      stderr: `${credentialsFile()} was open to other users of this machine, and is closed to them now. ` +
        "If they may have used it, `todo logout`.\n",
      exitCode: 0
    })
    expect(modeOf(credentialsFile())).toBe(0o600)
    expect((await cli.todo("whoami")).stderr).toBe("")
  })
})
