/*
 * Shows that the suites have teeth: plants one fault after another, each of a
 * kind that would let one user at another's tasks or break a promise, runs the tests that are
 * meant to find it, and puts everything back. Ends with 1 when a fault lived.
 *
 *   node packages/api/scripts/planted-faults.ts [part of the name of a fault or of a test] [a test to find it by instead]
 */
import { spawnSync } from "node:child_process"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setImmediate } from "node:timers/promises"
import { type Edit, faults } from "./faults.ts"

const root = join(import.meta.dirname, "../../..")

const run = (files: ReadonlyArray<string>, projects: ReadonlyArray<string>) => {
  const { status, stderr, stdout } = spawnSync(
    "npx",
    ["vitest", "run", ...projects.flatMap((project) => ["--project", project]), "--bail", "1", ...files],
    { cwd: root, encoding: "utf8", env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" } }
  )
  return { status, output: stdout + stderr }
}

/** Why a test failed, in its own words; undefined where none did. */
const find = (tests: ReadonlyArray<string>): string | undefined => {
  const files = tests.map((test) => `packages/api/test/${test}`)
  const onServer = run(files, ["PostgreSQL 18", "process"])
  // What does not see the database runs on the embedded one alone.
  const { output, status } = onServer.output.includes("No test files found") ? run(files, ["PGlite"]) : onServer
  // A run in which no test ran has found nothing.
  if (status === 0 || !/Tests .*\d+ failed/.test(output)) return undefined
  return /^ FAIL .*\n(.*)$/m.exec(output)?.[1]?.slice(0, 300) ?? "a test failed"
}

/** Makes an edit; answers what undoes it. */
const plant = (name: string, { file, find, replace }: Edit) => {
  const path = join(root, "packages/api/src", file)
  const original = readFileSync(path, "utf8")
  if (!original.includes(find)) throw new Error(`${file} has no longer what the fault "${name}" replaces`)
  writeFileSync(path, original.replace(find, () => replace))
  return () => writeFileSync(path, original)
}

// An exit puts the fault back that is planted; an interruption is one too.
process.once("SIGINT", () => process.exit(130))

const wanted = process.argv[2] ?? ""
const instead = process.argv[3]
let lived = 0
for (const fault of faults.filter(({ name, tests }) => [name, ...tests].some((text) => text.includes(wanted)))) {
  const { name } = fault
  const tests = instead === undefined ? fault.tests : [instead]
  const undo: Array<() => void> = []
  const restore = () => {
    for (const one of undo.splice(0).toReversed()) one()
  }
  process.once("exit", restore)
  for (const edit of [fault, ...fault.with ?? []]) undo.push(plant(name, edit))
  const found = find(tests)
  restore()
  process.off("exit", restore)
  if (found === undefined) lived++
  // Interruptions come in between.
  await setImmediate()
  process.stdout.write(
    `${found === undefined ? "LIVED" : "found"}  ${name}  (${tests.join(", ")})\n${
      found === undefined ? "" : `       ${found}\n`
    }`
  )
}
process.exitCode = lived === 0 ? 0 : 1
