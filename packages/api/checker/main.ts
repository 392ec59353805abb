/*
 * Shows that the service keeps its promises: what is acknowledged is there
 * exactly once, what is refused is not there, and what was tried again with the
 * same Idempotency-Key is there once, whatever is killed meanwhile.
 *
 *   node packages/api/checker/main.ts [kills of each kind, 10]
 *
 * Ends with 1 when a promise was not kept.
 */
import { keepPromises } from "./keepPromises.ts"

const kills = Number(process.argv[2] ?? 10)
if (!Number.isInteger(kills) || kills < 1) throw new Error("How many kills?")

const { harm, tally, tasks, violations } = await keepPromises({
  users: 16,
  clientsEach: 4,
  kills,
  writesBetween: 200,
  onLog: () => {}
})

const rows: ReadonlyArray<readonly [string, number]> = [
  ["service killed with -9", harm.serviceKilled],
  ["PostgreSQL killed with -9", harm.postgresKilled],
  ["backends terminated", harm.backendsTerminated],
  ["requests lost on the way", harm.requestsLost],
  ["answers dropped", harm.answersDropped],
  ["answers cut in the middle", harm.answersTruncated],
  ["answers swallowed", harm.answersSwallowed],
  ["attempts without an answer, or 503 or 409", tally.unanswered],
  ["writes acknowledged", tally.acknowledged],
  ["of these done before, and answered again", tally.replayed],
  ["writes refused, as they had to be", tally.refused],
  ["writes given up, not known whether done", tally.abandoned],
  ["reads compared meanwhile", tally.read],
  ["tasks at the end", tasks],
  ["promises not kept", violations.length]
]
for (const [what, count] of rows) process.stdout.write(`${what.padEnd(42)} ${String(count).padStart(7)}\n`)
for (const violation of violations.slice(0, 20)) process.stdout.write(`  ${violation}\n`)
process.exitCode = violations.length === 0 ? 0 : 1
