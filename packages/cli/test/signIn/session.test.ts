import { describe, expect, it } from "@effect/vitest"
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { password, useCli } from "../support/Fixture.ts"

const cli = useCli()

const credentialsFile = () => join(cli.configDirectory, "credentials.json")
const credentials = () => JSON.parse(readFileSync(credentialsFile(), "utf8"))
const tokenRequests = () => cli.state.received.filter(({ url }) => url === "/api/auth/token").length
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

describe("signup", () => {
  it("makes an account, signs in and keeps the session for the user's eyes only", async () => {
    expect(await cli.todo("signup --name Ada --email ada@example.com --password-stdin", { stdin: `${password}\n` }))
      .toEqual({ stdout: `Signed in at ${cli.url} as Ada <ada@example.com>\n`, stderr: "", exitCode: 0 })
    expect(credentials()).toEqual({
      [cli.url]: {
        sessionToken: [...cli.state.sessions.keys()][0],
        user: { name: "Ada", email: "ada@example.com" },
        jwt: null,
        jwtExpiresAt: null
      }
    })
    expect(modeOf(credentialsFile())).toBe(0o600)
    expect(modeOf(cli.configDirectory)).toBe(0o700)
  })

  it("prints the user as JSON, and never the token", async () => {
    const { exitCode, stdout } = await cli.todo(
      "signup --json --name Ada --email ada@example.com --password-stdin",
      { stdin: password }
    )
    const id = cli.state.accounts.get("ada@example.com")?.id
    expect(JSON.parse(stdout)).toEqual({ user: { id, name: "Ada", email: "ada@example.com" } })
    expect(exitCode).toBe(0)
  })

  it("where addresses are confirmed first keeps nothing, and says what comes next", async () => {
    cli.state.confirmsFirst = true
    expect(await cli.todo("signup --name Ada --email ada@example.com --password-stdin", { stdin: password })).toEqual({
      stdout: "A mail is on its way to ada@example.com\n",
      stderr: "Use its link, or its code with `todo account verify-email`. Then sign in with `todo login`.\n",
      exitCode: 0
    })
    expect(existsSync(credentialsFile())).toBe(false)
    const { stdout } = await cli.todo(
      "signup --json --name Bob --email bob@example.com --password-stdin",
      { stdin: password }
    )
    const id = cli.state.accounts.get("bob@example.com")?.id
    expect(JSON.parse(stdout)).toEqual({ user: { id, name: "Bob", email: "bob@example.com" }, signedIn: false })
  })

  it("of an address that has an account is a conflict: exit code 5", async () => {
    cli.state.signUp("Ada", "ada@example.com", password)
    const { exitCode, stderr } = await cli.todo(
      "signup --name Ada --email ada@example.com --password-stdin",
      { stdin: password }
    )
    expect(stderr).toBe("error: There is an account with this address already\nSign in with `todo login`.\n")
    expect(exitCode).toBe(5)
  })

  it("with a password that the service does not take: exit code 2", async () => {
    const { exitCode, stderr } = await cli.todo(
      "signup --json --name Ada --email ada@example.com --password-stdin",
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
    expect(cli.state.received).toEqual([])
  })
})

describe("login", () => {
  it.each([password, `${password}\n`, `${password}\r\n`, `${password}\nmore\n`])(
    "takes the first line of stdin as the password: %j",
    async (stdin) => {
      cli.state.signUp("Ada", "ada@example.com", password)
      expect(await cli.todo("login --email ada@example.com --password-stdin --quiet", { stdin })).toEqual({
        stdout: `${cli.state.accounts.get("ada@example.com")?.id}\n`,
        stderr: "",
        exitCode: 0
      })
    }
  )

  it("takes spaces around a password as part of it", async () => {
    cli.state.signUp("Ada", "ada@example.com", ` ${password} `)
    expect(await cli.todo("login --email ada@example.com --password-stdin", { stdin: ` ${password} \n` }))
      .toMatchObject({ exitCode: 0 })
  })

  it("with a wrong password is refused: exit code 4", async () => {
    cli.state.signUp("Ada", "ada@example.com", password)
    expect(await cli.todo("login --email ada@example.com --password-stdin", { stdin: "wrong" })).toEqual({
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

  it("before the address is confirmed is refused: exit code 4", async () => {
    cli.state.confirmsFirst = true
    cli.state.signUp("Ada", "ada@example.com", password)
    const { exitCode, stderr } = await cli.todo("login --email ada@example.com --password-stdin", { stdin: password })
    expect(stderr).toMatch(/^error: Invalid email or password\n.*`todo account verify-email`/)
    expect(exitCode).toBe(4)
  })

  it.each(["login", "login --no-input"])("without a terminal names both ways: todo %s, exit code 2", async (line) => {
    expect(await cli.todo(line)).toEqual({
      stdout: "",
      stderr: "error: Missing --email, --password-stdin\nThere is no terminal to ask on.\n" +
        "`todo login --device` needs neither: it prints the address of a page to approve on.\n",
      exitCode: 2
    })
    expect(cli.state.received).toEqual([])
  })

  it("ends the session whose place it takes, whoever's it was", async () => {
    await cli.signIn()
    await cli.signIn("bob@example.com")
    expect([...cli.state.sessions.values()].map(({ account }) => account.email)).toEqual(["bob@example.com"])
    await cli.todo("signup --name Cy --email cy@example.com --password-stdin", { stdin: password })
    expect([...cli.state.sessions.keys()]).toEqual([credentials()[cli.url].sessionToken])
    expect(credentials()[cli.url].user.email).toBe("cy@example.com")
  })

  it("takes the place of a session that has ended already, without a word", async () => {
    await cli.signIn()
    cli.state.sessions.clear()
    expect(await cli.todo("login --email ada@example.com --password-stdin", { stdin: password })).toMatchObject({
      stderr: "",
      exitCode: 0
    })
  })

  it("ends the new session where it cannot be kept: exit code 1", async () => {
    cli.state.signUp("Ada", "ada@example.com", password)
    writeFileSync(cli.configDirectory, "")
    const { exitCode, stderr } = await cli.todo("login --email ada@example.com --password-stdin", { stdin: password })
    expect([exitCode, cli.state.sessions.size]).toEqual([1, 0])
    expect(stderr).toContain("TODO_CONFIG_DIR")
  })

  it.runIf(process.platform === "linux")("so it does where no folder can be made, as below /proc", async () => {
    cli.state.signUp("Ada", "ada@example.com", password)
    const line = "login --email ada@example.com --password-stdin"
    const env = { TODO_CONFIG_DIR: "/proc/nope" }
    const { exitCode, stderr } = await cli.todo(line, { stdin: password, env })
    expect([exitCode, cli.state.sessions.size]).toEqual([1, 0])
    expect(stderr).toContain("mkdir '/proc/nope'")
  })

  it("sends the service's own origin, its name and version, and no cookie", async () => {
    await cli.todo("login --email ada@example.com --password-stdin", { stdin: password })
    const [request] = cli.state.received
    expect(request?.headers.origin).toBe(cli.url)
    expect(request?.headers["user-agent"]).toMatch(/^todo\/\d+\.\d+\.\d+$/)
    expect(request?.headers.cookie).toBe(undefined)
  })
})

describe("logout", () => {
  it("ends the session at the service and forgets it", async () => {
    await cli.signIn()
    expect(await cli.todo("logout")).toEqual({ stdout: `Signed out at ${cli.url}\n`, stderr: "", exitCode: 0 })
    expect(cli.state.sessions.size).toBe(0)
    expect(credentials()).toEqual({})
  })

  it("is no error when nobody is signed in", async () => {
    expect(await cli.todo("logout --json")).toEqual({ stdout: "{\"signedOut\":false}\n", stderr: "", exitCode: 0 })
  })

  it("keeps the session while the service cannot be reached (exit code 7), unless told to forget it", async () => {
    const gone = "http://127.0.0.1:9"
    mkdirSync(cli.configDirectory)
    const entry = { sessionToken: "s", user: { name: "A", email: "a@b.c" }, jwt: null, jwtExpiresAt: null }
    writeFileSync(credentialsFile(), JSON.stringify({ [gone]: entry }))
    const failed = await cli.todo(`logout --api-url ${gone}`)
    expect(failed.exitCode).toBe(7)
    expect(failed.stderr).toContain("`todo logout --local`")
    expect(credentials()).toEqual({ [gone]: entry })
    expect((await cli.todo(`logout --local --api-url ${gone}`)).exitCode).toBe(0)
    expect(credentials()).toEqual({})
  })

  it("leaves TODO_TOKEN alone: exit code 2", async () => {
    expect(await cli.todo("logout", { env: { TODO_TOKEN: "x" } })).toMatchObject({ exitCode: 2 })
  })
})

describe("whoami", () => {
  it("prints who is signed in", async () => {
    const { id } = await cli.signIn()
    expect(await cli.todo("whoami")).toEqual({ stdout: "Ada <ada@example.com>\n", stderr: "", exitCode: 0 })
    expect((await cli.todo("whoami --quiet")).stdout).toBe(`${id}\n`)
    expect(JSON.parse((await cli.todo("whoami --json")).stdout)).toEqual({
      id,
      name: "Ada",
      email: "ada@example.com",
      emailVerified: false,
      createdAt: "2026-01-02T03:04:05.000Z"
    })
  })

  it("signed out: exit code 4 and what to do", async () => {
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
    await cli.signIn()
    cli.state.sessions.clear()
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
    await cli.signIn()
    expect(await cli.todo("whoami", withoutAddress)).toMatchObject({ stdout: "Ada <ada@example.com>\n", exitCode: 0 })
    const signUp = `signup --name Bob --email bob@example.com --password-stdin --api-url ${other}`
    await cli.todo(signUp, { stdin: password })
    expect(await cli.todo("whoami", withoutAddress)).toMatchObject({ stdout: "Bob <bob@example.com>\n", exitCode: 0 })
    await cli.todo("logout", withoutAddress)
    expect((await cli.todo("whoami", withoutAddress)).stderr).toMatch(`error: You are not signed in at ${other}\n`)
    expect(await cli.todo("whoami")).toMatchObject({ stdout: "Ada <ada@example.com>\n", exitCode: 0 })
  })

  it("is the one where a mail waits to be confirmed", async () => {
    cli.state.confirmsFirst = true
    await cli.todo("signup --name Ada --email ada@example.com --password-stdin", { stdin: password })
    expect((await cli.todo("whoami", withoutAddress)).stderr).toMatch(`error: You are not signed in at ${cli.url}\n`)
  })

  it("is named beside those where somebody is signed in: exit code 4", async () => {
    await cli.signIn()
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
    await cli.signIn()
    await cli.todo("whoami")
    await cli.todo("whoami")
    expect(tokenRequests()).toBe(1)
    expect(credentials()[cli.url].jwt).toBe([...cli.state.jwts.keys()][0])
  })

  it.skipIf(process.platform !== "linux")("works where nothing can be written, with one JWT a command", async () => {
    const { id } = await cli.signIn()
    for (const title of ["One", "Two"]) cli.state.addTask(id, title)
    // For the file this path is short enough; for that of the lock it is not.
    const directory = join(
      cli.configDirectory,
      ...longNames(cli.configDirectory, 4095 - "/credentials.json".length - 2)
    )
    mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, "credentials.json"), readFileSync(credentialsFile()), { mode: 0o600 })
    const env = { TODO_CONFIG_DIR: directory }
    expect(await cli.todo("done 1 2", { env })).toEqual({
      stdout: "Done 1  One\nDone 2  Two\n",
      stderr: "",
      exitCode: 0
    })
    expect(tokenRequests()).toBe(1)
    expect(JSON.parse(readFileSync(join(directory, "credentials.json"), "utf8"))[cli.url].jwt).toBe(null)
  })

  it("asks for a new one shortly before the end of the old one", async () => {
    await cli.signIn()
    cli.state.jwtSeconds = 20
    await cli.todo("whoami")
    await cli.todo("whoami")
    expect(tokenRequests()).toBe(2)
  })

  it("asks for a new one, once, when the service refuses it", async () => {
    await cli.signIn()
    await cli.todo("whoami")
    cli.state.jwts.clear()
    expect(await cli.todo("whoami")).toMatchObject({ exitCode: 0 })
    expect(tokenRequests()).toBe(2)
  })

  it("gives up when the new one is refused too: exit code 4", async () => {
    await cli.signIn()
    const accept = cli.state.jwts.set
    cli.state.jwts.set = () => cli.state.jwts
    expect(await cli.todo("whoami")).toMatchObject({
      stderr: "error: The token is not valid\nSign in again with `todo login`.\n",
      exitCode: 4
    })
    cli.state.jwts.set = accept
    expect(cli.state.received.map(({ url }) => url)).toEqual([
      "/api/auth/token",
      "/api/v1/me",
      "/api/auth/token",
      "/api/v1/me"
    ])
  })

  it("TODO_TOKEN may be a session token; what comes of it is not written down", async () => {
    const { token } = cli.state.signIn(cli.state.signUp("Ada", "ada@example.com", password))
    expect(await cli.todo("whoami", { env: { TODO_TOKEN: token } })).toMatchObject({ exitCode: 0 })
    expect(existsSync(credentialsFile())).toBe(false)
  })

  it("TODO_TOKEN may be a JWT, and goes before a stored session", async () => {
    await cli.signIn()
    const jwt = cli.state.mint(cli.state.signUp("Bob", "bob@example.com", password))
    expect(await cli.todo("whoami", { env: { TODO_TOKEN: jwt } })).toMatchObject({
      stdout: "Bob <bob@example.com>\n",
      exitCode: 0
    })
    expect(tokenRequests()).toBe(0)
  })

  it("TODO_TOKEN that is refused: exit code 4", async () => {
    expect(await cli.todo("whoami", { env: { TODO_TOKEN: "a.b.c" } })).toMatchObject({ exitCode: 4 })
    expect(await cli.todo("whoami", { env: { TODO_TOKEN: "session" } })).toMatchObject({ exitCode: 4 })
  })
})

describe("the credentials file", () => {
  it("holds a session for each service", async () => {
    await cli.signIn()
    const other = cli.url.replace("127.0.0.1", "localhost")
    await cli.todo(`login --email ada@example.com --password-stdin --api-url ${other}/`, { stdin: password })
    expect(Object.keys(credentials()).toSorted()).toEqual([cli.url, other])
    await cli.todo(`logout --api-url ${other}`)
    expect(Object.keys(credentials())).toEqual([cli.url])
  })

  it("loses nothing when many processes write at once", async () => {
    cli.state.signUp("Ada", "ada@example.com", password)
    const urls = Array.from({ length: 8 }, (_, index) => `${cli.url}/${"x".repeat(index)}`)
    mkdirSync(cli.configDirectory)
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
    expect(credentials()).toEqual({})
  })

  it("that is damaged is named, and left as it is: exit code 1", async () => {
    mkdirSync(cli.configDirectory)
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
    mkdirSync(cli.configDirectory, { recursive: true })
    chmodSync(cli.configDirectory, 0o755)
    await cli.signIn()
    expect(modeOf(credentialsFile())).toBe(0o600)
    expect(modeOf(cli.configDirectory)).toBe(0o755)
  })

  it("that others may read is closed to them, which is said once", async () => {
    await cli.signIn()
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
