import type { CurrentUser } from "@todo/domain/users/CurrentUser"
import type { UserId } from "@todo/domain/users/User"
import { Context, Effect, Latch, Layer, type Scope } from "effect"

/** Somebody who waits for what happens to a user's things. */
export interface Listener {
  readonly user: CurrentUser["Service"]
  /** Open when something may have happened that has not been heard of, or the session may have ended. */
  readonly due: Latch.Latch
  /** The last operation that has been heard of. */
  heard: number
}

/**
 * Wakes those who wait for what happens to a user's things. It tells them nothing: they read the record, each from where it
 * is, so that nothing waits in memory for whoever is slow. To a write of a user for whom nobody waits it is a look-up.
 */
export class Wakeups extends Context.Service<Wakeups, {
  /** Listens until the scope ends. */
  listen(user: CurrentUser["Service"]): Effect.Effect<Listener, never, Scope.Scope>
  /** Wakes those who listen to the user. */
  wake(user: UserId): void
  /** All who listen. */
  readonly listeners: () => ReadonlyArray<Listener>
}>()("todo/api/database/Wakeups") {
  static readonly layer = Layer.sync(Wakeups, () => {
    const byUser = new Map<UserId, Set<Listener>>()
    const leave = (listener: Listener) => {
      const others = byUser.get(listener.user.id)!
      others.delete(listener)
      if (others.size === 0) byUser.delete(listener.user.id)
    }
    const enter = (user: CurrentUser["Service"]): Listener => {
      const listener: Listener = { user, due: Latch.makeUnsafe(true), heard: 0 }
      const others = byUser.get(user.id)
      if (others === undefined) byUser.set(user.id, new Set([listener]))
      else others.add(listener)
      return listener
    }
    return Wakeups.of({
      listen: (user) =>
        Effect.acquireRelease(Effect.sync(() => enter(user)), (listener) => Effect.sync(() => leave(listener))),
      wake: (user) => {
        const listeners = byUser.get(user)
        if (listeners === undefined) return
        for (const { due } of listeners) due.openUnsafe()
      },
      listeners: () => [...byUser.values()].flatMap((listeners) => [...listeners])
    })
  })
}
