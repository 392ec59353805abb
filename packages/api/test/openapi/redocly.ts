import { execFile } from "node:child_process"
import { mkdtempSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { inject } from "vitest"

const root = fileURLToPath(new URL("../../../../", import.meta.url))
const cli = join(dirname(createRequire(import.meta.url).resolve("@redocly/cli/package.json")), "bin/cli.js")

/** One thing that Redocly does not like. */
export interface Finding {
  readonly ruleId: string
  readonly severity: string
  readonly message: string
}

/** Lints a document with Redocly's command line and the repository's `redocly.yaml`; nothing goes over the network. */
export const lint = (document: unknown): Promise<ReadonlyArray<Finding>> => {
  const file = join(mkdtempSync(join(inject("scratch"), "openapi-")), "openapi.json")
  writeFileSync(file, JSON.stringify(document))
  return new Promise((resolve, reject) =>
    execFile(
      process.execPath,
      [cli, "lint", file, "--format=json", `--config=${join(root, "redocly.yaml")}`],
      {
        cwd: root,
        env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
        maxBuffer: 64 * 1024 * 1024
      },
      (_, stdout, stderr) => {
        try {
          resolve((JSON.parse(stdout) as { readonly problems: ReadonlyArray<Finding> }).problems)
        } catch {
          reject(new Error(`Redocly did not answer: ${stdout}${stderr}`))
        }
      }
    )
  )
}
