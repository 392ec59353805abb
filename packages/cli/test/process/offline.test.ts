import { expect, it } from "@effect/vitest"
import { offlineTrial } from "../support/offlineTrial/OfflineTrial.ts"

// The short form of `node packages/cli/scripts/offline-trial.ts`.
it("adds each task once, in order, while the service, the network and clients fail", { timeout: 300_000 }, async () => {
  const { acknowledged, queued, serviceKills, violations } = await offlineTrial({
    writes: 48,
    processes: 4,
    killedClients: 10
  })
  expect(violations).toEqual([])
  for (const count of [acknowledged, queued, serviceKills]) expect(count).toBeGreaterThan(0)
})
