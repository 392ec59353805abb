import { Effect } from "effect"
import { Credentials } from "../client/Credentials.ts"
import { usage } from "../failures/Failure.ts"
import { Offline } from "../offline/Offline.ts"
import { Settings } from "../Settings.ts"

/** The queue of the account in use. Fails (exit code 4) where nobody is signed in. */
export const ownQueue = Effect.fn("ownQueue")(function*() {
  const offline = yield* Offline
  if ((yield* Settings).token === undefined) yield* (yield* Credentials).required
  const queue = yield* offline.queue
  return queue ?? (yield* usage(
    "Nobody knows yet whose session this is, and so which queue is its own",
    "`todo whoami` asks the service."
  ))
})
