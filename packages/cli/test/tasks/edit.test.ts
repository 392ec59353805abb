import { afterEach, beforeEach, describe, expect, it, vi } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { services } from "../../src/execute.ts"
import { Settings } from "../../src/Settings.ts"
import { run as edit } from "../../src/tasks/edit.ts"
import { Account } from "../support/Account.ts"
import { serviceOfRun } from "../support/ServiceFixture.ts"

const { url } = serviceOfRun()

let account: Account
let directory: string
beforeEach(async () => {
  account = await Account.make(url)
  directory = mkdtempSync(join(tmpdir(), "todo-edit-"))
  vi.spyOn(process.stdout, "write").mockReturnValue(true)
  vi.spyOn(process.stderr, "write").mockReturnValue(true)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  rmSync(directory, { recursive: true, force: true })
})

/** The user's editor: it keeps what it was given and leaves `text` in its place. */
const useEditor = (
  text: string | Uint8Array,
  { exitCode = 0, meanwhile = "" }: { readonly exitCode?: number; readonly meanwhile?: string } = {}
) => {
  const editor = join(directory, "editor")
  const seen = join(directory, "seen")
  writeFileSync(join(directory, "text"), text)
  writeFileSync(
    editor,
    `#!/bin/sh\ncp "$2" "${seen}"\ncp "${join(directory, "text")}" "$2"\n${meanwhile}\nexit ${exitCode}\n`
  )
  chmodSync(editor, 0o700)
  vi.stubEnv("VISUAL", `${editor} --wait`)
  return { seen: () => readFileSync(seen, "utf8") }
}

/** As on a terminal. */
const editByHand = ({ json } = { json: true }) =>
  edit({ refs: ["1"], changes: {} }).pipe(
    Effect.provide(services),
    Effect.provideService(Settings, {
      apiUrl: url,
      token: Redacted.make(account.jwt),
      configDirectory: directory,
      words: true,
      timeoutSeconds: 30,
      json,
      quiet: false,
      color: false,
      queues: false,
      sendsQueued: false,
      showsProgress: false,
      interactive: true,
      pager: undefined,
      format: { kind: "json", fields: undefined },
      columns: undefined,
      rows: undefined
    }),
    Effect.runPromiseExit
  )

const reported = () => JSON.parse(String(vi.mocked(process.stderr.write).mock.calls[0]?.[0])).error

describe("edit on a terminal", () => {
  const told = () => String(vi.mocked(process.stderr.write).mock.calls[0]?.[0])
  const kept = () => /Your text is in (.*)\.\n$/.exec(told())?.[1] ?? ""

  it("opens the task in the editor and saves what came of it", async () => {
    await account.addTask("One", { description: "Old" })
    const editor = useEditor("Uno\n\nNew\n")
    await editByHand()
    expect(editor.seen()).toMatch(/^One\n\nOld\n\n# -+ >8 -+\n(?:# .*\n)+(?:#\n# .*\n[a-z ]+:\n){8}$/)
    expect(await account.tasks()).toMatchObject([{ title: "Uno", description: "New", version: 2 }])
  })

  it("opens all members, and saves those that were changed", async () => {
    const other = await account.addTask("Two", { due: { date: "2999-01-05", time: "18:30" }, tags: ["a", "b c"] })
    const blocker = await account.addTask("One", { parentId: null })
    const under = (lines: ReadonlyArray<string>) =>
      `Two\n\n# ------------------------ >8 ------------------------\n${lines.join("\n")}\n`
    const editor = useEditor(
      under(["priority: P1", "tags: a, new one", "due: 2999-01-06", "repeat: every monday", "waits for: One"])
    )
    await editByHand()
    expect(editor.seen()).toMatch(/\ntags: a, b c\n[^]*\ndue: 2999-01-05 18:30\n/)
    expect((await account.tasks()).find(({ id }) => id === other.id)).toMatchObject({
      priority: "p1",
      tags: ["a", "new one"],
      due: { date: "2999-01-07", time: "18:30" },
      repeat: { rule: "FREQ=WEEKLY;BYDAY=MO" },
      blockedBy: [blocker.id]
    })
    const again = useEditor(under(["due:", "repeat:", "waits for:", "priority:", "tags:"]))
    await editByHand()
    expect(again.seen()).toMatch(/\npriority: p1\n[^]*\nrepeat: every monday\n[^]*\nwaits for: 2\n$/)
    expect((await account.tasks()).find(({ id }) => id === other.id)).toMatchObject({
      priority: null,
      tags: [],
      due: null,
      repeat: null,
      blockedBy: []
    })
  })

  it.each([
    ["dues: friday", /There is no member "dues: friday"\n\(Did you mean due\?\)\n/],
    ["due: someday soon", /Expected a date in words/],
    ["project: Nowhere", /There is no project Nowhere/],
    ["priority: p9", /priority/],
    ["waits for: 99", /There is no task 99/],
    ["tags: [a, \"b", /tags: \[a, "b is no name of a tag\nNames stand with commas between them/],
    ["tags: 'a'", /tags: 'a' is no name of a tag/]
  ])("keeps the text where a member is none: %s", async (line, error) => {
    await account.addTask("One")
    const text = `One more\n\n# ------------------------ >8 ------------------------\n${line}\n`
    useEditor(text)
    await editByHand({ json: false })
    expect(told()).toMatch(error)
    expect(readFileSync(kept(), "utf8")).toBe(text)
    rmSync(dirname(kept()), { recursive: true })
    expect(await account.tasks()).toMatchObject([{ title: "One", version: 1 }])
  })

  it("keeps a tag that looks like a list, where the task has it", async () => {
    const task = await account.addTask("One", { tags: ["[a"] })
    useEditor("One\n\n# ------------------------ >8 ------------------------\ntags: [a, b\n")
    await editByHand({ json: false })
    expect((await account.tasks()).find(({ id }) => id === task.id)).toMatchObject({ tags: ["[a", "b"] })
  })

  it("changes nothing when the text is saved as it was, and says so", async () => {
    await account.addTask("One", { description: "Old" })
    useEditor("One\n\nOld\n")
    await editByHand({ json: false })
    expect(process.stdout.write).toHaveBeenCalledWith("Unchanged 1  One\n", expect.any(Function))
    expect(await account.tasks()).toMatchObject([{ version: 1 }])
  })

  it("does not overwrite what somebody else changed meanwhile, and keeps the text: exit code 5", async () => {
    const { id } = await account.addTask("One")
    const change = join(directory, "change.mjs")
    writeFileSync(
      change,
      `await fetch("${url}/api/v1/tasks/${id}", {
        method: "PATCH",
        headers: { authorization: "Bearer ${account.jwt}", "content-type": "application/json" },
        body: JSON.stringify({ title: "Eins" })
      })`
    )
    useEditor("Uno\n", { meanwhile: `"${process.execPath}" "${change}"` })
    expect(await editByHand({ json: false })).toMatchObject({ cause: { reasons: [{ error: { exitCode: 5 } }] } })
    const [, file = ""] = /^error: The task was changed meanwhile\n.*`todo show`.*\nYour text is in (.*)\.\n$/
      .exec(String(vi.mocked(process.stderr.write).mock.calls[0]?.[0])) ?? []
    expect(readFileSync(file, "utf8")).toBe("Uno\n")
    expect(await account.tasks()).toMatchObject([{ title: "Eins", version: 2 }])
    rmSync(dirname(file), { recursive: true })
  })

  it("sends nothing when the editor fails, and says where the text is: exit code 1", async () => {
    await account.addTask("One")
    useEditor("Uno\n", { exitCode: 3 })
    expect(await editByHand({ json: false })).toMatchObject({ cause: { reasons: [{ error: { exitCode: 1 } }] } })
    expect(told()).toMatch(/^error: The editor \(.*\) ended with status 3\n/)
    expect(readFileSync(kept(), "utf8")).toBe("Uno\n")
    rmSync(dirname(kept()), { recursive: true })
    expect(await account.tasks()).toMatchObject([{ title: "One", version: 1 }])
  })

  it("leaves nothing behind when the editor fails with nothing changed", async () => {
    await account.addTask("One")
    const first = useEditor("One\n")
    await editByHand()
    vi.mocked(process.stderr.write).mockClear()
    const editor = useEditor(first.seen(), { exitCode: 1 })
    vi.stubEnv("TMPDIR", directory)
    await editByHand()
    expect(editor.seen()).toBe(first.seen())
    expect(reported()).toMatchObject({ code: "editor_failed" })
    expect(readdirSync(directory).filter((name) => name.startsWith("todo-"))).toEqual([])
  })

  it("says so when the editor leaves no file, and blames no setting: exit code 1", async () => {
    await account.addTask("One")
    vi.stubEnv("VISUAL", "rm -f")
    expect(await editByHand({ json: false })).toMatchObject({ cause: { reasons: [{ error: { exitCode: 1 } }] } })
    expect(told()).toBe("error: The editor (rm -f) left no file: nothing is changed\n")
    expect(await account.tasks()).toMatchObject([{ title: "One", version: 1 }])
  })

  it("refuses a text that is not UTF-8, and says where it is: exit code 2", async () => {
    await account.addTask("One")
    const latin1 = Buffer.from("caf\u00e9\n", "latin1")
    useEditor(latin1)
    expect(await editByHand({ json: false })).toMatchObject({ cause: { reasons: [{ error: { exitCode: 2 } }] } })
    expect(told()).toMatch(/^error: What the editor saved is not UTF-8\n/)
    expect(readFileSync(kept())).toEqual(latin1)
    rmSync(dirname(kept()), { recursive: true })
    expect(await account.tasks()).toMatchObject([{ title: "One", version: 1 }])
  })
})
