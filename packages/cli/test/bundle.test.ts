import { afterAll, beforeAll, describe, expect, it } from "@effect/vitest"
import type { Metafile } from "esbuild"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { bundle } from "../scripts/bundle.ts"
import { everyday } from "../src/everyday.ts"
import { nouns } from "../src/nouns.ts"

const scratch = mkdtempSync(join(tmpdir(), "todo-bundle-"))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

let outputs: Metafile["outputs"]
beforeAll(async () => {
  const metafile = await bundle(join(scratch, "dist"))
  outputs = metafile.outputs
})

/** The sources in a file of the bundle and in those that it loads at once. */
const loadedWith = (file: string): ReadonlyArray<string> => {
  const seen = new Set<string>()
  const add = (path: string): ReadonlyArray<string> => {
    const output = outputs[path]
    if (output === undefined || seen.has(path)) return []
    seen.add(path)
    const [sources, others] = [Object.keys(output.inputs), output.imports]
    return [...sources, ...others.flatMap(({ kind, path }) => kind === "import-statement" ? add(path) : [])]
  }
  return add(file)
}

const outputOf = (name: RegExp) => Object.keys(outputs).find((path) => name.test(path)) ?? ""

describe("the bundle", () => {
  it("loads the words of all commands for `todo --help`, and nothing of their work", () => {
    const sources = loadedWith(outputOf(/\/run-\w+\.js$/))
    expect(sources).toContainEqual(expect.stringMatching(/src\/tasks\/done\.ts$/))
    // What is without Effect is no schema; an option has a file of its own where several commands have it.
    expect(sources.filter((path) => /\/effect\/|^work:|^src\/tasks\/(?!\w+Option)[A-Z]/.test(path)))
      .toEqual([])
  })

  it("loads the parser of YAML for what reads files alone", () => {
    const isYaml = (path: string) => /node_modules\/yaml\//.test(path)
    expect(Object.values(outputs).some(({ inputs }) => Object.keys(inputs).some(isYaml))).toBe(true)
    expect(loadedWith(outputOf(/\/execute-\w+\.js$/)).filter(isYaml)).toEqual([])
  })

  it("has nothing of its own that Node 20 lacks", () => {
    const lacking =
      /\b(?:groupBy|withResolvers|fromAsync|isSubsetOf|isSupersetOf)\b|\bPromise\.try\b|\bRegExp\.escape\b/
    const own = Object.keys(outputs).flatMap((path) => Object.keys(outputs[path]!.inputs))
      .map((input) => input.replace(/^work:/, "")).filter((input) => input.startsWith("src/") || input.startsWith("/"))
    const sources = [...new Set(own)].map((input) => resolve(import.meta.dirname, "..", input))
    expect(sources.length).toBeGreaterThan(100)
    expect(sources.filter((path) => lacking.test(readFileSync(path, "utf8").replaceAll(/^\s*(?:\/\/|\*).*$/gm, ""))))
      .toEqual([])
  })

  it.each([["everyday", everyday], ["nouns", nouns]])("loads the work of %s together", (name, nouns) => {
    const listed = Object.values(nouns).flatMap(({ verbs }) => Object.keys(verbs))
    const loaded = loadedWith(outputOf(new RegExp(`/${name}-\\w+\\.js$`)))
      .filter((path) => /^work:.*\/src\/\w+\/(?!noun)/.test(path))
    expect(loaded).toHaveLength(listed.length)
  })

  it("answers a shell without commander, and without Effect", () => {
    const sources = loadedWith(outputOf(/\/complete-\w+\.js$/))
    expect(sources).toContainEqual(expect.stringMatching(/src\/completion\/Candidates\.ts$/))
    expect(sources.filter((path) => /\/effect\/|\/commander\/|^work:/.test(path))).toEqual([])
  })
})
