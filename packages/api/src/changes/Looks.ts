import type { SessionId } from "@todo/domain/users/CurrentUser"
import { Array, Effect, Layer, Schedule } from "effect"
import { reasonOf } from "../database/connections/Outage.ts"
import { Statements } from "../database/connections/Statements.ts"
import { type Listener, Wakeups } from "../database/Wakeups.ts"

/** How many sessions a statement looks for: others wait for it on its connection. */
const atOnce = 100

/**
 * Looks each half second, as long as somebody listens, what other replicas have written, and whose session has ended: a
 * NOTIFY in each write would take most of its throughput, and behind a pooler nobody hears it (docs/adr/0029).
 */
export const Looks = Layer.effectDiscard(Effect.gen(function*() {
  const { run } = yield* Statements
  const wakeups = yield* Wakeups

  const look = Effect.fnUntraced(function*(listeners: ReadonlyMap<SessionId, ReadonlyArray<Listener>>) {
    const watched = [...listeners].map(([session, [one]]) => ({ session, user: one!.user.id }))
    const rows = yield* run<{ sid: SessionId; last: number | null }>(
      "SELECT sid, last::float8 AS last FROM todo.look($1::jsonb)",
      [JSON.stringify(watched)]
    )
    for (const { last, sid } of rows) {
      for (const { due, heard } of listeners.get(sid)!) {
        // Who reads in the name of a session that has ended finds out.
        if (last === null || last > heard) due.openUnsafe()
      }
    }
  })
  const lookForAll = Effect.suspend(() => {
    const bySession = Map.groupBy(wakeups.listeners(), ({ user }) => user.sessionId)
    return Effect.forEach(Array.chunksOf(bySession, atOnce), (some) => look(new Map(some)), { discard: true })
  })
  yield* lookForAll.pipe(
    Effect.catch((error) => Effect.logDebug(`Looking what others have written failed: ${reasonOf(error)}`)),
    Effect.repeat(Schedule.spaced("500 millis")),
    Effect.forkScoped
  )
}))
