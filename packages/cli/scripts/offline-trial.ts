/*
 * Tries whether the queue keeps its promise: processes add tasks while the service is killed, the network cut, and clients
 * killed at random; each task has to be there once, in order, and none may be lost. Ends with 1 when it is not so.
 *
 *   node packages/cli/scripts/offline-trial.ts [how many writes] [by how many processes]
 */
import { offlineTrial } from "../test/support/offlineTrial/OfflineTrial.ts"

const [writes = 2000, processes = 8] = process.argv.slice(2).map(Number)

// Ctrl-C ends the trial early, and what there is then is judged.
let isEnough = false
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => isEnough = true)

const { violations, ...came } = await offlineTrial({
  writes,
  processes,
  killedClients: 10,
  isEnough: () => isEnough,
  onProgress: (written) => {
    if (written % 100 === 0) process.stderr.write(`${written} of ${writes}\n`)
  }
})
process.stdout.write(`${JSON.stringify(came)}\n${violations.length} violations\n`)
for (const violation of violations.slice(0, 20)) process.stdout.write(`${violation}\n`)
process.exitCode = violations.length === 0 ? 0 : 1
