import { appendFileSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { format } from "node:util"
import { inject } from "vitest"

let logs = 0

/** A log of a service, at the most talkative level, in a file: searched for secrets when the run ends (LogSearch.ts). */
export const newLog = () => {
  const folder = join(inject("scratch"), "logs")
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${process.pid}-${++logs}.log`)
  return (text: string | Uint8Array) => appendFileSync(file, typeof text === "string" ? `${text}\n` : text)
}

let capturing = false

/** From now on what a library of this process writes past the service's log is in a log, too. */
export const captureConsole = () => {
  if (capturing) return
  capturing = true
  const log = newLog()
  for (const method of ["error", "warn"] as const) {
    const write = console[method]
    console[method] = (...values: ReadonlyArray<unknown>) => {
      log(format(...values))
      write(...values)
    }
  }
}
