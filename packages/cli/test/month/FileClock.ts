import { openSync, readSync } from "node:fs"

/*
 * The time of a process, with `--import`: what stands in a file, milliseconds since 1970 in 13 digits, and what has passed
 * since that was written. Its threads are started with the same arguments, so that the embedded database has it, too.
 */

const digits = Buffer.alloc(13)
const file = openSync(process.env.CLOCK_FILE!, "r")
let written = ""
let seenAt = 0

const now = (): number => {
  readSync(file, digits, 0, digits.length, 0)
  const text = digits.toString("latin1")
  if (text !== written) {
    written = text
    seenAt = performance.now()
  }
  return Number(text) + Math.floor(performance.now() - seenAt)
}

globalThis.Date = new Proxy(Date, {
  apply: (target) => new target(now()).toString(),
  construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
  get: (target, name) => name === "now" ? now : Reflect.get(target, name)
})
