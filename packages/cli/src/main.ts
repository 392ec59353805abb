import { writeSync } from "node:fs"
import { version } from "./client/Version.ts"
import { isShell } from "./completion/Shells.ts"

const [, , first, second, ...others] = process.argv

/** What a script of a shell and other programs ask for most often, for which no command has to be known. */
const answer = async (): Promise<string | undefined> => {
  if (second === undefined) return first === "--version" || first === "-V" ? `${version}\n` : undefined
  if (first !== "complete" || !isShell(second)) return undefined
  const { complete } = await import("./complete.ts")
  return complete({ env: process.env, shell: second, args: others })
}

/** So many bytes come into a pipe as a whole or not at all (POSIX, `PIPE_BUF`). */
const atOnce = 512

/** Writes what is short without a stream, which takes longer to open than to write it; answers whether that went well. */
const isWritten = (text: string): boolean => {
  if (text.length * 3 > atOnce) return false
  try {
    writeSync(1, text)
    return true
  } catch {
    return false
  }
}

const answered = await answer()
if (answered === undefined) {
  await import("./run.ts")
} else if (!isWritten(answered)) {
  const { outliveReaders } = await import("./terminal/StandardStreams.ts")
  outliveReaders({ json: false, hintsOnLoss: () => [] })
  process.stdout.write(answered)
}
