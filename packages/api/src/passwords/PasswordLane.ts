import { Context, Effect } from "effect"
import { AsyncLocalStorage } from "node:async_hooks"

/** On whose behalf a password is hashed or checked, which decides when it is done (PasswordQueue.ts). */
export interface Lane {
  /** Whether the service knows who asks: a known pair of account and client, a session, the code of a mail. */
  readonly known: boolean
  /** The network that the client is in (`blockOf`). */
  readonly network: string
  /** The account that is known to be the one who asks; of others, their network. */
  readonly asker: string
}

/** Somebody of no network, whom nobody knows. */
const nobody: Lane = { known: false, network: "", asker: "" }

/** The lane of the request at hand. The rate limits set it: they find out who is known. */
export const PasswordLane = Context.Reference<Lane>("todo/api/passwords/PasswordLane", { defaultValue: () => nobody })

const lanes = new AsyncLocalStorage<Lane>()

/** Takes the lane along to where Better Auth, which knows no fibers, calls `hash` and `verify`. */
export const inItsLane = <A>(work: () => Promise<A>): Effect.Effect<() => Promise<A>> =>
  Effect.map(PasswordLane, (lane) => () => lanes.run(lane, work))

/** The lane of what Better Auth is at work on. */
export const currentLane = (): Lane => lanes.getStore() ?? nobody
