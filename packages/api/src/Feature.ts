import { Context, type Layer } from "effect"
import type { Table } from "./database/Table.ts"

/** The rows of a table that are deleted after their time. */
export interface Expiry {
  /** With its schema. */
  readonly table: string
  /** The column with the time; absent where a policy of the table lets go what has had its time, and nothing else. */
  readonly at?: string
  /** How long after it, as PostgreSQL writes an interval; at once where absent. */
  readonly after?: string
}

/** Something of which a user may have so many. */
export interface Limited {
  /** As `limit_reached` calls it. */
  readonly limit: string
  readonly max: number
  /** How many of it the user `me.uid` has, in SQL; absent where nobody counts. */
  readonly count?: string
}

/** What a feature brings to the service. */
export interface Feature {
  /** The noun that it is of, whose writes are on record. */
  readonly noun?: Table
  /**
   * The present texts of its functions and triggers, of which some do what they do to the things of any noun. One noun has a
   * trash: things of others that are taken away come back by undo alone.
   */
  readonly functions?: (nouns: ReadonlyArray<Table>, trashed: Table) => ReadonlyArray<string>
  readonly expires?: ReadonlyArray<Expiry>
  readonly limits?: ReadonlyArray<Limited>
  /** What serves its groups of the contract. */
  readonly handlers?: Layer.Layer<never, unknown, unknown>
}

/** What some features have to know of all of them. */
export class Features extends Context.Service<Features, {
  readonly nouns: ReadonlyArray<Table>
  readonly limits: ReadonlyArray<Limited>
}>()("todo/api/Features") {}
