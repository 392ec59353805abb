import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { Agent } from "node:http"
import { awaitMail } from "../support/mail.ts"
import { allowedOrigin, TestService } from "../support/TestService.ts"
import { faultsOf } from "./fuzz/Conformance.ts"
import { type Operation, operations } from "./fuzz/Contract.ts"
import { exchange } from "./fuzz/Exchange.ts"
import { fuzz, unseen } from "./fuzz/Fuzz.ts"
import { intact } from "./fuzz/Plan.ts"
import { reportOf } from "./fuzz/Report.ts"
import { requestFor } from "./fuzz/Request.ts"
import { Subject, type Target } from "./fuzz/Subject.ts"

/** Other runs: `node packages/api/scripts/fuzz.ts`. */
const seed = 1

/**
 * What no single request brings about: a race, a limit, what was made before, what is gone since, a load, a fault,
 * another body where there is none, of a batch and of an import what their own tests bring about, and 8 MiB.
 */
const notToBeSeen =
  /^(\S+ (409|410|429|500|503)|create(Task|Project|Comment|View) 200|(update|delete)(Project|Comment|View) 422|createView 422|updateTag 422|(tag|untag)Task 422|queryTasks 404|updateTasks (404|428)|deleteTasks 404|(endOtherSessions|deleteTasks|emptyTrash) 422|runBatch (404|412|422|428)|importDocument (413|422)|putTask (404|428))$/

const target = Effect.gen(function*() {
  const { url } = yield* TestService
  const run = Effect.runPromiseWith(yield* Effect.context<TestService>())
  const agent = yield* Effect.acquireRelease(
    Effect.sync(() => new Agent({ keepAlive: true })),
    (agent) => Effect.sync(() => agent.destroy())
  )
  const found: Target = {
    url,
    origin: allowedOrigin,
    agent,
    mailCode: (email, subject) => run(Effect.map(awaitMail(email, subject), ({ code }) => code))
  }
  return found
})

layer(TestService.layer, { excludeTestServices: true })("the service and its document", (it) => {
  it.effect("agree on every operation, whatever is asked", () =>
    Effect.gen(function*() {
      const tried = yield* target
      const outcome = yield* Effect.promise(() => fuzz(tried, { runs: 25, seed }))
      assert.deepStrictEqual(outcome.faults, [], reportOf(outcome, seed))
      // What the document promises besides can be brought about.
      assert.deepStrictEqual(unseen(outcome).filter((status) => !notToBeSeen.test(status)), [])
    }), 180_000)
})

layer(TestService.layerWith({ RATE_LIMITS: "on" }), { excludeTestServices: true })("with rate limits", (it) => {
  // A link of a mail leads to a page, and the page is what counts.
  const limited = operations.filter(({ id, path }) => path.startsWith("/api/auth/") && id !== "openVerification")

  it.effect("each operation below /api/auth answers as documented until 429, and then, too", () =>
    Effect.gen(function*() {
      const tried = yield* target
      const subject = yield* Effect.promise(() => Subject.signUp(tried))
      const refused = new Set<string>()
      const faults = new Set<string>()
      const ask = (operation: Operation) =>
        Effect.promise(async () => {
          const sent = await requestFor(tried, operation, { ...intact, own: false, credential: "none" }, subject)
          const answer = await exchange(tried.url, tried.agent, sent)
          for (const fault of faultsOf(operation, sent, answer)) faults.add(`${operation.id}: ${fault}`)
          if (answer.status === 429) refused.add(operation.id)
        })
      yield* Effect.forEach(limited, ask)
      // All that a client may do below /api/auth in a minute; then what comes again meanwhile is used up, too.
      const times = (count: number, operation: Operation) => Array.from({ length: count }, () => operation)
      const keys = limited.find(({ id }) => id === "getJwks")!
      yield* Effect.forEach(times(600, keys), ask, { concurrency: 50 })
      for (const operation of limited) {
        for (let attempt = 0; attempt < 20 && !refused.has(operation.id); attempt++) {
          yield* Effect.forEach([...times(20, keys), ...times(20, operation)], ask, { concurrency: "unbounded" })
        }
      }
      assert.deepStrictEqual([...faults], [])
      assert.sameMembers([...refused], limited.map(({ id }) => id))
    }))
})
