import { afterAll, beforeAll, describe, expect, it, vi } from "@effect/vitest"
import widthOf from "fast-string-width"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { stripVTControlCharacters } from "node:util"
import { type Command, readDiary, wordsOf } from "../month/Diary.ts"
import { startService } from "../support/ServiceProcess.ts"
import { todoHere } from "../support/TodoHere.ts"
import { disallowed, marked } from "./Marks.ts"

const folder = mkdtempSync(join(tmpdir(), "todo-screens-"))
const clock = join(folder, "clock")
const timeZone = "Europe/Berlin"
const pauseMillis = 20_000

/** When the screens are looked at. */
const now = Date.parse("2026-11-27T08:00:00Z")

const fileHere = (name: string) => join(import.meta.dirname, name)

/** What differs from run to run. */
const ids = /(?<![0-9a-f-])01[0-9a-f]{6}[-0-9a-f]*/g
const withoutIds = (text: string) => text.replace(ids, (id) => id.replace(/[0-9a-f]/g, "x"))

/** What is told in full, help and failures. */
const isProse = /^(?:show|help|add$|apply|done|lisst|list (?:"|in:Hoem|--sort dew))/

interface Screen {
  readonly line: string
  readonly text: string
}

const commands =
  readDiary(`Fri 2026-11-27 09:00 ${timeZone}\n${readFileSync(fileHere("screens.txt"), "utf8")}`)[0]!.commands

const inColor = { FORCE_COLOR: "1" }

describe("screens", { timeout: 600_000 }, () => {
  let service: Awaited<ReturnType<typeof startService>>

  const run = async ({ line, stdin }: Pick<Command, "line" | "stdin">, at: number, columns: number, env: object) => {
    writeFileSync(clock, String(at), { flag: "r+" })
    vi.setSystemTime(at)
    return await todoHere(wordsOf(line), {
      env: { TODO_API_URL: service.url, TODO_CONFIG_DIR: join(folder, "config"), TZ: timeZone, ...env },
      stdin,
      columns
    })
  }

  /** What all commands show. */
  const look = async (columns: number, env: object): Promise<ReadonlyArray<Screen>> => {
    const screens: Array<Screen> = []
    for (const command of commands) {
      const { screen } = await run(command, now, columns, env)
      screens.push({ line: command.line, text: withoutIds(screen.replaceAll(service.url, "http://localhost:4000")) })
    }
    return screens
  }

  const looked = new Map<number, ReadonlyArray<Screen>>()

  beforeAll(async () => {
    writeFileSync(clock, String(now))
    service = await startService({ CLOCK_FILE: clock }, ["--import", fileHere("../month/FileClock.ts")])
    vi.useFakeTimers({ toFake: ["Date"] })
    const unexpected: Array<readonly [line: string, screen: string]> = []
    for (const sitting of readDiary(readFileSync(fileHere("account.txt"), "utf8"))) {
      for (const [index, command] of sitting.commands.entries()) {
        const { exitCode, screen } = await run(command, sitting.at + index * pauseMillis, 80, { NO_COLOR: "1" })
        if (exitCode !== 0) unexpected.push([command.line, screen])
      }
    }
    expect(unexpected).toEqual([])
    for (const columns of [60, 80, 200]) looked.set(columns, await look(columns, inColor))
  }, 600_000)
  afterAll(async () => {
    vi.useRealTimers()
    await service.stop()
    rmSync(folder, { recursive: true })
  })

  const written = (screens: ReadonlyArray<Screen>) =>
    screens.map(({ line, text }) => `$ todo ${line}\n${marked(text)}`).join("\n")

  it.each([60, 80, 200])("of %i columns are as they are kept", async (columns) => {
    await expect(written(looked.get(columns)!)).toMatchFileSnapshot(fileHere(`${columns}.txt`))
  })

  it.each([60, 80, 200])("of %i columns have no line that is wider", (columns) => {
    // What is told in sentences, or in full, goes on in the next line.
    const wide = looked.get(columns)!.filter(({ line }) => !isProse.test(line)).flatMap(({ line, text }) =>
      text.split("\n").filter((one) => widthOf(one) > columns).map((one) => [line, stripVTControlCharacters(one)])
    )
    expect(wide).toEqual([])
  })

  it("say the same without colours, and on a terminal that has none", async () => {
    const plain = looked.get(80)!.map(({ line, text }) => ({ line, text: stripVTControlCharacters(text) }))
    expect(await look(80, { NO_COLOR: "1" })).toEqual(plain)
    expect(await look(80, { TERM: "dumb" })).toEqual(plain)
  })

  it("have signs of ASCII alone where the terminal shows no UTF-8", async () => {
    const screens = await look(80, { LC_ALL: "C", NO_COLOR: "1" })
    await expect(written(screens)).toMatchFileSnapshot(fileHere("ascii.txt"))
    const own = screens.filter(({ line }) =>
      /^(?:$|list --done|stats|calendar|project show|settings|help(?! signs))/.test(line)
    )
    expect(own.map(({ text }) => text).join("")).not.toMatch(/[✓○◌↻…·→█░▁-▇]/u)
    expect(screens.map(({ text }) => text.replaceAll(/[^\n]/gu, "").length)).toEqual(
      looked.get(80)!.map(({ text }) => text.replaceAll(/[^\n]/gu, "").length)
    )
  })

  it("have no colour that cannot be read on dark or on light", () => {
    const found = [...looked.values()].flat().flatMap(({ line, text }) => disallowed(text).map((one) => [line, one]))
    expect(found).toEqual([])
  })

  it("tell what is late by a sign, too", () => {
    for (const { line, text } of [...looked.values()].flat()) {
      for (const [, red = ""] of marked(text).matchAll(/\{red\}(?:\{\w+\})*([^{]+)/g)) {
        expect([line, red]).toEqual([line, expect.stringMatching(/^(?:! |Overdue|- remove)|^\s*\d+$/)])
      }
    }
  })

  it("are read in their order: number, sign, priority and title, in lines without frames", () => {
    for (const { text } of [...looked.values()].flat()) expect(text).not.toMatch(/[\u2500-\u257f]/)
    const rows = looked.get(200)!.filter(({ line }) =>
      /^(?:$|today|upcoming|next|inbox|list --sort due|list$)/.test(line)
    )
      .flatMap(({ text }) => stripVTControlCharacters(text).split("\n").filter((one) => /^ *\d+ {2}/.test(one)))
    expect(rows.length).toBeGreaterThan(30)
    for (const row of rows) expect(row).toMatch(/^ *\d+ {2}[○◌✓] {2}(?:p[123] {2}| {4})? *\S/)
  })
})
