import { spawn } from "node:child_process"
import { writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { makeFolder } from "../client/MakeFolder.ts"
import { privateMode } from "../client/PrivateFile.ts"
import { ageOf, type Completed } from "./CompletionCache.ts"

/** What is kept counts as old after that. */
const oldMillis = 60_000
/** Nor is it asked for again before the last that asked may have ended. */
const pauseMillis = 5_000
const patienceSeconds = "10"

/** Tells others that it is being asked for. Answers whether somebody does already. */
const isAskedFor = (file: string): boolean => {
  const mark = `${file}.asked`
  if (ageOf(mark) < pauseMillis) return true
  makeFolder(dirname(file), 0o700)
  writeFileSync(mark, "", { mode: privateMode })
  return false
}

/** What a command line says of whose names are asked for. */
type Asked = { readonly [Name in keyof Completed]: Completed[Name] | undefined }

/** Has a process of its own ask the service what there is now. It is not waited for, and says nothing. */
export const refreshInBackground = (file: string, asked: Asked): void => {
  try {
    if (!isAskedFor(file)) ask(asked)
  } catch {
    // Where nothing can be kept there is nothing to ask for.
  }
}

const ask = ({ account, apiUrl }: Asked): void => {
  const [, program] = process.argv
  if (program === undefined) return
  const service = [
    ...apiUrl === undefined ? [] : ["--api-url", apiUrl],
    ...account === undefined ? [] : ["--account", account]
  ]
  const child = spawn(process.execPath, [program, "completion", "refresh", "--no-input", "--quiet", ...service], {
    detached: true,
    stdio: "ignore",
    windowsHide: true,
    env: { ...process.env, TODO_TIMEOUT: patienceSeconds }
  })
  child.on("error", () => {})
  child.unref()
}

/** The same where it has been kept for long, or never. */
export const refreshWhereOld = (file: string, asked: Asked): void => {
  if (ageOf(file) >= oldMillis) refreshInBackground(file, asked)
}
