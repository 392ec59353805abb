import { DocumentedApi } from "@todo/domain/DocumentedApi"
import { OpenApi } from "effect/http-api"
import { readFileSync, writeFileSync } from "node:fs"

/** The committed document: what a change does to the contract shows in its diff. */
const file = new URL("../../../docs/openapi.json", import.meta.url)
const text = `${JSON.stringify(OpenApi.fromApi(DocumentedApi), null, 2)}\n`

const committed = () => {
  try {
    return readFileSync(file, "utf8")
  } catch {
    return ""
  }
}

switch (process.argv[2]) {
  case "--write":
    writeFileSync(file, text)
    break
  case "--check":
    if (committed() !== text) {
      console.error("docs/openapi.json is out of date: npm run fix")
      process.exitCode = 1
    }
    break
  default:
    console.error("usage: node packages/api/scripts/openapi.ts --write | --check")
    process.exitCode = 2
}
