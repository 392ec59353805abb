import { assert, it } from "@effect/vitest"
import { keepPromises } from "../../checker/keepPromises.ts"
import { newLog } from "../support/Logs.ts"
import { recordRequests } from "../support/Secrets.ts"

// The short form of `node packages/api/checker/main.ts`.
it("keeps its promises through a bad network, while it and its database are killed", { timeout: 180_000 }, async () => {
  recordRequests()
  const { followed, harm, tally, violations } = await keepPromises({
    users: 4,
    clientsEach: 4,
    followersEach: 3,
    kills: 2,
    writesBetween: 60,
    onLog: newLog()
  })
  if (violations.length > 0) assert.fail(violations.slice(0, 10).join("\n"))
  assert.strictEqual(harm.serviceKilled, 2)
  assert.strictEqual(harm.postgresKilled, 2)
  // Answers were lost of writes that had been done, and of others that had not.
  for (const count of [harm.backendsTerminated, tally.replayed, tally.abandoned, tally.refused, tally.read]) {
    assert.isAbove(count, 0)
  }
  // Undos found what had been changed since, and who followed went on at another replica.
  for (const count of [tally.changedSince, followed.items, followed.resumed, followed.cut]) assert.isAbove(count, 0)
})
