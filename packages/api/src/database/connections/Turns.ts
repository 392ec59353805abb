import { type Duration, Effect, Exit, Fiber } from "effect"

/** Turns of users at the database. */
export interface Turns {
  /** Runs the statement when those of the user that came before have ended. */
  run<A, E, R>(user: string, statement: Effect.Effect<A, E, R>): Effect.Effect<A, E, R>
}

/**
 * Has one write of a user at the database at a time, in the order they came. A second would wait for the user's counter
 * there, and everything behind it on its connection, other users' statements too, would wait with it (docs/adr/0026).
 *
 * Who asked may be gone before the statement has ended: its turn lasts until then, or until nobody would wait for an
 * answer any longer.
 */
export const makeTurns = (answerTimeout: Duration.Duration): Turns => {
  /** Those who wait, by the user whose turn it is. */
  const waiting = new Map<string, Set<() => void>>()

  const end = (user: string): undefined => {
    for (const next of waiting.get(user)!) {
      waiting.get(user)!.delete(next)
      next()
      return undefined
    }
    waiting.delete(user)
  }
  /** Has to be evaluated as soon as it is made. */
  const begun = <A, E, R>(user: string, statement: Effect.Effect<A, E, R>) =>
    Effect.flatMap(
      Effect.forkDetach(Effect.onExitPrimitive(statement, () => end(user)), { startImmediately: true }),
      (fiber) =>
        Effect.onExitPrimitive(
          Fiber.join(fiber),
          (exit) => Exit.hasInterrupts(exit) ? Effect.forkDetach(giveUp(fiber)) : undefined
        )
    )
  const giveUp = (fiber: Fiber.Fiber<unknown, unknown>) =>
    Effect.timeoutOrElse(Fiber.await(fiber), { duration: answerTimeout, orElse: () => Fiber.interrupt(fiber) })

  return {
    run: (user, statement) =>
      Effect.suspend(() => {
        const others = waiting.get(user)
        if (others === undefined) {
          waiting.set(user, new Set())
          return begun(user, statement)
        }
        return Effect.callback((resume) => {
          const next = () => resume(begun(user, statement))
          others.add(next)
          return Effect.sync(() => others.delete(next))
        })
      })
  }
}
