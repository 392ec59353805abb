import { describe, expect, it } from "@effect/vitest"
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { newEmail, password } from "../support/Account.ts"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()

/** The same service by another address. */
const other = () => cli.url.replace("127.0.0.1", "localhost")
const anywhere = { env: { TODO_API_URL: "" } }
const login = (email: string, options = "") =>
  cli.succeed(`login${options} --email ${email} --password-stdin`, { stdin: password })
/** Signs somebody in beside who is signed in already. */
const joined = async (options = "") => {
  const bob = await cli.another()
  await login(bob.email, options)
  return bob
}
const who = async (line = "whoami", options = {}) => /<(.*)>/.exec(await cli.succeed(line, options))?.[1]
const nameOf = (email: string, url = cli.url) => `${email}@${url.replace("http://", "")}`

describe("several accounts", () => {
  it("are there beside each other; the last to sign in is in use", async () => {
    const bob = await joined()
    expect(await who()).toBe(bob.email)
    expect(await who(`whoami --account ${cli.account.email}`)).toBe(cli.account.email)
    expect(await cli.isSession(cli.account.sessionToken)).toBe(true)
    await cli.succeed(`add Of Ada --account ${cli.account.email}`)
    await cli.succeed("add Of Bob")
    expect((await cli.account.tasks()).map(({ title }) => title)).toEqual(["Of Ada"])
    expect((await bob.tasks()).map(({ title }) => title)).toEqual(["Of Bob"])
  })

  it("go by TODO_ACCOUNT, and --account goes before that", async () => {
    const bob = await joined()
    const env = { TODO_ACCOUNT: cli.account.email }
    expect(await who("whoami", { env })).toBe(cli.account.email)
    expect(await who(`whoami --account ${bob.email}`, { env })).toBe(bob.email)
  })

  it("go by address in any case, with the host behind it, by the part before @, and by name", async () => {
    const { email } = cli.account
    await joined()
    const [local = ""] = email.split("@")
    for (const ref of [email.toUpperCase(), nameOf(email), `${email}@127.0.0.1`, local]) {
      expect(await who(`whoami --account ${ref}`)).toBe(email)
    }
    await cli.succeed(`account change-name Ada L --account ${email}`)
    expect(await who(["whoami", "--account", "ada l"] as never)).toBe(email)
  })

  it("tell the service", async () => {
    const bob = await joined(` --api-url ${other()}`)
    expect(await cli.succeed(`whoami --account ${bob.email}`)).toBe(`Ada <${bob.email}> at ${other()}\n`)
    expect(await who(`whoami --account ${cli.account.email}`, anywhere)).toBe(cli.account.email)
    expect(await who("whoami", anywhere)).toBe(bob.email)
  })

  it("an unknown one is exit code 2, with those that there are, and nothing is asked", async () => {
    const bob = await joined()
    cli.received.length = 0
    const hints = [cli.account.email, bob.email].map((email) => `  ${nameOf(email)}`).toSorted()
    for (const [line, env] of [["list --account cy", {}], ["list", { TODO_ACCOUNT: "cy" }]] as const) {
      const { exitCode, stderr } = await cli.todo(line, { env })
      expect(exitCode).toBe(2)
      const [said, ...rest] = stderr.trimEnd().split("\n")
      expect(said).toBe("error: There is no account \"cy\" here")
      expect(rest.slice(0, -1).toSorted()).toEqual(hints)
    }
    expect(cli.received).toEqual([])
  })

  it("an ambiguous one is exit code 2, unless the service tells which", async () => {
    const { email } = cli.account
    await login(email, ` --api-url ${other()}`)
    const { exitCode, stderr } = await cli.todo(`whoami --account ${email}`, anywhere)
    expect([exitCode, stderr.split("\n").toSorted().slice(1)]).toEqual([2, [
      `  ${nameOf(email)}`,
      `  ${nameOf(email, other())}`,
      `error: "${email}" names several accounts`
    ]])
    expect(await who(`whoami --account ${email} --api-url ${other()}`)).toBe(email)
    expect(await who(`whoami --account ${nameOf(email)}`, anywhere)).toBe(email)
    // The name of both is Ada.
    expect(await cli.todo("whoami --account ada", anywhere)).toMatchObject({ exitCode: 2 })
  })

  it("of another service than --api-url says is none: exit code 2", async () => {
    const bob = await joined(` --api-url ${other()}`)
    expect(await cli.todo(`list --account ${bob.email} --api-url ${cli.url}`)).toMatchObject({ exitCode: 2 })
    expect(await cli.todo("list", { env: { TODO_ACCOUNT: bob.email } })).toMatchObject({ exitCode: 2 })
  })

  it("TODO_TOKEN goes before all of them; --account beside it is exit code 2", async () => {
    const bob = await cli.another()
    const env = { TODO_TOKEN: bob.jwt, TODO_ACCOUNT: cli.account.email }
    expect(await who("whoami", { env })).toBe(bob.email)
    expect(await cli.todo(`whoami --account ${cli.account.email}`, { env })).toMatchObject({ exitCode: 2 })
    expect(await cli.todo("whoami", { env: { ...env, TODO_ACCOUNT: "nobody" } })).toMatchObject({ exitCode: 0 })
  })

  it("one may sign in to what TODO_ACCOUNT names, and is told where it names another", async () => {
    const [bob, cy] = [await cli.another(), await cli.another()]
    const env = { TODO_ACCOUNT: bob.email }
    const signIn = (email: string) => cli.todo(`login --email ${email} --password-stdin`, { stdin: password, env })
    expect(await signIn(bob.email)).toMatchObject({ exitCode: 0, stderr: "" })
    expect(await signIn(cy.email)).toMatchObject({
      exitCode: 0,
      stderr: "TODO_ACCOUNT names another account: other commands use that.\n"
    })
    expect(await who("whoami", { env })).toBe(bob.email)
    // The zone is that of who has signed in.
    expect(await cli.json(`settings --account ${cy.email}`)).toMatchObject({ timeZone: expect.any(String) })
  })

  it("signing in to one again ends the session that was there, and no other", async () => {
    const bob = await joined()
    const first = cli.credentials()[cli.url].sessionToken
    await login(cli.account.email)
    await login(bob.email.toUpperCase())
    expect(await cli.isSession(first)).toBe(false)
    expect(await cli.isSession(cli.account.sessionToken)).toBe(false)
    expect(Object.keys(cli.credentials())).toHaveLength(2)
    expect(await who()).toBe(bob.email)
  })

  it("what an earlier release has kept is there without signing in again", async () => {
    // The fixture has written it as that did.
    expect(Object.keys(cli.credentials())).toEqual([cli.url])
    expect(await cli.json("account list")).toEqual([
      { email: cli.account.email, name: "Ada", apiUrl: cli.url, current: true, keptIn: "file" }
    ])
    const bob = await joined()
    // And an earlier release finds the one in use where it looks.
    expect(cli.credentials()[cli.url].user.email).toBe(bob.email)
  })

  it("a command stays with its account while another is put in use", async () => {
    const bob = await joined()
    await cli.succeed(`account use ${cli.account.email}`)
    for (const title of ["One", "Two"]) {
      await cli.account.addTask(title)
      await bob.addTask(title)
    }
    let swapped = false
    cli.instead = () => {
      // As another process does it, as soon as this one has asked for the first thing.
      const stored = cli.credentials()
      const key = Object.keys(stored).find((one) => one !== cli.url)!
      const file = join(cli.program.configDirectory, "credentials.json")
      const other = { [cli.url]: stored[key], [`${cli.url}#${cli.account.email}`]: stored[cli.url] }
      if (!swapped) writeFileSync(file, JSON.stringify(other), { mode: 0o600 })
      swapped = true
      return undefined
    }
    await cli.succeed("done 1 2")
    expect(swapped).toBe(true)
    const isDone = ({ completed }: { readonly completed: boolean }) => completed
    expect((await bob.tasks()).some(isDone)).toBe(false)
    expect((await cli.account.tasks()).every(isDone)).toBe(true)
    expect(await who()).toBe(bob.email)
  })

  it("none is lost when many processes sign in and renew at once", async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => cli.another()))
    await Promise.all(people.map(({ email }) => login(email)))
    const accounts = await cli.json("account list")
    expect(accounts.map(({ email }: { readonly email: string }) => email).toSorted())
      .toEqual([cli.account, ...people].map(({ email }) => email).toSorted())
    // Without JWTs all of them renew, while another is put in use again and again.
    const file = join(cli.program.configDirectory, "credentials.json")
    const bare = Object.entries(cli.credentials()).map(([key, entry]) => [key, { ...entry as object, jwt: null }])
    writeFileSync(file, JSON.stringify(Object.fromEntries(bare)), { mode: 0o600 })
    await Promise.all(people.flatMap(({ email }) => [
      who(`whoami --account ${email}`).then((one) => expect(one).toBe(email)),
      cli.succeed(`account use ${email}`)
    ]))
    expect(await cli.json("account list")).toHaveLength(5)
    const renewed = Object.values<typeof cli.account.entry>(cli.credentials()).filter(({ jwt }) => jwt !== null)
    expect(renewed.length).toBeGreaterThanOrEqual(4)
  })
})

describe("account list", () => {
  it("has all of them, of all services, and which one commands are for", async () => {
    const bob = await joined(` --api-url ${other()}`)
    const { email } = cli.account
    expect((await cli.succeed("account list")).split("\n").toSorted().slice(1)).toEqual([
      `\t${bob.email}\tAda\t${other()}\tfile`,
      `current\t${email}\tAda\t${cli.url}\tfile`
    ])
    expect((await cli.succeed("account ls --quiet")).trim().split("\n").toSorted())
      .toEqual([nameOf(email), nameOf(bob.email, other())].toSorted())
    const members = ["email", "name", "apiUrl", "current", "keptIn"]
    expect((await cli.json("account list")).map((one: object) => Object.keys(one))).toEqual([members, members])
    expect(JSON.stringify(await cli.json("account list"))).not.toContain(cli.account.sessionToken)
  })

  it("says so where there is none", async () => {
    cli.signOut()
    expect(await cli.todo("account list")).toEqual({
      stdout: "",
      stderr: "You are signed in nowhere. Sign in with `todo login`.\n",
      exitCode: 0
    })
  })
})

describe("account use", () => {
  it("has commands be for another from then on, at its service too", async () => {
    const bob = await joined(` --api-url ${other()}`)
    const { email } = cli.account
    expect(await cli.succeed(`account use ${email}`, anywhere)).toBe(`Using ${email} at ${cli.url}\n`)
    expect(await who("whoami", anywhere)).toBe(email)
    await cli.succeed(`account use ${nameOf(bob.email, other())}`, anywhere)
    expect(await cli.succeed("whoami", anywhere)).toBe(`Ada <${bob.email}> at ${other()}\n`)
  })

  it("asks nobody off a terminal, and takes no name of two: exit code 2", async () => {
    await joined()
    expect(await cli.todo("account use")).toMatchObject({ exitCode: 2 })
    expect(await cli.todo("account use Ada")).toMatchObject({ exitCode: 2 })
    expect(await cli.todo("account use cy")).toMatchObject({ exitCode: 2 })
  })

  it("says what goes before it", async () => {
    const { email } = cli.account
    const use = (env: Record<string, string>) => cli.todo(`account use ${email}`, { env })
    expect((await use({ TODO_ACCOUNT: email })).stderr).toBe("TODO_ACCOUNT is set, and goes before it.\n")
    expect((await use({ TODO_API_URL: "http://localhost:9" })).stderr).toBe(
      "TODO_API_URL is set, and goes before it.\n"
    )
    expect((await use({ TODO_API_URL: "" })).stderr).toBe("")
    expect((await use({ TODO_TOKEN: "x" })).stderr).toBe("TODO_TOKEN is set, and goes before it.\n")
  })
})

describe("logout", () => {
  it("of one leaves the other, which is in use then", async () => {
    const bob = await joined()
    const outcome = await cli.todo("logout")
    expect(outcome).toEqual({
      stdout: `Signed out at ${cli.url}\n`,
      stderr: `In use is ${nameOf(cli.account.email)} now.\n`,
      exitCode: 0
    })
    expect(await who()).toBe(cli.account.email)
    expect(JSON.stringify(cli.credentials())).not.toContain(bob.email)
  })

  it("--account ends that one's session, and leaves the one in use", async () => {
    const bob = await joined()
    await cli.todo(`logout --account ${cli.account.email}`)
    expect(await cli.isSession(cli.account.sessionToken)).toBe(false)
    expect(await who()).toBe(bob.email)
  })

  it("of one of three leaves the choice to its user: exit code 4", async () => {
    await joined()
    await joined()
    const { stderr } = await cli.todo("logout")
    expect(stderr).toContain("`todo account use` chooses one of ")
    const { exitCode, stderr: refused } = await cli.todo("list")
    expect([exitCode, refused]).toEqual([4, expect.stringContaining(`error: No account is in use at ${cli.url}\n`)])
    expect(refused).toContain(cli.account.email)
    expect(await who(`whoami --account ${cli.account.email}`)).toBe(cli.account.email)
  })

  it("--all ends every session, at every service, and keeps what cannot be ended", async () => {
    const bob = await joined(` --api-url ${other()}`)
    const there = cli.credentials()[other()].sessionToken
    const file = join(cli.program.configDirectory, "credentials.json")
    const gone = "http://127.0.0.1:9"
    const stored = JSON.parse(readFileSync(file, "utf8"))
    writeFileSync(file, JSON.stringify({ [gone]: cli.account.entry, ...stored }), { mode: 0o600 })
    const { exitCode, stderr, stdout } = await cli.todo("logout --all")
    expect(exitCode).toBe(7)
    expect(stderr).toContain("todo logout --local")
    expect(stdout.split("\n").toSorted().slice(1)).toEqual([
      `Signed out at ${cli.url} as ${cli.account.email}`,
      `Signed out at ${other()} as ${bob.email}`
    ])
    expect(await cli.isSession(cli.account.sessionToken)).toBe(false)
    expect(await cli.isSession(there)).toBe(false)
    expect(Object.keys(cli.credentials())).toEqual([gone])
    expect(await cli.json("logout --all --local")).toEqual({
      signedOut: true,
      accounts: [{ email: cli.account.email, apiUrl: gone }]
    })
    expect(await cli.succeed("logout --all")).toBe("You were signed in nowhere\n")
  })
})

it("an account goes on beside others when its address, its name and its password change", async () => {
  const bob = await joined()
  const ada = cli.account
  const [file, email] = [join(cli.program.configDirectory, "credentials.json"), newEmail()]
  const as = (line: string, stdin = "") => cli.succeed(`${line} --account ${ada.email}`, { stdin })
  await as("account change-password --password-stdin", `${password}\n${password}2\n`)
  await cli.todo(`account change-email ${email} --password-stdin --account ${ada.email}`, { stdin: `${password}2` })
  await as("account verify-email --code-stdin", await cli.codeTo(email, "Confirm your new address"))
  expect(await who(`whoami --account ${email}`)).toBe(email)
  expect(await who()).toBe(bob.email)
  await cli.succeed(`account delete --yes --password-stdin --account ${email}`, { stdin: `${password}2` })
  expect(await who()).toBe(bob.email)
  expect(Object.keys(cli.credentials())).toEqual([cli.url])
  expect(existsSync(`${file}.lock`)).toBe(false)
})
