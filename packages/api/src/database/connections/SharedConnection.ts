import type { PgConnection } from "@effect/sql-pg"
import { Effect, Stream } from "effect"
import type { SqlConnection, SqlError } from "effect/sql"

type Rows = ReadonlyArray<PgConnection.Row>
type Transform = (<A extends object>(rows: ReadonlyArray<A>) => ReadonlyArray<A>) | undefined

/** A pooled connection that statements share, as SqlClient wants it, and how many statements are at work on it. */
export class SharedConnection implements SqlConnection.Connection {
  readonly connection: PgConnection.PgConnection
  statements = 0

  constructor(connection: PgConnection.PgConnection) {
    this.connection = connection
  }

  /** Runs a statement, prepared unless it comes once, whose rows are as the driver hands them over. */
  query<Row extends object>(text: string, values: ReadonlyArray<unknown>, prepare = true) {
    return Effect.map(
      this.connection.query(text, values, prepare),
      ({ rows }) => rows as ReadonlyArray<object> as ReadonlyArray<Row>
    )
  }

  private rows(sql: string, parameters: ReadonlyArray<unknown>, transform: Transform, prepare: boolean) {
    return Effect.map(this.connection.query(sql, parameters, prepare), ({ rows }): Rows => transform?.(rows) ?? rows)
  }

  execute(sql: string, parameters: ReadonlyArray<unknown>, transform: Transform) {
    return this.rows(sql, parameters, transform, true)
  }
  executeUnprepared(sql: string, parameters: ReadonlyArray<unknown>, transform: Transform) {
    return this.rows(sql, parameters, transform, false)
  }
  executeRaw(sql: string, parameters: ReadonlyArray<unknown>): Effect.Effect<PgConnection.Result, SqlError.SqlError> {
    return this.connection.query(sql, parameters)
  }
  executeValues(sql: string, parameters: ReadonlyArray<unknown>) {
    return this.connection.queryValues(sql, parameters)
  }
  executeValuesUnprepared(sql: string, parameters: ReadonlyArray<unknown>) {
    return this.connection.queryValues(sql, parameters, false)
  }
  executeStream(sql: string, parameters: ReadonlyArray<unknown>, transform: Transform) {
    const rows = this.connection.stream(sql, parameters)
    return transform === undefined ? rows : Stream.map(rows, (row) => transform([row])[0]!)
  }
}
