import { describe, expect, it } from "@effect/vitest"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { useService } from "../support/ServiceFixture.ts"

const service = useService()

const file = () => join(service.program.configDirectory, "config.json")

describe("todo config", () => {
  it("keeps defaults of lists, which options go before", async () => {
    await service.add("b", "a", "c")
    await service.succeed("config set list.sort title")
    await service.succeed("config set list.limit 2")
    expect(await service.succeed("list -q")).toBe("2\n1\n")
    expect(await service.succeed("list -q --sort number --limit 9")).toBe("1\n2\n3\n")
    await service.succeed("config unset list.limit")
    expect(await service.succeed("list -q")).toBe("2\n1\n3\n")
    expect(JSON.parse(readFileSync(file(), "utf8"))).toEqual({ list: { sort: "title" } })
  })

  it("says what counts, and who says so", async () => {
    await service.succeed("config set timeout 20")
    await service.succeed(["config", "set", "aliases.soon", "list today"])
    const counting = JSON.parse(await service.succeed("config --json", { env: { TODO_TIMEOUT: "9" } }))
    expect(counting).toContainEqual({ key: "timeout", value: "9", source: "TODO_TIMEOUT" })
    expect(counting).toContainEqual({ key: "apiUrl", value: service.url, source: "TODO_API_URL" })
    expect(counting).toContainEqual({ key: "color", value: "auto", source: "default" })
    expect(counting).toContainEqual({ key: "aliases.soon", value: "list today", source: "config" })
    expect(await service.succeed("config get timeout")).toBe("20\n")
    expect(await service.succeed("config path")).toBe(`${file()}\n`)
  })

  it("lists all that it can set, and says which key may have been meant", async () => {
    await service.succeed("config set zone Asia/Tokyo")
    const keys = (await service.json("config")).map(({ key }: { readonly key: string }) => key)
    expect(keys).toEqual(expect.arrayContaining(["zone", "week", "dateOrder", "language", "dayEndsAt", "newTasks"]))
    expect(await service.json("config")).toContainEqual({ key: "zone", value: "Asia/Tokyo", source: "account" })
    expect(await service.succeed("config")).toMatch(/^week\tmon\taccount$/m)
    expect((await service.todo(["config", "set", "alias.soon", "list today"])).stderr).toBe(
      "error: There is no key \"alias.soon\"\n(Did you mean aliases.soon?)\n"
    )
    expect((await service.todo("config get lists.sort")).stderr).toContain("(Did you mean list.sort?)")
    service.signOut()
    expect(await service.todo("config")).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^zone\t\taccount$/m),
      stderr: "What the account keeps is not known: nobody is signed in, or the service is away.\n"
    })
  })

  it("has results in another format, and failures too", async () => {
    await service.add("One")
    await service.succeed("config set format json")
    expect(JSON.parse(await service.succeed("list"))).toMatchObject([{ title: "One" }])
    expect(await service.succeed("list -q")).toBe("1\n")
    const { stderr } = await service.todo("show 99")
    expect(JSON.parse(stderr)).toMatchObject({ error: { status: null } })
  })

  it("runs what an alias stands for, without a shell", async () => {
    await service.add("One", "Two")
    await service.succeed(["config", "set", "aliases.finish", "done --json 2"])
    expect(JSON.parse(await service.succeed("finish"))).toMatchObject({ number: 2, completed: true })
    expect(JSON.parse(await service.succeed("finish 1"))).toMatchObject([{ number: 2 }, { number: 1 }])
    await service.succeed(["config", "set", "aliases.hostile", "add --literal $(touch x); `y` | z"])
    expect(await service.json("hostile")).toMatchObject({ title: "$(touch x); `y` | z" })
  })

  it("names the service, for what completes and checks, too", async () => {
    const { url } = service
    const env = { TODO_API_URL: "" }
    await service.add("One")
    await service.succeed(["config", "set", "apiUrl", `${url}/`], { env })
    expect(await service.succeed("list -q", { env })).toBe("1\n")
    expect(await service.succeed("completion refresh --json", { env })).toContain("\"tasks\":1")
    expect(await service.succeed(["complete", "fish", "done", ""], { env })).toBe("space\n1\tOne\n")
    const { stdout } = await service.todo("doctor", { env })
    expect(stdout).toMatch(new RegExp(`^ok {4}address +${url}$`, "m"))
  })

  it("has the account keep what is the account's", async () => {
    await service.succeed("config set zone Asia/Tokyo")
    expect(await service.succeed("config get zone")).toBe("Asia/Tokyo\n")
    await service.succeed("config set week sun")
    expect(await service.json("settings")).toMatchObject({ timeZone: "Asia/Tokyo", weekStart: "sun" })
    await service.succeed("config unset zone")
    expect(await service.json("settings")).toMatchObject({ timeZone: null })
    expect(await service.todo("config unset week")).toMatchObject({ exitCode: 2 })
    expect(await service.todo("config set week tue")).toMatchObject({ exitCode: 2 })
  })

  it.each([
    ["config set list.srt due", 2, "error: There is no key \"list.srt\"\n(Did you mean list.sort?)\n"],
    ["config get nonsense", 2, "error: There is no key \"nonsense\"\n`todo config list` has all keys.\n"],
    ["config set color red", 2, "error: color takes auto, always, never, and not \"red\"\n"],
    ["config set aliases.done list", 2, "error: done is a command, and no alias can take its place\n"],
    ["config set aliases.x x", 2, "error: An alias begins with a command of todo, and \"x\" is none\n"],
    ["config get list.sort", 3, "error: Nothing is kept for list.sort\n`todo config set list.sort` has a value kept.\n"]
  ])("todo %s: %i", async (line, exitCode, stderr) => {
    expect(await service.todo(line)).toEqual({ exitCode, stdout: "", stderr })
  })

  it("stops commands where the file cannot be read, and none that help", async () => {
    mkdirSync(service.program.configDirectory, { recursive: true })
    writeFileSync(file(), "{\n  \"colour\": \"never\"\n}", { mode: 0o600 })
    const refused = {
      exitCode: 2,
      stdout: "",
      stderr: `error: ${file()}:2: There is no key "colour"\n(Did you mean color?)\n`
    }
    expect(await service.todo("list")).toEqual(refused)
    expect(await service.todo("an-alias")).toEqual(refused)
    expect(await service.todo("completion bash")).toMatchObject({ exitCode: 0 })
    expect(await service.todo("config path")).toMatchObject({ exitCode: 0 })
    expect(await service.todo("help config")).toMatchObject({ exitCode: 0 })
  })
})
