import { Effect } from "effect"
import { join } from "node:path"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { accountFolder } from "./AccountFolder.ts"
import { LastKnown } from "./LastKnown.ts"
import { Queue } from "./Queue.ts"
import { Recently } from "./Recently.ts"

/** What is kept here of the account in use; undefined where nobody knows whose it is. */
export const offlineFiles = Effect.map(accountFolder, (path) =>
  path === undefined ? undefined : {
    path,
    queue: new Queue(path),
    known: new LastKnown(path),
    /** The service has said nothing, not even that it is away: what a command has waited for in vain, the next does not. */
    silence: new Recently(join(path, "silent")),
    /** The service was away: the next command tries once. */
    absence: new Recently(join(path, "absent")),
    /** The file that whoever sends the queue has made. */
    turn: join(path, "sending")
  })
export type OfflineFiles = NonNullable<Effect.Success<typeof offlineFiles>>

/** The folder cannot be read or written. */
export const unusable = ({ path }: OfflineFiles, cause: unknown): Failure =>
  new Failure({
    exitCode: ExitCode.unexpected,
    code: "queue_unavailable",
    message: `Cannot use the queue in ${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
    status: null,
    hints: ["--no-queue goes without it; TODO_CONFIG_DIR names another directory."],
    cause
  })

/** Works with the files, and fails where they cannot be used. */
export const inFiles = <A>(files: OfflineFiles, work: (files: OfflineFiles) => A): Effect.Effect<A, Failure> =>
  Effect.try({ try: () => work(files), catch: (cause) => unusable(files, cause) })
