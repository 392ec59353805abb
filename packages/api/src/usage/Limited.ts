/** Something of which a user may have so many. A feature says so of what it has. */
export interface Limited {
  /** As `limit_reached` calls it. */
  readonly limit: string
  readonly max: number
  /** How many of it the user `me.uid` has, in SQL; absent where nobody counts. */
  readonly count?: string
}
