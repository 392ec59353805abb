import { readFileSync } from "node:fs"
import { join } from "node:path"
import { derivePassword } from "../../src/database/roles/RuntimeRole.ts"
import { parsePostgresUrl } from "../../src/PostgresUrl.ts"
import { recordSecrets } from "./Secrets.ts"

/** Notes the secrets among a service's settings, and those that it makes of them or, once it has run, has made. */
export const recordSettings = (environment: Readonly<Record<string, string>>) => {
  const secret = environment["BETTER_AUTH_SECRET"] ?? keptSecret(environment["TODO_DATA_DIR"])
  if (secret !== undefined) recordSecrets(secret, derivePassword(secret))
  for (const name of ["DATABASE_URL", "DATABASE_URL_UNPOOLED"]) {
    const url = parsePostgresUrl(environment[name] ?? "")
    if (url !== undefined) recordSecrets(decodeURIComponent(url.password))
  }
}

const keptSecret = (folder: string | undefined) => {
  try {
    return folder === undefined ? undefined : readFileSync(join(folder, "secret"), "utf8").trim()
  } catch {
    // It did not get that far.
    return undefined
  }
}
