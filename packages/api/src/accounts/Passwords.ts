import { normalPassword } from "@todo/domain/auth/Password"
import { Context, Effect, Layer } from "effect"
import { Worker } from "node:worker_threads"
import { currentLane } from "../passwords/PasswordLane.ts"
import { PasswordQueue } from "../passwords/PasswordQueue.ts"
import { workerModule } from "../WorkerModule.ts"
import { noteUnavailable } from "./AuthWork.ts"
import type { PasswordResult, PasswordWork } from "./password-worker.ts"

/** What waits for its turn, or has it. */
interface Job {
  readonly work: PasswordWork
  readonly done: (result: PasswordResult | undefined) => void
}

/** The normal text, and what was typed where that differs: accounts made before passwords were normalised have it. */
const textsOf = (typed: string): PasswordWork["texts"] => {
  const normal = normalPassword(typed)
  return normal === typed ? [normal] : [normal, typed]
}

/**
 * Hashes and checks passwords (argon2id, PHC string) for Better Auth, which
 * calls promises: one after another, on a thread of the lowest priority, with a
 * rest after each, so that who asks for tasks meanwhile does not wait for them
 * (docs/adr/0023, scripts/sign-ins-beside-tasks.ts).
 * Whose turn it is is decided when the one before is done (PasswordQueue.ts).
 */
const makePasswords = Effect.gen(function*() {
  const worker = yield* Effect.acquireRelease(
    Effect.sync(() => new Worker(workerModule("password-worker", import.meta.url))),
    (running) => Effect.promise(() => running.terminate())
  )
  const queue = new PasswordQueue<Job>()
  let atWork: Job | undefined
  const haveNextTurn = () => {
    atWork = queue.next()
    if (atWork !== undefined) worker.postMessage(atWork.work)
  }
  worker.on("message", (result: PasswordResult) => {
    const { done } = atWork!
    haveNextTurn()
    done(result)
  })

  const inTurn = async <A extends string | boolean>(work: PasswordWork) => {
    const result = await new Promise<PasswordResult | undefined>((done) => {
      queue.add(currentLane(), { work, done })?.done(undefined)
      if (atWork === undefined) haveNextTurn()
    })
    if (result === undefined) {
      const reason = "More passwords are to be checked than can be"
      noteUnavailable(reason)
      throw new Error(reason)
    }
    if ("failed" in result) throw new Error(result.failed)
    return result.value as A
  }
  return {
    hash: (password: string) => inTurn<string>({ texts: textsOf(password) }),
    verify: ({ hash, password }: { readonly hash: string; readonly password: string }) =>
      inTurn<boolean>({ texts: textsOf(password), hash })
  }
})

/** Hashes and checks passwords. */
export class Passwords extends Context.Service<Passwords>()("todo/api/accounts/Passwords", { make: makePasswords }) {
  static readonly layer = Layer.effect(Passwords, Passwords.make)
}
