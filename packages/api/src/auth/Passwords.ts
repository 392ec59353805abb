import { hash, verify } from "@node-rs/argon2"
import { Effect, Semaphore } from "effect"
import { noteUnavailable } from "./SqlPool.ts"

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane; about 17 ms on a thread of libuv's pool. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

/**
 * How many passwords are hashed at once. More would only take the threads that
 * verify tokens, and 19 MiB each; the others wait their turn.
 */
const atOnce = 2
/** How many wait for their turn, which takes them a third of a second; more are told to come back. */
const mostWaiting = 40

/** Hashes and checks passwords (argon2id, PHC string) off the main thread, for Better Auth, which calls promises. */
export const makePasswords = () => {
  const turns = Semaphore.makeUnsafe(atOnce)
  let waiting = 0
  const inTurn = async <A>(work: () => Promise<A>) => {
    if (waiting >= mostWaiting) {
      noteUnavailable("More passwords are to be checked than can be")
      throw new Error("More passwords are to be checked than can be")
    }
    waiting++
    return Effect.runPromise(turns.withPermits(1)(Effect.promise(work))).finally(() => waiting--)
  }
  return {
    hash: (password: string) => inTurn(() => hash(password, parameters)),
    verify: (attempt: { readonly hash: string; readonly password: string }) =>
      inTurn(() => verify(attempt.hash, attempt.password))
  }
}
