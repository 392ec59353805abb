import { version } from "./client/Version.ts"
import { isShell } from "./completion/Shells.ts"
import { outliveReaders } from "./terminal/StandardStreams.ts"

const [, , first, second, ...others] = process.argv

/** What a script of a shell and other programs ask for most often, for which no command has to be known. */
const answer = async (): Promise<string | undefined> => {
  if (second === undefined) return first === "--version" || first === "-V" ? `${version}\n` : undefined
  if (first !== "complete" || !isShell(second)) return undefined
  const { complete } = await import("./complete.ts")
  return complete({ env: process.env, shell: second, args: others })
}

const answered = await answer()
if (answered === undefined) {
  await import("./run.ts")
} else {
  outliveReaders({ json: false, hintsOnLoss: () => [] })
  process.stdout.write(answered)
}
