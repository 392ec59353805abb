import { NodeServices } from "@effect/platform-node"
import { ConfigProvider, Effect, Layer } from "effect"
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { inject } from "vitest"
import { AppConfig } from "../../src/Config.ts"
import * as Database from "../../src/database/Database.ts"
import { FunctionsLive } from "../../src/Service.ts"
import { secret } from "./secret.ts"

/**
 * Makes a data directory in `scratch` as a service leaves it that has started once and that nobody has used. Of a first
 * start PGlite's initdb takes nearly all: four seconds of a core.
 */
export const prepareData = async (scratch: string): Promise<string> => {
  const folder = join(scratch, "prepared")
  mkdirSync(folder, { mode: 0o700 })
  writeFileSync(join(folder, "secret"), secret, { mode: 0o600 })
  const env = { TODO_DATA_DIR: folder, BETTER_AUTH_SECRET: secret }
  await Effect.runPromise(
    Effect.provide(
      Effect.void,
      Database.layer.pipe(
        Layer.provide(FunctionsLive),
        Layer.provide(AppConfig.layer),
        Layer.provide(ConfigProvider.layer(ConfigProvider.fromEnv({ env }))),
        Layer.provide(NodeServices.layer)
      )
    )
  )
  return folder
}

/** A copy of it, which goes away after the tests: for whom a first start is not what is tested. */
export const usedDataDirectory = (): string => {
  const folder = mkdtempSync(join(inject("scratch"), "data-"))
  cpSync(inject("preparedData"), folder, { recursive: true })
  return folder
}
