import { afterAll, describe, expect, it } from "@effect/vitest"
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { makeFolder } from "../../src/client/MakeFolder.ts"

const scratch = mkdtempSync(join(tmpdir(), "todo-folder-"))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

describe("a folder", () => {
  it("is made with those above it, for its owner alone; one that is there is left as it is", () => {
    const folder = join(scratch, "a/b/c")
    makeFolder(folder, 0o700)
    makeFolder(folder, 0o755)
    for (const path of ["a", "a/b", "a/b/c"]) expect(statSync(join(scratch, path)).mode & 0o777).toBe(0o700)
  })

  it("is not made below a file", () => {
    writeFileSync(join(scratch, "file"), "")
    expect(() => makeFolder(join(scratch, "file/a/b"))).toThrow("EEXIST")
  })

  // In a process of its own: what it guards against is a loop that no timeout of a test ends.
  it.runIf(process.platform === "linux")("that takes none, as /proc, ends it at the first", () => {
    const program = `import { makeFolder } from ${JSON.stringify(import.meta.resolve("../../src/client/MakeFolder.ts"))}
      makeFolder("/proc/nope/a/b")`
    const { signal, status, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
      encoding: "utf8",
      timeout: 20_000
    })
    expect([status, signal]).toEqual([1, null])
    expect(stderr).toContain("ENOENT: no such file or directory, mkdir '/proc/nope'")
  })
})
