import { assert, it } from "@effect/vitest"
import { Cause, Effect, Logger } from "effect"
import { stripVTControlCharacters } from "node:util"
import { terminalLog } from "../src/TerminalLog.ts"

const line = (status: number) => ({
  level: "Info" as const,
  message: `GET /device ${status} 6ms`,
  annotations: { requestId: "r-1", method: "GET", route: "/device", status, durationMs: 6, traceId: "t" },
  fiber: 1
})

/** What is logged, in this format. */
const logged = async (log: Effect.Effect<void>) => {
  const lines: Array<string> = []
  await Effect.runPromise(
    Effect.provide(log, Logger.layer([Logger.map(terminalLog(false).logger, (text) => void lines.push(text))]))
  )
  return lines.join("\n")
}

it("a request is one short line, dim, with its id where something went wrong", () => {
  const plain = terminalLog(false).request
  assert.match(plain(line(200)), /^\d\d:\d\d:\d\d GET \/device 200 6 ms$/)
  assert.match(plain(line(304)), / 304 6 ms$/)
  assert.match(plain(line(404)), /^\d\d:\d\d:\d\d GET \/device 404 6 ms r-1$/)
  const dim = terminalLog(true).request(line(200))
  assert.isTrue(dim.startsWith("\u001b[2m") && dim.endsWith("\u001b[22m"))
  assert.match(stripVTControlCharacters(dim), /^\d\d:\d\d:\d\d GET \/device 200 6 ms$/)
})

it("what is told besides has its facts, and the id only where it may be looked for", async () => {
  const withId = Effect.annotateLogs({ requestId: "r-1", to: "ada and bob" })
  assert.match(await logged(withId(Effect.logInfo("A mail"))), /^\d\d:\d\d:\d\d A mail to="ada and bob"$/)
  assert.match(
    await logged(withId(Effect.logWarning("Odd"))),
    /^\d\d:\d\d:\d\d WARN Odd requestId=r-1 to="ada and bob"$/
  )
  const failed = await logged(Effect.logError("A request failed", Cause.fail(new Error("inside"))))
  assert.match(failed, /^\d\d:\d\d:\d\d ERROR A request failed\nError: inside/)
})
