import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "@effect/vitest"
import { Effect, Redacted } from "effect"
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { services } from "../../src/execute.ts"
import { Settings } from "../../src/Settings.ts"
import { run as edit } from "../../src/tasks/edit.ts"
import { renderDraft } from "../../src/tasks/TaskDraft.ts"
import { type FakeService, startFakeService } from "../support/FakeService.ts"

let service: FakeService
let directory: string
beforeAll(async () => {
  service = await startFakeService()
})
afterAll(() => service.close())
beforeEach(() => {
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
const useEditor = (text: string | Uint8Array, options: { readonly exitCode?: number } = {}) => {
  const editor = join(directory, "editor")
  const seen = join(directory, "seen")
  writeFileSync(join(directory, "text"), text)
  writeFileSync(
    editor,
    `#!/bin/sh\ncp "$2" "${seen}"\ncp "${join(directory, "text")}" "$2"\nexit ${options.exitCode ?? 0}\n`
  )
  chmodSync(editor, 0o700)
  vi.stubEnv("VISUAL", `${editor} --wait`)
  return { seen: () => readFileSync(seen, "utf8") }
}

const signIn = () => {
  const account = service.state.signUp("Ada", "ada@example.com", "x")
  service.state.tasks.clear()
  return { account, token: Redacted.make(service.state.mint(account)) }
}

/** As on a terminal. */
const editByHand = (token: Redacted.Redacted, { json } = { json: true }) =>
  edit({ refs: ["1"], changes: {} }).pipe(
    Effect.provide(services),
    Effect.provideService(Settings, {
      apiUrl: service.url,
      token,
      configDirectory: directory,
      timeoutSeconds: 30,
      json,
      quiet: false,
      color: false,
      showsProgress: false,
      interactive: true,
      columns: undefined,
      rows: undefined
    }),
    Effect.runPromiseExit
  )

const reported = () => JSON.parse(String(vi.mocked(process.stderr.write).mock.calls[0]?.[0])).error

describe("edit on a terminal", () => {
  it("opens the task in the editor and saves what came of it", async () => {
    const { account, token } = signIn()
    service.state.addTask(account.id, "One", { description: "Old" })
    const editor = useEditor("Uno\n\nNew\n")
    await editByHand(token)
    expect(editor.seen()).toMatch(/^One\n\nOld\n\n# -+ >8 -+\n(?:# .*\n)+$/)
    expect(service.state.tasksOf(account.id)).toMatchObject([{ title: "Uno", description: "New", version: 2 }])
  })

  it("changes nothing when the text is saved as it was, and says so", async () => {
    const { account, token } = signIn()
    service.state.addTask(account.id, "One", { description: "Old" })
    useEditor("One\n\nOld\n")
    await editByHand(token, { json: false })
    expect(process.stdout.write).toHaveBeenCalledWith("Unchanged 1  One\n", expect.any(Function))
    expect(service.state.tasksOf(account.id)).toMatchObject([{ version: 1 }])
  })

  it("does not overwrite what somebody else changed meanwhile, and keeps the text: exit code 5", async () => {
    const { account, token } = signIn()
    service.state.addTask(account.id, "One")
    useEditor("Uno\n")
    const find = service.state.tasksOf(account.id)
    // The change arrives between reading the task and saving it.
    const reads = vi.spyOn(service.state, "tasksOf").mockImplementation(() => {
      const tasks = [...find]
      if (reads.mock.calls.length > 1) tasks[0] = { ...tasks[0]!, version: 9 }
      return tasks
    })
    expect(await editByHand(token, { json: false })).toMatchObject({ cause: { reasons: [{ error: { exitCode: 5 } }] } })
    const [, file = ""] = /^error: The task was changed meanwhile\n.*`todo show`.*\nYour text is in (.*)\.\n$/
      .exec(String(vi.mocked(process.stderr.write).mock.calls[0]?.[0])) ?? []
    expect(readFileSync(file, "utf8")).toBe("Uno\n")
    rmSync(dirname(file), { recursive: true })
  })

  const told = () => String(vi.mocked(process.stderr.write).mock.calls[0]?.[0])
  const kept = () => /Your text is in (.*)\.\n$/.exec(told())?.[1] ?? ""

  it("sends nothing when the editor fails, and says where the text is: exit code 1", async () => {
    const { account, token } = signIn()
    service.state.addTask(account.id, "One")
    useEditor("Uno\n", { exitCode: 3 })
    expect(await editByHand(token, { json: false })).toMatchObject({ cause: { reasons: [{ error: { exitCode: 1 } }] } })
    expect(told()).toMatch(/^error: The editor \(.*\) ended with status 3\n/)
    expect(readFileSync(kept(), "utf8")).toBe("Uno\n")
    rmSync(dirname(kept()), { recursive: true })
    expect(service.state.tasksOf(account.id)).toMatchObject([{ title: "One", version: 1 }])
  })

  it("leaves nothing behind when the editor fails with nothing changed", async () => {
    const { account, token } = signIn()
    service.state.addTask(account.id, "One")
    const draft = renderDraft({ title: "One", description: null })
    const editor = useEditor(draft, { exitCode: 1 })
    vi.stubEnv("TMPDIR", directory)
    await editByHand(token)
    expect(editor.seen()).toBe(draft)
    expect(reported()).toMatchObject({ code: "editor_failed" })
    expect(readdirSync(directory).filter((name) => name.startsWith("todo-"))).toEqual([])
  })

  it("says so when the editor leaves no file, and blames no setting: exit code 1", async () => {
    const { account, token } = signIn()
    service.state.addTask(account.id, "One")
    vi.stubEnv("VISUAL", "rm -f")
    expect(await editByHand(token, { json: false })).toMatchObject({ cause: { reasons: [{ error: { exitCode: 1 } }] } })
    expect(told()).toBe("error: The editor (rm -f) left no file: nothing is changed\n")
    expect(service.state.tasksOf(account.id)).toMatchObject([{ title: "One", version: 1 }])
  })

  it("refuses a text that is not UTF-8, and says where it is: exit code 2", async () => {
    const { account, token } = signIn()
    service.state.addTask(account.id, "One")
    const latin1 = Buffer.from("caf\u00e9\n", "latin1")
    useEditor(latin1)
    expect(await editByHand(token, { json: false })).toMatchObject({ cause: { reasons: [{ error: { exitCode: 2 } }] } })
    expect(told()).toMatch(/^error: What the editor saved is not UTF-8\n/)
    expect(readFileSync(kept())).toEqual(latin1)
    rmSync(dirname(kept()), { recursive: true })
    expect(service.state.tasksOf(account.id)).toMatchObject([{ title: "One", version: 1 }])
  })
})
