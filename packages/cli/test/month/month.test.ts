import { afterAll, beforeAll, describe, expect, it, vi } from "@effect/vitest"
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startService } from "../support/ServiceProcess.ts"
import { todoHere } from "../support/TodoHere.ts"
import { type Command, readDiary, wordsOf } from "./Diary.ts"
import { lastState } from "./LastState.ts"
import { readTour } from "./Tour.ts"

const repository = join(import.meta.dirname, "../../../..")

/** So long is between one command and the next. */
const pauseMillis = 20_000

/** A folder to look at what each command has shown, on a terminal of 80 columns and of 120, with colours and without. */
const { SCREENS } = process.env

/** What changes nothing, so that it can be shown again. */
const isReading = ({ line }: Command) =>
  /^(?:$|(?:list|show|history|whoami|settings|trash|project|tag)\b)/.test(line) &&
  !/^\w+ (?:add|archive|edit|empty|rename|rm|set|unarchive)\b/.test(line)

describe("a month of use", () => {
  let folder: string
  let clock: string
  let service: Awaited<ReturnType<typeof startService>>

  const setClock = (instant: number) => {
    writeFileSync(clock, String(instant), { flag: "r+" })
    vi.setSystemTime(instant)
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "todo-month-"))
    clock = join(folder, "clock")
    writeFileSync(clock, String(Date.parse("2026-09-28T00:00:00Z")))
    service = await startService({ CLOCK_FILE: clock }, ["--import", join(import.meta.dirname, "FileClock.ts")])
    vi.useFakeTimers({ toFake: ["Date"] })
  })
  afterAll(async () => {
    vi.useRealTimers()
    await service.stop()
    rmSync(folder, { recursive: true })
  })

  /** Runs a command line of somebody, in the zone where they are. */
  const run = (
    name: string,
    line: string,
    { color = false, columns, stdin = "", timeZone }: {
      readonly timeZone: string
      readonly columns?: number | undefined
      readonly color?: boolean
      readonly stdin?: string
    }
  ) => {
    const env = { TODO_API_URL: service.url, TODO_CONFIG_DIR: join(folder, name), TZ: timeZone }
    const colors = color ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" }
    return todoHere(wordsOf(line), { env: { ...env, ...colors }, stdin, columns })
  }

  it("begins with the tour of the README, which is what it says", async () => {
    const ids = /\b01[0-9a-f]{6}(?:-[0-9a-f]*)*/g
    const parts = readTour(readFileSync(join(repository, "README.md"), "utf8"))
    const screens: Array<string> = []
    let at = Date.parse("2026-09-28T06:00:00Z")
    for (const { lines } of parts) {
      const shown: Array<string> = []
      for (const { line, stdin } of lines) {
        setClock(at += pauseMillis / 5)
        shown.push((await run("tour", line, { timeZone: "Europe/Berlin", columns: 80, stdin })).screen)
      }
      screens.push(shown.join("").replaceAll(service.url, "http://localhost:4000"))
    }
    if (SCREENS !== undefined) writeFileSync(join(SCREENS, "tour.json"), JSON.stringify(screens))
    expect(screens.map((screen) => screen.replace(ids, "<id>"))).toEqual(
      parts.map(({ screen }) => screen.replace(ids, "<id>"))
    )
  })

  it.each(["household", "team"])("of a %s ends as it is written down", { timeout: 240_000 }, async (name) => {
    let timeZone = ""
    const todo = (line: string, columns: number | undefined, { color = false, stdin = "" } = {}) =>
      run(name, line, { timeZone, columns, color, stdin })
    const look = async (command: Command, first: string) => {
      for (const [columns, color] of [[80, false], [80, true], [120, false], [120, true]] as const) {
        const isFirst = columns === 80 && !color
        if (!isFirst && !isReading(command)) continue
        const { screen } = isFirst ? { screen: first } : await todo(command.line, columns, { color })
        appendFileSync(
          join(SCREENS!, `${name}.${columns}${color ? ".color" : ""}`),
          `$ todo ${command.line}\n${screen}`
        )
      }
    }

    const sittings = readDiary(readFileSync(join(import.meta.dirname, `${name}.txt`), "utf8"))
    const unexpected: Array<string> = []
    for (const sitting of sittings) {
      timeZone = sitting.timeZone
      for (const [index, command] of sitting.commands.entries()) {
        setClock(sitting.at + index * pauseMillis)
        const { exitCode, screen } = await todo(command.line, 80, command)
        if (exitCode !== command.exitCode) {
          unexpected.push(`${name}.txt:${command.place} ended with ${exitCode}\n${screen}`)
        }
        if (SCREENS !== undefined) await look(command, screen)
      }
    }
    expect(unexpected).toEqual([])
    const state = await lastState(async (line, columns) => (await todo(line, columns)).stdout)
    await expect(state).toMatchFileSnapshot(`${name}.state.txt`)
  })
})
