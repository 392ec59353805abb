import { Effect, Layer, Redacted } from "effect"
import { AppConfig, type DatabaseSettings, Environment, variableNames } from "./Config.ts"
import { misspellings } from "./Misspelling.ts"
import { databaseOf, placeOf } from "./PostgresUrl.ts"

/**
 * Tells the log where tasks and mail go, and what looks like a mistake, in a line each. A terminal has the welcome; a
 * log that somebody reads later has only this.
 */
export const StartNotes = Layer.effectDiscard(Effect.gen(function*() {
  const { database, logFormat, mail } = yield* AppConfig
  const { isProduction, linesWithoutEffect, names } = yield* Environment
  for (const line of linesWithoutEffect) {
    // Not the line itself: it may be a secret.
    yield* Effect.logWarning(`Line ${line} of .env sets nothing: it is no NAME=value`)
  }
  for (const { meant, variable } of misspellings(names, variableNames)) {
    yield* Effect.logWarning(`${variable} is set, which is no setting: is ${meant} meant?`)
  }
  const tasks = `Tasks are kept in ${whereIs(database)}`
  if (isProduction && database.kind === "embedded") {
    yield* Effect.logWarning(`${tasks}, which a loss of power can damage: set DATABASE_URL in production`)
  } else if (logFormat !== "pretty") {
    yield* Effect.logInfo(tasks)
  }
  if (isProduction && mail.kind === "files") {
    yield* Effect.logWarning(
      `Mail goes to nobody, but into files in ${mail.directory}, and with it new passwords: set SMTP_URL in production`
    )
  }
}))

const whereIs = (database: DatabaseSettings) => {
  if (database.kind === "embedded") return `an embedded PostgreSQL in ${database.dataDirectory}`
  const url = new URL(Redacted.value(database.url))
  return `PostgreSQL at ${placeOf(url)}, database ${databaseOf(url)}`
}
