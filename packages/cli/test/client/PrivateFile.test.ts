import { afterEach, beforeEach, describe, expect, it, vi } from "@effect/vitest"
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { OthersFile, readPrivateFile } from "../../src/client/PrivateFile.ts"

const isRoot = process.getuid?.() === 0
/** Whose the file is: root can give it away. */
const owner = isRoot ? 65_532 : process.getuid?.() ?? 0

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "todo-private-"))
  path = join(folder, "file")
  writeFileSync(path, "text", { mode: 0o600 })
  if (isRoot) chownSync(path, owner, owner)
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

const readAs = (user: number) => {
  vi.spyOn(process, "geteuid").mockReturnValue(user)
  return readPrivateFile(path)
}
const mode = () => statSync(path).mode & 0o777

describe.skipIf(process.platform === "win32")("a private file", () => {
  it("is read by its owner without a word", () => {
    expect(readAs(owner)).toEqual({ text: "text", warning: undefined })
  })

  it("is none where there is none", () => {
    rmSync(path)
    expect(readAs(owner)).toBe(undefined)
  })

  it.each([0o640, 0o604, 0o620, 0o602, 0o666])("of mode %o is closed to others, which is told", (open) => {
    chmodSync(path, open)
    expect(readAs(owner)?.warning).toContain(
      `${path} was open to other users of this machine, and is closed to them now.`
    )
    expect(mode()).toBe(0o600)
  })

  it("of another user is not read", () => {
    chmodSync(path, 0o666)
    expect(() => readAs(owner + 1)).toThrow(OthersFile)
    expect(mode()).toBe(0o666)
  })

  it("of another user is read by root, which is told, and left as it is", () => {
    chmodSync(path, 0o644)
    expect(readAs(0)).toEqual({
      text: "text",
      warning: `${path} belongs to user ${owner}: as root you use what is that user's.`
    })
    expect(mode()).toBe(0o644)
  })

  it.runIf(isRoot)("of root is as good as one's own, unless everybody can write it", () => {
    chownSync(path, 0, 0)
    chmodSync(path, 0o444)
    expect(readAs(owner)).toEqual({ text: "text", warning: undefined })
    chmodSync(path, 0o666)
    expect(readAs(owner)?.warning).toBe(`${path} can be changed by other users of this machine.`)
  })
})
