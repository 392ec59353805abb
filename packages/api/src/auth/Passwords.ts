import { Context, Effect, Layer } from "effect"
import { Worker } from "node:worker_threads"
import { sibling } from "../sibling.ts"
import { noteUnavailable } from "./AuthWork.ts"
import type { PasswordResult, PasswordWork } from "./password-worker.ts"

/** How many wait for their turn, which takes them a second; more are told to come back. */
const mostWaiting = 40

/**
 * Hashes and checks passwords (argon2id, PHC string) for Better Auth, which
 * calls promises: one after another, on a thread of the lowest priority, with a
 * rest after each, which makes some forty a second. Two at a time on threads
 * like any other, eight sign-ins in flight made the p95 of a list of tasks 5.7
 * times as long; this way it is 1.2 to 1.6 times (scripts/sign-ins-beside-tasks.ts).
 */
const makePasswords = Effect.gen(function*() {
  const worker = yield* Effect.acquireRelease(
    Effect.sync(() => new Worker(sibling("password-worker", import.meta.url))),
    (running) => Effect.promise(() => running.terminate())
  )
  const waiting = new Map<number, (result: PasswordResult) => void>()
  worker.on("message", (result: PasswordResult) => waiting.get(result.id)?.(result))
  let lastId = 0

  const inTurn = <A extends string | boolean>(work: Omit<PasswordWork, "id">) => {
    if (waiting.size >= mostWaiting) {
      const reason = "More passwords are to be checked than can be"
      noteUnavailable(reason)
      return Promise.reject(new Error(reason))
    }
    const id = ++lastId
    return new Promise<A>((resolve, reject) => {
      waiting.set(id, (result) => {
        waiting.delete(id)
        if ("failed" in result) reject(new Error(result.failed))
        else resolve(result.value as A)
      })
      worker.postMessage({ id, ...work } satisfies PasswordWork)
    })
  }
  return {
    hash: (password: string) => inTurn<string>({ password }),
    verify: (attempt: { readonly hash: string; readonly password: string }) => inTurn<boolean>(attempt)
  }
})

/** Hashes and checks passwords. */
export class Passwords extends Context.Service<Passwords>()("todo/api/auth/Passwords", { make: makePasswords }) {
  static readonly layer = Layer.effect(Passwords, Passwords.make)
}
