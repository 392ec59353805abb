import { assert, it } from "@effect/vitest"
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs"
import { delimiter, join } from "node:path"
import { inject } from "vitest"
import { isOnPath } from "../src/TerminalProgram.ts"

/** A folder of programs with a `todo` of a package, as npm installs it. */
const installed = (name: string, version: string, bin = "bin") => {
  const prefix = mkdtempSync(join(inject("scratch"), "global-"))
  const home = join(prefix, "lib/node_modules", name)
  mkdirSync(join(home, "bin"), { recursive: true })
  mkdirSync(join(prefix, bin), { recursive: true })
  writeFileSync(join(home, "package.json"), JSON.stringify({ name, version }))
  writeFileSync(join(home, "bin/todo.js"), "")
  symlinkSync(join(home, "bin/todo.js"), join(prefix, bin, "todo"))
  return join(prefix, bin)
}

it("the terminal program is on the PATH where a shell finds that of this release first", () => {
  const ours = installed("@todo/cli", "0.1.0")
  const strangers = installed("todo", "1.1.0")
  const empty = mkdtempSync(join(inject("scratch"), "empty-"))
  assert.isTrue(isOnPath("0.1.0", [empty, ours, strangers].join(delimiter)))
  assert.isFalse(isOnPath("0.1.0", [strangers, ours].join(delimiter)))
  assert.isFalse(isOnPath("0.2.0", ours))
  assert.isFalse(isOnPath("0.1.0", empty))
  assert.isFalse(isOnPath("0.1.0", ""))
})

it("what npm puts on the PATH of its scripts is in no shell", () => {
  assert.isFalse(isOnPath("0.1.0", installed("@todo/cli", "0.1.0", "node_modules/.bin")))
})
