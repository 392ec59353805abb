/*
 * Shows that the service keeps its promises, whatever is killed meanwhile: what is acknowledged was done exactly once, as
 * the history has it, and what is refused was not; what is undone is as it was; and who follows is told of everything, once,
 * in the order of commit, by whichever replica.
 *
 *   node packages/api/checker/main.ts [kills of each kind, 10] [users, 16]
 *
 * Ends with 1 when a promise was not kept.
 */
import { keepPromises } from "./keepPromises.ts"

const [kills, users] = [Number(process.argv[2] ?? 10), Number(process.argv[3] ?? 16)]
if (!Number.isInteger(kills) || kills < 1) throw new Error("How many kills?")
if (!Number.isInteger(users) || users < 1) throw new Error("How many users?")

const { followed, harm, operations, tally, tasks, violations } = await keepPromises({
  users,
  clientsEach: 4,
  followersEach: 3,
  kills,
  writesBetween: 200,
  onLog: () => {}
})

const rows: ReadonlyArray<readonly [string, number]> = [
  ["replica killed with -9", harm.serviceKilled],
  ["PostgreSQL killed with -9", harm.postgresKilled],
  ["backends terminated", harm.backendsTerminated],
  ["requests lost on the way", harm.requestsLost],
  ["answers dropped", harm.answersDropped],
  ["answers cut in the middle", harm.answersTruncated],
  ["answers swallowed", harm.answersSwallowed],
  ["attempts without an answer, or 503", tally.unanswered],
  ["writes acknowledged", tally.acknowledged],
  ["of these done before, and answered again", tally.replayed],
  ["writes refused, as they had to be", tally.refused],
  ["of these undos of what was changed since", tally.changedSince],
  ["writes given up, not known whether done", tally.abandoned],
  ["reads compared meanwhile", tally.read],
  ["operations on record at the end", operations],
  ["tasks at the end", tasks],
  ["items that followers were told", followed.items],
  ["times that they went on", followed.resumed],
  ["times that they were cut", followed.cut],
  ["promises not kept", violations.length]
]
for (const [what, count] of rows) process.stdout.write(`${what.padEnd(42)} ${String(count).padStart(7)}\n`)
for (const violation of violations.slice(0, 20)) process.stdout.write(`  ${violation.slice(0, 2000)}\n`)
process.exitCode = violations.length === 0 ? 0 : 1
