import { Context, Duration, type Effect } from "effect"
import type { SqlClient, SqlError } from "effect/sql"
import { commitEach, type Commits } from "./GroupCommit.ts"
import { makeTurns, type Turns } from "./Turns.ts"

/** Runs a statement and answers its rows. */
export type Run = <Row extends object>(
  text: string,
  values: ReadonlyArray<unknown>
) => Effect.Effect<ReadonlyArray<Row>, SqlError.SqlError>

/**
 * Runs statements whose text never changes, which is what every request does. Of the `sql` tag's statements each is
 * written anew, and its text hashed anew to find out that the connection has prepared it (docs/adr/0017).
 */
export class Statements extends Context.Service<Statements, {
  /** Runs a statement, which is a transaction of its own, with the values of $1, $2 and so on. */
  readonly run: Run
  /** The same for one that takes longer than others: on a connection where nobody else's statement waits behind it. */
  readonly runLong: Run
  /**
   * The same for a read whose text comes once, such as that of a filter: nothing is prepared, so that it pushes no other
   * statement out of what a connection keeps, and its plan is made for its values.
   */
  readonly runOnce: Run
  /** Both. */
  readonly runLongOnce: Run
  /** When what they have done, or seen, is safe. */
  readonly commits: Commits
  /** Whose write is at the database. */
  readonly turns: Turns
}>()("todo/api/database/connections/Statements") {
  /** Runs them as statements of `sql`, with their spans. */
  static through(
    sql: SqlClient.SqlClient,
    commits: Commits = commitEach,
    turns = makeTurns(Duration.infinity),
    long = sql
  ) {
    return Statements.of({
      run: (text, values) => sql.unsafe(text, values),
      runLong: (text, values) => long.unsafe(text, values),
      runOnce: once(sql),
      runLongOnce: once(long),
      commits,
      turns
    })
  }
}

const once = (sql: SqlClient.SqlClient): Run => <Row extends object>(text: string, values: ReadonlyArray<unknown>) =>
  sql.unsafe<Row>(text, values).unprepared
