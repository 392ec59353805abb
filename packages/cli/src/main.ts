import { version } from "./client/Version.ts"
import { outliveReaders } from "./terminal/StandardStreams.ts"

const [, , only, ...more] = process.argv

// What is asked for most often by other programs: no command has to be known for that.
if (more.length === 0 && (only === "--version" || only === "-V")) {
  outliveReaders({ json: false, hintsOnLoss: () => [] })
  process.stdout.write(`${version}\n`)
} else {
  await import("./run.ts")
}
