import { Clock, Effect } from "effect"
import { SecureRandom } from "effect/crypto"
import { SqlClient, type SqlError } from "effect/sql"
import { Statements } from "../database/connections/Statements.ts"
import * as Randomness from "../Randomness.ts"
import { rekeyTimes } from "./FixedTimes.ts"

/** How much of a user's record is kept: the oldest goes first. */
export const recordBounds = { changes: 1_000_000, bytes: 1_073_741_824 }

/** How many things, or changes, a statement deletes: the user's own writes wait for it. */
const atOnce = { things: 500, changes: 2000 }

/** How many users' turns are read at once. */
const turnsAtOnce = 1000

interface Turn {
  readonly user_id: string
  readonly kind: string
  readonly at: Date
}

/**
 * Does what is due on the agenda (`todo.agenda`), user by user: empties the trash of what has been there for 30 days, and
 * takes away what of the record is older than 90 days, or more than a user may have, and makes keys of dates anew. Each statement is one user's, with
 * the user's own rights, and goes where nobody else's waits for it. Several replicas may do it at the same time; what a user writes meanwhile has the next turn wait.
 */
export const workOffAgenda = Effect.fn("workOffAgenda")(function*(bounds: typeof recordBounds) {
  const sql = yield* SqlClient.SqlClient
  const random = yield* SecureRandom.SecureRandom
  const now = new Date(yield* Clock.currentTimeMillis)

  const statements = yield* Statements
  const { runLong } = statements
  const isMore = (text: string, ...values: ReadonlyArray<unknown>) =>
    Effect.map(runLong<{ more: boolean }>(text, values), ([answer]) => answer!.more)
  const emptyTrash = (user: string) =>
    Effect.repeat(
      Effect.flatMap(random.uuidV7(), (operation) =>
        isMore("SELECT todo.sweep_trash($1, $2, $3, $4) AS more", user, now, operation, atOnce.things)),
      {
        while: (more) =>
          more
      }
    )
  const sweepRecord = Effect.fnUntraced(function*(user: string) {
    const [excess] = yield* runLong<{ upto: string }>(
      "SELECT todo.record_excess($1, $2, $3, $4)::text AS upto",
      [user, now, bounds.changes, bounds.bytes]
    )
    yield* Effect.repeat(
      isMore("SELECT todo.sweep_record($1, $2, $3, $4) AS more", user, excess!.upto, now, atOnce.changes),
      { while: (more) => more }
    )
  })
  const forget = (user: string) =>
    Effect.repeat(isMore("SELECT todo.forget_user($1, $2) AS more", user, atOnce.changes), { while: (more) => more })
  const rekey = (user: string, noted: Date) =>
    rekeyTimes(user, noted).pipe(
      Effect.provideService(SqlClient.SqlClient, sql),
      Effect.provideService(Statements, statements)
    )
  const kinds: Readonly<Record<string, (user: string, noted: Date) => Effect.Effect<unknown, SqlError.SqlError>>> = {
    trash: emptyTrash,
    record: sweepRecord,
    account: forget,
    zones: rekey
  }

  let failure: SqlError.SqlError | undefined
  for (let last: Turn | undefined;;) {
    const due: ReadonlyArray<Turn> = yield* sql<Turn>`SELECT user_id, kind, at FROM todo.agenda
      WHERE at <= ${now} ${
      last === undefined ? sql`` : sql`AND (user_id, kind) > (${last.user_id}::uuid, ${last.kind})`
    }
      ORDER BY user_id, kind LIMIT ${turnsAtOnce}`
    for (const { at, kind, user_id } of due) {
      // A newer release may have put more on it. What fails of one user's keeps nobody else waiting.
      const turn = kinds[kind]?.(user_id, at) ?? Effect.void
      yield* Effect.catch(turn, (error) => Effect.sync(() => failure ??= error))
    }
    yield* Effect.logDebug(`Did ${due.length} turns of the agenda`)
    if (due.length < turnsAtOnce) break
    last = due.at(-1)
  }
  if (failure !== undefined) return yield* failure
}, Effect.provide(Randomness.layer))
