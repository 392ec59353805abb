import { assert, describe, it } from "@effect/vitest"
import { Yaml } from "effect/encoding"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { serviceArguments } from "../scripts/bundle.ts"
import { variableNames } from "../src/Config.ts"

const read = (name: string) => readFileSync(join(import.meta.dirname, "../../..", name), "utf8")

interface Compose {
  readonly services: { readonly api: { readonly environment: Readonly<Record<string, string | null>> } }
}

describe("what the service is deployed with", () => {
  it("compose.yaml passes every setting on, but for where the image keeps things and listens", () => {
    const { services: { api: { environment } } } = Yaml.parse(read("compose.yaml")) as Compose
    const ofTheImage = ["HOST", "PORT", "TODO_DATA_DIR"]
    // That of another database would be migrated instead of compose's own.
    const ofTheDatabase = ["DATABASE_URL_UNPOOLED"]
    const passed = Object.keys(environment).filter((name) => !name.startsWith("OTEL_") || variableNames.includes(name))
    assert.sameMembers([...passed, ...ofTheImage, ...ofTheDatabase], [...variableNames])
    // Null: as it is set, and nothing where it is not. A text with a name in it may have a default.
    const own = Object.entries(environment).filter(([name, value]) => value !== null && !value.includes(`\${${name}:`))
    assert.deepStrictEqual(own.map(([name]) => name), ["DATABASE_URL"])
    for (const name of ofTheImage) assert.isTrue(name === "PORT" || read("Dockerfile").includes(`${name}=`), name)
  })

  it("docs/operations.md says of every setting what it is in production", () => {
    const table = /^## Variables$(.*?)^## /ms.exec(read("docs/operations.md"))![1]!
    for (const name of variableNames) assert.include(table, `\`${name}\``)
  })

  it("Node is started alike by npm, in the image and by systemd", () => {
    const starts = ["package.json", "Dockerfile", "docs/operations.md"].map((name) =>
      read(name).split("\n").find((line) => line.includes("packages/api/dist/main.js") && line.includes("--"))!
    )
    const flags = starts.map((line) => line.match(/--[a-z-]+(?:=\d+)?/g))
    for (const found of flags) assert.deepStrictEqual(found, serviceArguments.slice(0, -1))
  })

  it("the image holds the licence", () => {
    assert.match(read("Dockerfile"), /^COPY LICENSE /m)
    assert.match(read(".dockerignore"), /^!LICENSE$/m)
  })
})
