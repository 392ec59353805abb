import { Schema } from "effect"
import { Migrator, SqlError } from "effect/sql"
import { errorLine } from "../errorLine.ts"
import { reasonOf, sqlStateOf } from "./connections/Outage.ts"

/** The database cannot be reached or prepared; the service does not start. */
export class DatabaseUnavailable extends Schema.TaggedError<DatabaseUnavailable>()("DatabaseUnavailable", {
  message: Schema.String,
  cause: Schema.Defect()
}) {}

/** Who prepares which database. */
export interface Owner {
  readonly role: string
  readonly database: string
}

/** What can go wrong with the database at start, whoever asked. */
export type DatabaseError = SqlError.SqlError | Migrator.MigrationError

export const isDatabaseError = (error: unknown): error is DatabaseError =>
  SqlError.isSqlError(error) || error instanceof Migrator.MigrationError

/** Says in one line what PostgreSQL has refused, and what an operator can do about it. */
export const databaseUnavailable = (error: DatabaseError, owner: Owner | undefined): DatabaseUnavailable => {
  const migration = SqlError.isSqlError(error) ? "" : `${errorLine(error)}: `
  const refused = SqlError.isSqlError(error) ? error : error.cause
  const said = SqlError.isSqlError(refused) ? reasonOf(refused) : refused === undefined ? "" : errorLine(refused)
  const advice = SqlError.isSqlError(refused) && owner !== undefined ? adviceOn(refused, owner) : undefined
  return new DatabaseUnavailable({
    message: [
      `The database cannot be used: ${migration}${said}`.replace(/: $/, ""),
      ...(advice === undefined ? [] : [advice])
    ].join(". "),
    cause: error
  })
}

const quote = (name: string) => `"${name.replaceAll("\"", "\"\"")}"`

const adviceOn = (error: SqlError.SqlError, { database, role }: Owner) => {
  const [inDatabase, who] = [quote(database), quote(role)]
  switch (sqlStateOf(error)) {
    case "42501":
      return /\b(?:database|schema public)\b/.test(reasonOf(error))
        ? `As an administrator, run in this database: GRANT CREATE ON DATABASE ${inDatabase} TO ${who}; `
          + `GRANT USAGE, CREATE ON SCHEMA public TO ${who}`
        : `An earlier start has made this as another role: set DATABASE_URL_UNPOOLED to that one, which migrates, or, `
          + `as an administrator, run in this database: REASSIGN OWNED BY "that role" TO ${who}`
    case "25006":
      return "It is a standby, or default_transaction_read_only is on: set DATABASE_URL_UNPOOLED to the primary, or run: "
        + `ALTER ROLE ${who} SET default_transaction_read_only = off`
    case "3F000":
      return `The search_path names no schema that is there; run: ALTER ROLE ${who} SET search_path = public`
    case "57014":
      return `A start needs more time than the role has; run: ALTER ROLE ${who} SET statement_timeout = '1min'`
    default:
      return undefined
  }
}
