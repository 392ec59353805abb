import { appendFileSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { inject } from "vitest"

let logs = 0

/** A log of a service, at the most talkative level, in a file: searched for secrets when the run ends (LogSearch.ts). */
export const newLog = () => {
  const folder = join(inject("scratch"), "logs")
  mkdirSync(folder, { recursive: true })
  const file = join(folder, `${process.pid}-${++logs}.log`)
  return (text: string | Uint8Array) => appendFileSync(file, typeof text === "string" ? `${text}\n` : text)
}
