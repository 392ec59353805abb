import { PgClient } from "@effect/sql-pg"
import { Context, Duration, Effect, Layer, Redacted, Schema } from "effect"
import { SqlClient, SqlError } from "effect/sql"
import { assertSecret } from "../auth/SecretCheck.ts"
import { AppConfig, type DatabaseSettings } from "../Config.ts"
import { Secret } from "../Secret.ts"
import { addressOf, connectBatching } from "./BatchingSocket.ts"
import { makeClient } from "./Client.ts"
import { DataDirectory } from "./DataDirectory.ts"
import { runEmbeddedDatabase } from "./EmbeddedDatabase.ts"
import { migrate } from "./Migrations.ts"
import { reasonOf } from "./Outage.ts"
import type { PoolUse } from "./PoolUse.ts"
import { assertRuntimeRole, ensureRuntimeRole, type RuntimeLogin } from "./RuntimeRole.ts"
import type { Statements } from "./Statements.ts"

/** The database cannot be reached or prepared; the service does not start. */
export class DatabaseUnavailable extends Schema.TaggedError<DatabaseUnavailable>()("DatabaseUnavailable", {
  message: Schema.String,
  cause: Schema.Defect()
}) {}

/** What the server's answer takes at the most beyond the time that it may work on a statement. */
const onTheWay = Duration.seconds(1)

/** A PostgreSQL server: migrates over one connection, then serves requests as the runtime role. */
const server = Effect.fnUntraced(function*(settings: DatabaseSettings & { kind: "server" }) {
  const secret = Redacted.value(yield* Secret)
  const url = new URL(Redacted.value(settings.url))
  const role = decodeURIComponent(url.username)
  const login = yield* migrate(
    Effect.andThen(
      assertSecret(secret),
      ensureRuntimeRole({
        wanted: role,
        secret,
        statementTimeout: settings.statementTimeout,
        accepts: (login) => accepts(withLogin(new URL(Redacted.value(settings.directUrl)), login))
      })
    )
  ).pipe(
    Effect.provide(PgClient.layer({
      url: settings.directUrl,
      maxConnections: 1,
      prepare: settings.prepared,
      applicationName: "todo migrations"
    }))
  )
  const address = addressOf(url)
  return yield* makeClient({
    url: login === undefined ? settings.url : withLogin(url, login),
    stream: address && (() => connectBatching(address)),
    maxConnections: settings.connections,
    prepare: settings.prepared,
    groupCommit: settings.groupCommit,
    answerTimeout: Duration.sum(settings.statementTimeout, onTheWay)
  })
})

const withLogin = (url: URL, login: RuntimeLogin) => {
  const changed = new URL(url)
  changed.username = encodeURIComponent(login.username)
  changed.password = encodeURIComponent(login.password)
  return Redacted.make(changed.href)
}

/** Whether the server lets this login in. */
const accepts = (url: Redacted.Redacted) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) => sql`SELECT 1`).pipe(
    Effect.provide(PgClient.layer({ url, maxConnections: 1, prepare: false })),
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
  const path = yield* runEmbeddedDatabase(`${directory.path}/postgres`)
  const context = yield* makeClient({
    stream: () => connectBatching({ path }),
    username: "postgres",
    database: "postgres",
    minConnections: 1,
    maxConnections: 1,
    groupCommit: false,
    // It has one connection, which only a new start of the process could replace.
    answerTimeout: Duration.infinity
  })
  const login = yield* migrate(Effect.andThen(
    assertSecret(secret),
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
  return context
})

/**
 * The one client of the service's database, migrated, on a role that row-level
 * security holds; and the secret, which the embedded database keeps beside it.
 */
export const layer = Layer.unwrap(Effect.map(AppConfig, ({ database }) =>
  database.kind === "server"
    ? guarded(server(database)).pipe(Layer.provideMerge(Secret.layerConfigured))
    : guarded(embedded).pipe(Layer.provideMerge(Secret.layerKept), Layer.provide(DataDirectory.layer))))

const guarded = <E, R>(client: Effect.Effect<Context.Context<SqlClient.SqlClient | Statements | PoolUse>, E, R>) =>
  Layer.effectContext(
    Effect.tap(client, (context) => assertRuntimeRole.pipe(Effect.provideContext(context))).pipe(
      Effect.catchIf(
        isSqlError,
        (error) => new DatabaseUnavailable({ message: `The database cannot be used: ${reasonOf(error)}`, cause: error })
      )
    )
  )

const isSqlError = Schema.is(SqlError.SqlError)
