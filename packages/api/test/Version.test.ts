import { assert, it } from "@effect/vitest"
import { DocumentedApi } from "@todo/domain/DocumentedApi"
import { OpenApi } from "effect/http-api"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { version } from "../src/Version.ts"

const repository = join(import.meta.dirname, "../../..")

it("the service, the client and all else here are of one release", () => {
  const folders = ["", ...readdirSync(join(repository, "packages")).map((name) => `packages/${name}`)]
  for (const folder of folders) {
    const { version: own } = JSON.parse(readFileSync(join(repository, folder, "package.json"), "utf8"))
    assert.strictEqual(own, version, folder)
  }
  assert.strictEqual(OpenApi.fromApi(DocumentedApi).info.version, version)
})
