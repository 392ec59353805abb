import { NodeServices } from "@effect/platform-node"
import { ConfigProvider, Context, Effect, Layer, Logger, References } from "effect"
import { HttpServer } from "effect/http"
import { SqlClient } from "effect/sql"
import { mkdtempSync } from "node:fs"
import { join } from "node:path"
import { inject } from "vitest"
import { AppConfig } from "../../src/Config.ts"
import * as Database from "../../src/database/Database.ts"
import { HttpLive } from "../../src/Http.ts"
import { FunctionsLive } from "../../src/Service.ts"
import { freePort } from "./freePort.ts"
import { captureConsole, newLog } from "./Logs.ts"
import { usedDataDirectory } from "./preparedData.ts"
import { secret } from "./secret.ts"
import { recordRequests } from "./Secrets.ts"
import { recordSettings } from "./Settings.ts"

/** What the tests' service calls itself; the issuer of its tokens. */
export const publicUrl = "http://todo.test"
/** The origin of a frontend that may call it. */
export const allowedOrigin = "http://app.test"

const environment = () => ({
  PORT: "0",
  PUBLIC_URL: publicUrl,
  CORS_ORIGINS: `${allowedOrigin},http://other.test`,
  BETTER_AUTH_SECRET: secret,
  // They sign up many people from one address.
  RATE_LIMITS: "off",
  ...(inject("database") === "PGlite"
    ? { TODO_DATA_DIR: usedDataDirectory() }
    : { TODO_DATA_DIR: mkdtempSync(join(inject("scratch"), "data-")), DATABASE_URL: inject("postgresUrl") })
})

/** With `TEST_POOLER_URL` the service is served through a pooler, such as PgBouncer, in front of `TEST_DATABASE_URL`. */
const throughPooler = (): Record<string, string> => {
  const pooler = process.env["TEST_POOLER_URL"]
  return pooler === undefined || inject("database") === "PGlite" ? {} : {
    DATABASE_URL: pooler,
    DATABASE_URL_UNPOOLED: inject("postgresUrl"),
    DATABASE_PREPARED: "off"
  }
}

/** Where the service of this suite listens, where it puts its mail, and its database client. */
export class TestService extends Context.Service<TestService, {
  readonly url: string
  readonly mail: string
  readonly sql: SqlClient.SqlClient
}>()("todo/api/test/TestService") {
  /** The whole service in this process, on the database of the suite, and its database client. */
  static readonly layer = TestService.layerWith({})

  /** The same, with a `PUBLIC_URL` of this machine, as `npm start` has it: by that name its pages can be used here. */
  static readonly localLayer = Layer.unwrap(
    Effect.map(
      Effect.promise(freePort),
      (port) => TestService.layerWith({ PORT: String(port), PUBLIC_URL: `http://localhost:${port}` })
    )
  )

  /** The same, with some variables of its environment set to something else. */
  static layerWith(variables: Record<string, string>) {
    return Layer.effect(
      TestService,
      Effect.map(
        Effect.all([HttpServer.HttpServer, AppConfig, SqlClient.SqlClient]),
        ([{ address }, { dataDirectory }, sql]) =>
          TestService.of({ url: HttpServer.formatAddress(address), mail: join(dataDirectory, "mail"), sql })
      )
    ).pipe(
      Layer.provide(HttpLive),
      Layer.provideMerge(Database.layer.pipe(Layer.provide(FunctionsLive))),
      Layer.provideMerge(AppConfig.layer),
      Layer.provide(
        Layer.suspend(() => {
          const env = { ...environment(), ...("DATABASE_URL" in variables ? {} : throughPooler()), ...variables }
          captureConsole()
          recordRequests()
          recordSettings(env)
          return ConfigProvider.layer(ConfigProvider.fromEnv({ env }))
        })
      ),
      Layer.provide(Layer.suspend(() => Logger.layer([Logger.map(Logger.formatJson, newLog())]))),
      Layer.provide(Layer.succeed(References.MinimumLogLevel, "All")),
      Layer.provide(NodeServices.layer),
      Layer.orDie
    )
  }
}
