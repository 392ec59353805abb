import { Context } from "effect"

/** How busy the connections of this process are, right now. */
export class PoolUse extends Context.Service<PoolUse, {
  /** Connections that at least one statement is at work on. */
  readonly connectionsInUse: number
  /** Statements at work. */
  readonly statements: number
  /** Statements that wait for a connection. */
  readonly waiting: number
}>()("todo/api/database/connections/PoolUse") {}
