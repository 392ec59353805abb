import { hashSync, verifySync } from "@node-rs/argon2"
import { readlinkSync } from "node:fs"
import { setPriority } from "node:os"
import { parentPort } from "node:worker_threads"

/** A password to hash, or to check against a hash: the texts that it may be, the one to hash first. */
export interface PasswordWork {
  readonly texts: readonly [string, ...ReadonlyArray<string>]
  readonly hash?: string
}

/** What came of it: the hash, or whether one of the texts is right. */
export type PasswordResult = { readonly value: string | boolean } | { readonly failed: string }

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane (docs/adr/0023). */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

// Linux takes a thread's id for a process's: whoever waits for a sign-in waits
// while others are served, and not the other way round.
if (process.platform === "linux") setPriority(Number(readlinkSync("/proc/thread-self").split("/").at(-1)), 19)

/**
 * How long a turn takes at the least, as a multiple of its work: it rests for what is left. A sign-in costs the main
 * thread, too: without a rest eight in flight take half of it. Where others have the cores, it has waited for them
 * already; a rest as long as that again would keep all who sign in waiting for nobody.
 */
const turn = 2.5
const clock = new Int32Array(new SharedArrayBuffer(4))

/** The time of a core that this thread has had, in milliseconds. */
const worked = () => {
  const { system, user } = process.threadCpuUsage()
  return (system + user) / 1000
}

/** As much work for each text whatever comes of it: how long it takes tells neither which is right nor whether there is an account. */
const resultOf = ({ hash, texts }: PasswordWork) =>
  hash === undefined
    ? texts.map((text) => hashSync(text, parameters))[0]!
    : texts.map((text) => verifySync(hash, text)).includes(true)

const port = parentPort!
port.on("message", (work: PasswordWork) => {
  const [startedAt, workedBefore] = [performance.now(), worked()]
  try {
    port.postMessage({ value: resultOf(work) } satisfies PasswordResult)
  } catch (error) {
    port.postMessage({ failed: String(error) } satisfies PasswordResult)
  }
  const rest = turn * (worked() - workedBefore) - (performance.now() - startedAt)
  if (rest > 0) Atomics.wait(clock, 0, 0, rest)
})
