import { assert, describe, it } from "@effect/vitest"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { variableNames } from "../src/Config.ts"
import { misspellings } from "../src/Misspelling.ts"

const repository = join(import.meta.dirname, "../../..")

describe("variables that are nearly settings", () => {
  for (
    const [variable, meant] of [
      ["DATABSE_URL", "DATABASE_URL"],
      ["DATABASE_URI", "DATABASE_URL"],
      ["DATABASEURL", "DATABASE_URL"],
      ["database_url", "DATABASE_URL"],
      ["BETTER_AUTH_SECERT", "BETTER_AUTH_SECRET"],
      ["CORS_ORIGIN", "CORS_ORIGINS"],
      ["TRUSTED_PROXY", "TRUSTED_PROXIES"],
      ["SMPT_URL", "SMTP_URL"],
      ["LOGLEVEL", "LOG_LEVEL"]
    ] as const
  ) {
    it(`${variable} is taken for ${meant}`, () => {
      assert.deepStrictEqual(misspellings([variable], variableNames), [{ variable, meant }])
    })
  }

  it("what is set right was not meant by another", () => {
    assert.deepStrictEqual(misspellings(["DATABASE_URL", "DATABASE_URI"], variableNames), [])
  })

  it("what others read is theirs", () => {
    // Of a shell, of Kubernetes, of platforms.
    const theirs = [
      "HOME",
      "HOSTNAME",
      "PATH",
      "PGHOST",
      "PGPORT",
      "POSTGRES_PORT",
      "REDIS_URL",
      "TERM",
      "NODE_OPTIONS"
    ]
    assert.deepStrictEqual(misspellings(theirs, variableNames), [])
  })

  it("nothing that .env.example names is taken for another, and it names every setting", () => {
    const example = readFileSync(join(repository, ".env.example"), "utf8")
    const named = [...example.matchAll(/^# ([A-Z_]+)=/gm)].map(([, name]) => name!)
    assert.includeMembers(named, [...variableNames])
    for (const name of named) assert.deepStrictEqual(misspellings([name], variableNames), [], name)
  })
})
