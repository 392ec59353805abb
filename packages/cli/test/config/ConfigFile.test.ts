import { afterAll, describe, expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { readConfig } from "../../src/config/ConfigFile.ts"
import { type Config, valueAt, withValue } from "../../src/config/ConfigKeys.ts"
import { configuredEnvironment, configuredOptions } from "../../src/config/Configured.ts"
import { writeConfig } from "../../src/config/WrittenConfig.ts"

const folder = mkdtempSync(join(tmpdir(), "todo-config-"))
afterAll(() => rmSync(folder, { recursive: true }))
const path = join(folder, "config.json")
const write = (text: string) => writeFileSync(path, text, { mode: 0o600 })

const config = fc.record<Config>({
  apiUrl: fc.webUrl({ withQueryParameters: false, withFragments: false }),
  timeout: fc.integer({ min: 1, max: 3600 }),
  words: fc.boolean(),
  pager: fc.constantFrom("less -R", "cat", "$(touch x)"),
  color: fc.constantFrom("auto", "always", "never"),
  format: fc.constantFrom("text", "json", "ndjson"),
  list: fc.record({ sort: fc.constantFrom("due", "-due,priority"), limit: fc.integer({ min: 1, max: 999 }) }),
  aliases: fc.dictionary(fc.stringMatching(/^[a-z][a-z-]{0,8}$/), fc.constantFrom("list", "done 7"), { minKeys: 1 })
}, { requiredKeys: [] })

describe("the file of what is configured", () => {
  it("holds what was written, for its user alone", () => {
    fc.assert(fc.property(config, (config) => {
      writeConfig(folder, config)
      expect(readConfig(folder)).toEqual(config)
    }))
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it("has what was set for a key, until it is unset", () => {
    fc.assert(fc.property(config, fc.constantFrom("timeout", "list.limit", "aliases.x"), (config, key) => {
      const value = key === "aliases.x" ? "list" : 7
      const set = withValue(config, key, value)
      expect(valueAt(set, key)).toBe(value)
      expect(valueAt(withValue(set, key, undefined), key)).toBeUndefined()
    }))
  })

  it("is nothing where there is none", () => {
    rmSync(path, { force: true })
    expect(readConfig(folder)).toEqual({})
  })

  it.each([
    ["{\n  \"timeout\": 30,\n  \"colour\": \"never\"\n}", 3, "There is no key \"colour\"", ["(Did you mean color?)"]],
    ["{\n  \"list\": {\n    \"srt\": \"due\" }\n}", 3, "There is no key \"list.srt\"", ["(Did you mean list.sort?)"]],
    ["{ \"timeout\": 0 }", 1, "timeout takes a number above 0 and up to 3600, and not 0", undefined],
    ["{\n\"words\": \"on\" }", 2, "words takes on, off, and not \"on\"", undefined],
    ["{\n\n\"list\": [] }", 3, "list is no JSON object", undefined],
    ["{ \"aliases\": { \"-x\": \"list\" } }", 1, "\"-x\" cannot be the name of an alias", undefined],
    ["{ \"apiUrl\": \"ftp://x\" }", 1, "apiUrl takes an http or https URL, and not \"ftp://x\"", undefined],
    ["[]", 1, "it is no JSON object", undefined],
    ["{\n  \"timeout\": 30,\n}", 3, "it is no JSON", undefined],
    ["", 1, "it is no JSON", undefined]
  ])("is refused with its line: %j", (text, line, message, hints) => {
    write(text)
    expect(() => readConfig(folder)).toThrow(`${path}:${line}: ${message}`)
    if (hints === undefined) return
    try {
      readConfig(folder)
    } catch (error) {
      expect(error).toMatchObject({ hints })
    }
  })
})

describe("what is configured", () => {
  const all: Config = { apiUrl: "https://a.example", timeout: 5, words: false, pager: "more", color: "never" }

  it("is behind the environment", () => {
    const own = {
      TODO_API_URL: "https://b.example",
      TODO_TIMEOUT: "9",
      TODO_WORDS: "on",
      TODO_PAGER: "",
      FORCE_COLOR: "1"
    }
    expect(configuredEnvironment(own, all)).toEqual(own)
    expect(configuredEnvironment({ TODO_TIMEOUT: "" }, all)).toEqual({
      TODO_API_URL: "https://a.example",
      TODO_TIMEOUT: "5",
      TODO_WORDS: "off",
      TODO_PAGER: "more",
      NO_COLOR: "1"
    })
  })

  it("is behind options", () => {
    const options = {
      json: false,
      quiet: false,
      apiUrl: undefined,
      input: true,
      color: true,
      pager: true,
      queue: true,
      ndjson: false,
      fields: undefined,
      template: undefined
    }
    expect(configuredOptions(options, { format: "json" })).toEqual({ ...options, json: true })
    for (const said of [{ quiet: true }, { ndjson: true }, { fields: "title" }, { template: "x" }]) {
      expect(configuredOptions({ ...options, ...said }, { format: "json" })).toEqual({ ...options, ...said })
    }
  })
})
