import { describe, expect, it } from "@effect/vitest"
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { password } from "../support/Account.ts"
import { useService } from "../support/ServiceFixture.ts"
import { hasTerminals, onTerminal } from "../support/Terminal.ts"

const service = useService()

const folder = () => join(service.program.configDirectory, "completion")
const files = () => existsSync(folder()) ? readdirSync(folder()).filter((name) => name.endsWith(".json")) : []
const kept = () => JSON.parse(readFileSync(join(folder(), files()[0]!), "utf8"))

/** What bash gets to complete a line with. */
const complete = async (line: string, env: Readonly<Record<string, string>> = {}) => {
  const word = /\S*$/.exec(line)![0]
  const { exitCode, stderr, stdout } = await service.todo(["complete", "bash", line, word, "9", "80"], { env })
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
  return stdout.split("\n").slice(1, -1)
}

const until = async (is: () => boolean) => {
  while (!is()) await new Promise((resolve) => setTimeout(resolve, 20))
}

describe("what is kept to complete", () => {
  it("is that of the account, for its user alone", async () => {
    await service.succeed(["project", "add", "Home"])
    await service.succeed(["project", "add", "Plants", "--parent", "Home"])
    await service.succeed(["project", "add", "Old"])
    await service.succeed(["project", "archive", "Old"])
    await service.add("One", "Two", "Three")
    await service.succeed("tag add errand 1")
    await service.succeed("done 2")
    await service.succeed("rm --yes 3")
    await service.succeed(["view", "add", "Now", "today"])
    await service.succeed("completion refresh")
    expect(kept()).toEqual({
      projects: ["Home", "Home/Plants"],
      archived: ["Old"],
      tags: ["errand"],
      views: ["Now"],
      open: [{ number: 1, title: "One" }],
      done: [{ number: 2, title: "Two" }],
      trashed: [{ number: 3, title: "Three" }]
    })
    expect(statSync(join(folder(), files()[0]!)).mode & 0o777).toBe(0o600)
    expect(statSync(folder()).mode & 0o777).toBe(0o700)
    expect(await complete("todo done ")).toEqual(["1"])
    expect(await complete("todo project show Home/")).toEqual(["Home/Plants"])
  })

  it("is asked for in the background by whoever completes, who gets no answer the first time", async () => {
    await service.add("One")
    expect(await complete("todo done ")).toEqual([])
    await until(() => files().length === 1)
    expect(await complete("todo done ")).toEqual(["1"])
  })

  it("is that of the account that is in use, or named", async () => {
    await service.add("One")
    await service.succeed("completion refresh")
    const { email } = service.credentials()[service.url].user
    const other = await service.another()
    await service.succeed(["login", "--email", other.email, "--password-stdin"], { stdin: password })
    await service.add("Two", "Three")
    await service.succeed("completion refresh")
    expect(files()).toHaveLength(2)
    expect(await complete("todo done ")).toEqual(["2  Three", "1  Two"])
    expect(await complete(`todo --account ${email} done `)).toEqual(["1"])
    expect(await complete("todo done ", { TODO_ACCOUNT: email })).toEqual(["1"])
    // The beginning of another address is nobody's.
    expect(await complete("todo done ", { TODO_ACCOUNT: `${email}munity` })).toEqual([])
    await service.succeed(["account", "use", email])
    expect(await complete("todo done ")).toEqual(["1"])
    await service.succeed(["logout", "--all"])
    expect(files()).toEqual([])
  })

  it("is not asked for again while it is young", async () => {
    await service.succeed("completion refresh")
    service.received.length = 0
    for (let time = 0; time < 3; time++) await complete("todo done ")
    expect(service.received).toEqual([])
  })

  it("counts as old when something has changed", async () => {
    await service.succeed("completion refresh")
    const file = join(folder(), files()[0]!)
    await service.succeed("list --json")
    expect(statSync(file).mtimeMs).toBeGreaterThan(0)
    await service.add("One")
    expect(statSync(file).mtimeMs).toBe(0)
  })

  it.runIf(hasTerminals)("is asked for anew at once where a person has changed something", async () => {
    await service.succeed("completion refresh")
    const file = join(folder(), files()[0]!)
    const { exitCode } = await onTerminal(service.program, "add One --literal")
    expect(exitCode).toBe(0)
    await until(() => statSync(file).mtimeMs > 0)
    expect(await complete("todo done ")).toEqual(["1"])
  })

  it("is another's for another, and nobody's who is not signed in", async () => {
    await service.add("Mine")
    await service.succeed("completion refresh")
    const other = await service.another()
    expect(await complete("todo done ", { TODO_TOKEN: other.sessionToken })).toEqual([])
    // That of the other has been asked for.
    await until(() => files().length === 2)
    service.signOut()
    expect(await complete("todo done ")).toEqual([])
    expect(files()).toEqual([])
  })

  it("goes when its user signs out", async () => {
    await service.add("Mine")
    await service.succeed("completion refresh")
    await service.succeed("logout")
    expect(readdirSync(folder())).toEqual([])
  })

  it("is used while there is no service, silently", async () => {
    await service.add("Mine")
    await service.succeed("completion refresh")
    utimesSync(join(folder(), files()[0]!), 0, 0)
    service.instead = () => ({ status: 503, body: { code: "unavailable" } })
    expect(await complete("todo done ")).toEqual(["1"])
    expect(await complete("todo who")).toEqual(["whoami"])
  })

  it.each(["", "{", "[]", "{\"open\":[{\"number\":\"$(x)\"},7,null],\"tags\":{}}", "null"])(
    "is nothing where the file has been damaged: %j",
    async (text) => {
      await service.succeed("completion refresh")
      writeFileSync(join(folder(), files()[0]!), text, { mode: 0o600 })
      expect(await complete("todo done ")).toEqual([])
      expect(await complete("todo add x --tag ")).toEqual([])
    }
  )
})

describe("`todo complete`", () => {
  it("says nothing of what it cannot do", async () => {
    mkdirSync(join(service.program.configDirectory, "credentials.json.d"), { recursive: true })
    writeFileSync(join(service.program.configDirectory, "credentials.json"), "no json")
    expect(await complete("todo done ")).toEqual([])
    const { exitCode } = await service.todo("complete nushell x")
    expect(exitCode).toBe(2)
  })

  it("completes commands where nothing can be kept", async () => {
    writeFileSync(folder(), "a file where a folder is to be")
    expect(await complete("todo who")).toEqual(["whoami"])
    expect(await complete("todo done ")).toEqual([])
    // And what is done is done.
    await service.add("One")
    await service.succeed("logout")
  })

  it("knows aliases, and completes what they stand for", async () => {
    await service.succeed(["config", "set", "aliases.finish", "done --force"])
    await service.add("One")
    await service.succeed("completion refresh")
    expect(await complete("todo fini")).toEqual(["finish"])
    expect(await complete("todo finish ")).toEqual(["1"])
    expect(await complete("todo config get aliases.f")).toEqual(["aliases.finish"])
  })

  it("answers PowerShell by lines of three parts, quoted for it", async () => {
    await service.succeed(["project", "add", "It's $(x)"])
    await service.succeed("completion refresh")
    const line = Buffer.from("todo add x --project ").toString("base64url")
    expect(await service.succeed(["complete", "powershell", line]))
      .toBe("space\n'It''s $(x)'\tIt's $(x)\tIt's $(x)\n")
  })
})
