import { describe, expect, it } from "@effect/vitest"
import { Effect, Exit, Fiber, Redacted } from "effect"
import { TestClock } from "effect/testing"
import { AuthClient } from "../../src/client/AuthClient.ts"
import { ExitCode } from "../../src/failures/ExitCode.ts"
import { Failure } from "../../src/failures/Failure.ts"
import { Settings } from "../../src/Settings.ts"
import { type Wait, waitForApproval } from "../../src/signIn/DeviceSignIn.ts"

const failing = (exitCode: ExitCode, code: string) =>
  new Failure({ exitCode, code, message: code, status: null, hints: [] })

const pending = { status: 400, code: "authorization_pending" }
const slowDown = { status: 400, code: "slow_down" }
const away = failing(ExitCode.unavailable, "unreachable")
const limited = failing(ExitCode.rateLimited, "rate_limited")

/** Waits while the service answers so, one after the other; `askedAt` are the seconds at which it was asked. */
const wait = Effect.fnUntraced(function*(answers: ReadonlyArray<unknown>, options: Partial<Wait> = {}) {
  const askedAt: Array<number> = []
  const token = () =>
    Effect.gen(function*() {
      const answer = answers[askedAt.length] ?? pending
      askedAt.push((yield* TestClock.testClockWith((clock) => clock.currentTimeMillis)) / 1000)
      return answer === "approved" ? { access_token: "session" } : yield* Effect.fail(answer)
    })
  const fiber = yield* waitForApproval({ deviceCode: "device", expiresIn: 600, interval: 5, ...options }).pipe(
    Effect.provideService(AuthClient, { device: { token } } as unknown as AuthClient["Service"]),
    Effect.provideService(Settings, { apiUrl: "http://todo" } as Settings["Service"]),
    Effect.exit,
    Effect.forkChild
  )
  yield* TestClock.adjust("1 hour")
  return { exit: yield* Fiber.join(fiber), askedAt }
})

describe("waiting for somebody to approve", () => {
  it.effect("asks at the pace of the service until there is a session", () =>
    Effect.gen(function*() {
      const { askedAt, exit } = yield* wait([pending, pending, "approved"])
      expect(askedAt).toEqual([5, 10, 15])
      expect(Exit.isSuccess(exit) && Redacted.value(exit.value)).toBe("session")
    }))

  it.effect("asks every second at most, whatever the service says", () =>
    Effect.gen(function*() {
      expect((yield* wait([pending, "approved"], { interval: 0 })).askedAt).toEqual([1, 2])
    }))

  it.effect.each([{ interval: 1e12 }, { expiresIn: 1e12 }, { interval: 1e12, expiresIn: 1e12 }])(
    "waits for an hour at most, whatever the service says: %j",
    (options) =>
      Effect.gen(function*() {
        const { askedAt, exit } = yield* wait([pending], options)
        expect(askedAt.length).toBeLessThan(3600 / 5)
        expect(Exit.findErrorOption(exit)).toMatchObject({ value: { code: "expired_token", exitCode: 4 } })
      })
  )

  it.effect("adds five seconds for good on slow_down", () =>
    Effect.gen(function*() {
      const { askedAt } = yield* wait([slowDown, pending, slowDown, pending, "approved"])
      expect(askedAt).toEqual([5, 15, 25, 40, 55])
    }))

  it.effect("asks half as often each time the service is away, and as before when it is back", () =>
    Effect.gen(function*() {
      const { askedAt, exit } = yield* wait([away, away, limited, away, away, pending, "approved"])
      expect(askedAt).toEqual([5, 15, 35, 75, 135, 195, 200])
      expect(Exit.isSuccess(exit)).toBe(true)
    }))

  it.effect.each([
    [{ status: 400, code: "access_denied" }, "access_denied", ExitCode.refused],
    [{ status: 400, code: "expired_token" }, "expired_token", ExitCode.refused],
    [{ status: 400, code: "invalid_grant" }, "invalid_grant", ExitCode.usage],
    [failing(ExitCode.unexpected, "unexpected_answer"), "unexpected_answer", ExitCode.unexpected]
  ])("ends at once: %j", ([answer, code, exitCode]) =>
    Effect.gen(function*() {
      const { askedAt, exit } = yield* wait([pending, answer])
      expect(askedAt).toEqual([5, 10])
      expect(Exit.findErrorOption(exit)).toMatchObject({ value: { code, exitCode } })
    }))

  it.effect.each([[pending], [away]])(
    "gives up when the code has expired: exit code 4",
    ([answer]) =>
      Effect.gen(function*() {
        const { askedAt, exit } = yield* wait(Array.from({ length: 1000 }, () => answer), { expiresIn: 60 })
        expect(askedAt.every((second) => second < 60)).toBe(true)
        expect(Exit.findErrorOption(exit)).toMatchObject({ value: { code: "expired_token", exitCode: 4 } })
      })
  )
})
