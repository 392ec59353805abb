import { hashSync, verifySync } from "@node-rs/argon2"
import { readlinkSync } from "node:fs"
import { setPriority } from "node:os"
import { parentPort } from "node:worker_threads"

/** A password to hash, or to check against a hash. */
export interface PasswordWork {
  readonly password: string
  readonly hash?: string
}

/** What came of it: the hash, or whether it is right. */
export type PasswordResult = { readonly value: string | boolean } | { readonly failed: string }

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane; about 13 ms. */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

// Linux takes a thread's id for a process's: whoever waits for a sign-in waits
// while others are served, and not the other way round.
if (process.platform === "linux") setPriority(Number(readlinkSync("/proc/thread-self").split("/").at(-1)), 19)

/**
 * How long it rests after each, as a multiple of the work. A sign-in costs the
 * main thread, too: without a rest eight in flight take half of it.
 */
const rest = 1.5
const clock = new Int32Array(new SharedArrayBuffer(4))

const port = parentPort!
port.on("message", ({ hash, password }: PasswordWork) => {
  const startedAt = performance.now()
  try {
    const value = hash === undefined ? hashSync(password, parameters) : verifySync(hash, password)
    port.postMessage({ value } satisfies PasswordResult)
  } catch (error) {
    port.postMessage({ failed: String(error) } satisfies PasswordResult)
  }
  Atomics.wait(clock, 0, 0, rest * (performance.now() - startedAt))
})
