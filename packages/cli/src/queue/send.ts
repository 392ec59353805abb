import type { Command } from "@commander-js/extra-typings"
import { Effect, Result } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { failureOf } from "../client/HttpFailure.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { Offline } from "../offline/Offline.ts"
import { writeJson } from "../offline/Told.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { ownQueue } from "./OwnQueue.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("send")
    .description(withExamples("Send what waits, as every command does by itself", "todo queue send"))
    .action(() => dispatch({}))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("queue.send")(function*(_input: {}) {
  const offline = yield* Offline
  const queue = yield* ownQueue()
  yield* offline.insist
  // Whatever is asked comes behind what waits.
  if (queue.pending().length > 0) yield* Effect.ignore((yield* ApiClient).settings.get({ headers: {} }))
  const count = queue.pending().length
  if (count > 0) return yield* yield* whyStopped(count)
  const { done = [], refused = [] } = offline.without().sent ?? {}
  yield* (yield* Output).result({
    json: () => ({ sent: done.map(writeJson), refused: refused.map(writeJson) }),
    quiet: () => [],
    human: () => done.length + refused.length === 0 ? ["Nothing waits for the service"] : []
  })
})

const left = (count: number) => `${count === 1 ? "1 write waits" : `${count} writes wait`} still`

/** Why the queue was not sent to its end. */
const whyStopped = Effect.fnUntraced(function*(count: number) {
  const { stopped } = (yield* Offline).without().sent ?? {}
  if (stopped === undefined) {
    return new Failure({
      exitCode: ExitCode.unavailable,
      code: "queue_in_use",
      message: `Another process is sending the queue: ${left(count)}`,
      status: null,
      hints: ["Try again in a moment."]
    })
  }
  if (Result.isFailure(stopped)) return yield* failureOf(stopped.failure, yield* Settings)
  const { status } = stopped.success
  return new Failure({
    exitCode: status === 401 ? ExitCode.refused : status === 429 ? ExitCode.rateLimited : ExitCode.unavailable,
    code: "queue_stopped",
    message: `The service answered ${status}: ${left(count)}`,
    status,
    hints: status === 401 ? ["Sign in with `todo login`; nothing that waits is lost."] : ["Try again in a moment."]
  })
})
