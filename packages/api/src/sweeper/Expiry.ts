/** The rows of a table that are deleted after their time. A feature says so of its tables. */
export interface Expiry {
  /** With its schema. */
  readonly table: string
  /** The column with the time; absent where a policy of the table lets go what has had its time, and nothing else. */
  readonly at?: string
  /** How long after it, as PostgreSQL writes an interval; at once where absent. */
  readonly after?: string
}
