import { describe, expect, it } from "@effect/vitest"
import { mkdtempSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { useService } from "../support/ServiceFixture.ts"

const cli = useService()
const folder = mkdtempSync(join(tmpdir(), "todo-circles-"))
const uuid = (nth: number) => `a1b2c3d4-0000-4000-8000-00000000000${nth}`
const task = (nth: number, description: string, ...depends: ReadonlyArray<number>) => ({
  uuid: uuid(nth),
  description,
  status: "pending",
  entry: "20261001T080000Z",
  depends: depends.map(uuid)
})
const file = join(folder, "tw.json")
writeFileSync(file, JSON.stringify([task(1, "dep cyc", 2), task(2, "dep cyc2", 1), task(3, "good", 1)]))

const exported = async () => JSON.parse(await cli.succeed("export")).tasks ?? []

describe("todo import of tasks that wait for each other", () => {
  it("says with --dry-run what it says without, with that exit code", async () => {
    const tried = await cli.todo(`import ${file} --dry-run`)
    const refused = await cli.todo(`import ${file}`)
    expect([tried.exitCode, tried.stdout]).toEqual([2, ""])
    expect(tried.stderr).toMatch(
      /^error: 1 thing cannot be imported, and nothing would be\n {2}task dep cyc2: blockedBy: /
    )
    expect(tried.stderr.replace("nothing would be", "nothing was")).toBe(refused.stderr)
    expect(refused.exitCode).toBe(2)
    const asJson = await cli.todo(`import ${file} --dry-run --json`)
    expect([asJson.exitCode, JSON.parse(asJson.stderr).error.code]).toEqual([2, "import_refused"])
    expect(await exported()).toEqual([])
  })

  it("says so of what no request could bring, too", async () => {
    const bad = JSON.stringify({ version: 1, tasks: [{ id: "0198c0de-7a5c-7000-8000-000000000001", title: " " }] })
    const tried = await cli.todo("import - --dry-run", { stdin: bad })
    const refused = await cli.todo("import -", { stdin: bad })
    expect([tried.exitCode, tried.stderr.replace("would be", "was")]).toEqual([2, refused.stderr])
    expect((await cli.todo("import - --dry-run --partial", { stdin: bad })).exitCode).toBe(0)
  })

  it("leaves out with --partial what closes the circle, and says so, and changes nothing the second time", async () => {
    const left = (word: string) => `Waiting for what waits for it, which ${word} left out:\n  task dep cyc2: dep cyc\n`
    expect(await cli.succeed(`import ${file} --dry-run --partial`)).toBe(`Would import 3 tasks\n${left("would be")}`)
    expect(await cli.succeed(`import ${file} --partial`)).toBe(
      `Imported 3 tasks\n${left("was")}\`todo undo\` takes it back\n`
    )
    const was = await exported()
    expect(was).toHaveLength(3)
    for (const options of ["--partial", "--partial --overwrite", "--partial"]) {
      expect(await cli.succeed(`import ${file} ${options}`)).not.toContain("todo undo")
      expect(await exported()).toEqual(was)
    }
    const undone = await cli.succeed("undo")
    const named = [...undone.matchAll(/\d {2}(dep cyc2?|good)/g)].map(([, title]) => title)
    expect(named).toHaveLength(new Set(named).size)
    expect(await exported()).toEqual([])
  })
})

describe("an import of several parts whose tasks wait for each other", () => {
  const id = (nth: number) => `0198c0de-7a5c-7000-8000-${nth.toString(16).padStart(12, "0")}`
  const many = 2_600
  const env = { TODO_TIMEOUT: "120" }
  const document = (one: number, other: number) => {
    const path = join(folder, `${one}-${other}.json`)
    const waits = new Map([[one, other], [other, one]])
    const tasks = Array.from({ length: many }, (_, nth) => ({
      id: id(nth),
      number: nth + 1,
      title: `Task ${nth}`,
      ...waits.has(nth) && { blockedBy: [id(waits.get(nth)!)] }
    }))
    writeFileSync(path, JSON.stringify({ version: 1, tasks }))
    return path
  }

  it("is refused whole, tried or not", async () => {
    const path = document(3, 4)
    for (const option of ["--dry-run", ""]) {
      const { exitCode, stderr } = await cli.todo(`import ${path} ${option}`.trim(), { env })
      expect([exitCode, stderr.split(",")[0]]).toEqual([2, "error: 1 thing cannot be imported"])
    }
    expect(await exported()).toEqual([])
  }, 240_000)
})
