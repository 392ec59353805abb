import { PgClient, type PgConnection } from "@effect/sql-pg"
import { Context, Duration, Effect, Layer, Option, Redacted } from "effect"
import { SqlClient } from "effect/sql"
import { AppConfig, type DatabaseSettings } from "../Config.ts"
import { DataDirectory } from "../DataDirectory.ts"
import { assertSecret, forgetSigningKeys } from "../keys/SecretCheck.ts"
import { addressOf, databaseOf, roleOf } from "../PostgresUrl.ts"
import { Secret } from "../Secret.ts"
import { connectBatching } from "./connections/BatchingSocket.ts"
import { makeClient } from "./connections/Client.ts"
import type { PoolUse } from "./connections/PoolUse.ts"
import type { Statements } from "./connections/Statements.ts"
import { databaseUnavailable, isDatabaseError, type Owner } from "./DatabaseUnavailable.ts"
import { runEmbeddedDatabase } from "./embedded/EmbeddedDatabase.ts"
import { migrate } from "./Migrations.ts"
import { assertRuntimeRole, ensureRuntimeRole, type RuntimeLogin } from "./roles/RuntimeRole.ts"

/** What the server's answer takes at the most beyond the time that it may work on a statement. */
const onTheWay = Duration.seconds(1)

/** A PostgreSQL server: migrates over one connection, then serves requests as the runtime role. */
const server = Effect.fnUntraced(function*(settings: DatabaseSettings & { kind: "server" }) {
  const secret = Redacted.value(yield* Secret)
  const url = new URL(Redacted.value(settings.url))
  const directUrl = new URL(Redacted.value(settings.directUrl))
  const login = yield* migrate(
    Effect.andThen(
      assertSecret(secret, {
        name: "BETTER_AUTH_SECRET",
        advice: "set that one again, or delete the rows of auth.jwks, which ends the validity of every JWT"
      }),
      ensureRuntimeRole({
        wanted: roleOf(url),
        secret,
        statementTimeout: settings.statementTimeout,
        accepts: (login) => accepts({ url: settings.directUrl, ...credentials(login) })
      })
    )
  ).pipe(
    Effect.provide(PgClient.layer({
      url: settings.directUrl,
      username: roleOf(directUrl),
      maxConnections: 1,
      prepare: settings.prepared,
      applicationName: "todo migrations"
    }))
  )
  const address = addressOf(url)
  return yield* makeClient({
    url: settings.url,
    ...(login === undefined ? { username: roleOf(url) } : credentials(login)),
    stream: () => connectBatching(address),
    maxConnections: settings.connections,
    prepare: settings.prepared,
    groupCommit: settings.groupCommit,
    answerTimeout: Duration.sum(settings.statementTimeout, onTheWay)
  })
})

/** What signs in as this role, whatever the URL has. */
const credentials = ({ password, username }: RuntimeLogin) => ({ username, password: Redacted.make(password) })

/** Whether the server lets this login in. */
const accepts = (login: PgConnection.Config) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) => sql`SELECT 1`).pipe(
    Effect.provide(PgClient.layer({ ...login, maxConnections: 1, prepare: false })),
    Effect.isSuccess
  )

/**
 * The embedded PostgreSQL: one connection for everything, since it has one
 * backend, which drops to the runtime role once it has migrated. The role is
 * the backend's, so it stays when the connection is made anew (tested).
 */
const embedded = Effect.gen(function*() {
  const secret = Redacted.value(yield* Secret)
  const directory = yield* DataDirectory
  const { keepUp, socket } = yield* runEmbeddedDatabase(`${directory.path}/postgres`)
  const context = yield* makeClient({
    stream: () => connectBatching({ path: socket }),
    username: "postgres",
    database: "postgres",
    minConnections: 1,
    maxConnections: 1,
    groupCommit: false,
    // It has one connection, and is started anew where that takes too long.
    answerTimeout: Duration.infinity
  })
  const isLost = directory.hasLostSecret && Option.isNone((yield* AppConfig).secret)
  if (isLost) {
    yield* Effect.logWarning(
      `The secret of ${directory.path} is lost, and another is made: browsers have to sign in anew, and nothing else is gone`
    )
  }
  const secretFile = `${directory.path}/secret`
  const login = yield* migrate(Effect.andThen(
    isLost ? forgetSigningKeys : assertSecret(secret, {
      name: "The secret",
      advice: `restore ${secretFile} from the same copy as the database, or set BETTER_AUTH_SECRET to that one again; `
        + `if it is lost, start without BETTER_AUTH_SECRET and without that file, and another is made`
    }),
    ensureRuntimeRole({
      wanted: undefined,
      secret,
      statementTimeout: undefined,
      accepts: () => Effect.succeed(false)
    })
  )).pipe(
    Effect.provideContext(context)
  )
  const sql = Context.get(context, SqlClient.SqlClient)
  yield* sql`SET SESSION AUTHORIZATION ${sql(login!.username)}`
  // Longer than that nobody waits for what it works on.
  yield* keepUp(login!.username, (yield* AppConfig).requestTimeout)
  return context
})

/**
 * The one client of the service's database, migrated, on a role that row-level
 * security holds; and the secret, which the embedded database keeps beside it.
 */
export const layer = Layer.unwrap(Effect.map(AppConfig, ({ database }) =>
  database.kind === "server"
    ? guarded(server(database), ownerOf(database)).pipe(Layer.provideMerge(Secret.layerConfigured))
    : guarded(embedded, undefined).pipe(Layer.provideMerge(Secret.layerKept), Layer.provide(DataDirectory.layer))))

/** Who migrates which database. */
const ownerOf = ({ directUrl }: DatabaseSettings & { kind: "server" }): Owner => {
  const url = new URL(Redacted.value(directUrl))
  return { role: roleOf(url), database: databaseOf(url) }
}

const guarded = <E, R>(
  client: Effect.Effect<Context.Context<SqlClient.SqlClient | Statements | PoolUse>, E, R>,
  owner: Owner | undefined
) =>
  Layer.effectContext(
    Effect.tap(client, (context) => assertRuntimeRole.pipe(Effect.provideContext(context))).pipe(
      // A lost connection cannot be told to roll back either, which Effect takes for a fault of ours.
      Effect.catchDefect((defect) => isDatabaseError(defect) ? Effect.fail(defect) : Effect.die(defect)),
      Effect.catchIf(isDatabaseError, (error) => Effect.fail(databaseUnavailable(error, owner)))
    )
  )
