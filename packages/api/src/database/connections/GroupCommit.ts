import type { UserId } from "@todo/domain/users/User"
import { Effect, Exit, Scope } from "effect"
import type { SqlError } from "effect/sql"
import { connectWitness, type Witness, type WitnessConfig } from "./Witness.ts"

/**
 * When what statements behind the door have done, or seen, is safe from a crash of the database. PostgreSQL waits for
 * its disk at the end of each write, and wakes somebody for each: half of what a write costs. Together they wait once
 * (docs/adr/0018).
 */
export interface Commits {
  /** What the statement of a write ends with. */
  readonly clause: string
  /** Runs the statement of a write, and ends when nothing that it says can be lost any more. */
  write<A, E, R>(user: UserId, statement: Effect.Effect<A, E, R>): Effect.Effect<A, E | SqlError.SqlError, R>
  /** Runs a read, and ends when nothing that it shows can be lost any more that is written here. */
  read<A, E, R>(user: UserId, statement: Effect.Effect<A, E, R>): Effect.Effect<A, E | SqlError.SqlError, R>
  /** What the statement of `follow` computes for its first row, if it is to be shown. */
  readonly flush: string
  /**
   * Runs a read of the record, and ends when nothing that it shows can be lost any more, whoever has written it: what one
   * has read who follows the record must not be replaced by something else. `shows` says whether it shows anything.
   */
  follow<A, E, R>(
    statement: Effect.Effect<A, E, R>,
    shows: (answer: A) => boolean
  ): Effect.Effect<A, E | SqlError.SqlError, R>
}

/**
 * PostgreSQL waits for its disk at the end of each write, before anybody sees it. Another process may let writes be seen
 * sooner: a read of the record writes to the log itself, and has PostgreSQL wait until the log is on the disk.
 */
export const commitEach: Commits = {
  clause: "",
  write: (_user, statement) => statement,
  read: (_user, statement) => statement,
  flush: "(SELECT pg_logical_emit_message(true, 'todo', '') IS NOT NULL)",
  follow: (statement) => statement
}

/** How to connect, and to try again for a while where the database lets nobody in. */
export interface GroupCommitConfig extends WitnessConfig {
  readonly retryConnecting: <A>(connect: Effect.Effect<A, SqlError.SqlError>) => Effect.Effect<A, SqlError.SqlError>
}

/**
 * Lets writes commit without waiting, and then flushes the log for all that have come together meanwhile. Nobody gets
 * an answer before that: neither who wrote, nor who reads what the same user is writing. Where the connection for it is
 * lost they fail as if it were their own.
 *
 * Takes one connection. Behind a pooler, where a connection is not the server's, it is `commitEach`.
 */
export const makeGroupCommit = Effect.fnUntraced(function*(
  { retryConnecting, ...config }: GroupCommitConfig
): Effect.fn.Return<Commits, SqlError.SqlError, Scope.Scope> {
  const context = yield* Effect.context<never>()
  const connect = retryConnecting(Effect.provideService(connectWitness(config), Scope.Scope, yield* Effect.scope))

  let witness = yield* connect
  if (!witness.isDirect) {
    yield* Effect.logInfo("A pooler is between the service and PostgreSQL: each write waits for the disk by itself")
    return commitEach
  }

  let connecting: Promise<Exit.Exit<Witness, SqlError.SqlError>> | undefined
  const connectAgain = Effect.suspend(() => {
    const attempt = connecting ??= Effect.runPromiseExitWith(context)(connect).then((exit) => {
      connecting = undefined
      if (Exit.isSuccess(exit)) witness = exit.value
      return exit
    })
    return Effect.flatten(Effect.promise(() => attempt))
  })
  const present = Effect.suspend(() => witness.isLost() ? connectAgain : Effect.succeed(witness))

  /** How many writes of a user are at work. */
  const writing = new Map<UserId, number>()
  const begin = (user: UserId) => writing.set(user, (writing.get(user) ?? 0) + 1)
  const end = (user: UserId): undefined => {
    const others = writing.get(user)! - 1
    if (others === 0) writing.delete(user)
    else writing.set(user, others)
  }

  return {
    // It holds until the transaction ends. Where there is no row nothing was written, and it does not matter.
    clause: " WHERE set_config('synchronous_commit', 'off', true) = 'off'",
    write: (user, statement) =>
      Effect.flatMap(present, (by) => {
        begin(user)
        return Effect.onExitPrimitive(
          Effect.flatMap(statement, (answer) => Effect.as(by.flushed, answer)),
          () => end(user)
        )
      }),
    read: (user, statement) =>
      Effect.suspend(() => {
        const by = witness
        return Effect.filterOrElse(
          statement,
          () => !writing.has(user),
          (answer) => Effect.as(by.flushed, answer)
        )
      }),
    flush: "NULL",
    follow: (statement, shows) =>
      Effect.flatMap(present, (by) =>
        Effect.filterOrElse(
          statement,
          (answer) => !shows(answer),
          (answer) => Effect.as(by.flushed, answer)
        ))
  }
})
