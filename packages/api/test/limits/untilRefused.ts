import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { randomBytes } from "node:crypto"
import type * as Policies from "../../src/limits/Policies.ts"
import type { Answer } from "../support/requests.ts"

/** An address that no other test has, each in a network of its own. */
export const newAddress = () => `2001:db8:${randomBytes(4).toString("hex").replace(/^(.{4})/, "$1:")}::1`

/** Asks until it is refused; more often than the policy allows means that there is no limit. */
export const untilRefused = <R>(policy: Policies.Policy, ask: Effect.Effect<Answer, never, R>) =>
  Effect.gen(function*() {
    // While it asks the bucket refills; three times its quota is what no machine is too slow for.
    for (let count = 0; count <= policy.quota * 3; count++) {
      const answer = yield* ask
      if (answer.status === 429) return { answer, count }
    }
    return assert.fail("Nothing was refused")
  })
