import { Context, Effect, type Fiber, FiberSet, Layer } from "effect"
import { AppConfig } from "../Config.ts"
import type { Deliver, Mail } from "./Mail.ts"
import { makeMailFolder } from "./MailFolder.ts"
import { domainOf, MailQueue, type Waiting } from "./MailQueue.ts"
import { makeMailServer } from "./MailServer.ts"

/** How many mails wait at most: more are a flood that the limits should have stopped. */
const maxWaiting = 1000
/** How often a mail is tried, and how long it waits after the first try; after each of the others twice as long. */
const maxTries = 6
const firstWaitMillis = 2000
/** A timer may be early by a millisecond, and the mail would not be due. */
const timerSlackMillis = 10
/** How long a stop waits for mails that are on their way. */
const patience = "5 seconds"

/** A mail on its way, and how it runs: as part of what asked for it, whichever mail had the turn before. */
interface OnItsWay extends Waiting {
  readonly mail: Mail
  readonly run: (work: Effect.Effect<void>) => Fiber.Fiber<void>
}

/** Sends mail in the background, so that nobody can tell from an answer's time whether one was sent. */
export class Mailer extends Context.Service<Mailer, {
  /** Takes a mail and answers at once. It is tried for about a minute; a failure is logged. */
  send(mail: Mail): Effect.Effect<void>
}>()("todo/api/mail/Mailer") {
  static readonly layer = Layer.effect(
    Mailer,
    Effect.gen(function*() {
      const { mail: settings } = yield* AppConfig
      const deliver: Deliver = settings.kind === "smtp"
        ? yield* makeMailServer(settings)
        : yield* makeMailFolder(settings)
      const onTheirWay = yield* FiberSet.make<void>()
      const queue = new MailQueue<OnItsWay>(maxWaiting)
      yield* Effect.addFinalizer(() => FiberSet.awaitEmpty(onTheirWay).pipe(Effect.timeoutOption(patience)))

      const enqueue = (one: OnItsWay) =>
        Effect.suspend(() => {
          const dropped = queue.add(one)
          return dropped === undefined ? Effect.void : Effect.logError("A mail is dropped: too many are waiting")
        })
      const haveTurns = Effect.sync(() => {
        for (let one = queue.next(); one !== undefined; one = queue.next()) one.run(attempt(one))
      })
      // Until then the turn is another's.
      const tryAgain = Effect.fnUntraced(function*(failed: OnItsWay) {
        const millis = firstWaitMillis * 2 ** failed.tries
        yield* enqueue({ ...failed, tries: failed.tries + 1, dueAt: performance.now() + millis })
        failed.run(Effect.andThen(Effect.sleep(millis + timerSlackMillis), haveTurns))
      })
      const attempt = (one: OnItsWay): Effect.Effect<void> =>
        deliver(one.mail).pipe(
          Effect.catch((error) =>
            error.isPermanent || one.tries + 1 >= maxTries
              ? Effect.logError("A mail could not be sent", error)
              : tryAgain(one)
          ),
          Effect.ensuring(Effect.andThen(Effect.sync(() => queue.done(one)), haveTurns))
        )

      return Mailer.of({
        send: Effect.fnUntraced(function*(mail) {
          const run = yield* FiberSet.runtime(onTheirWay)()
          yield* enqueue({ mail, run, domain: domainOf(mail.to), tries: 0, dueAt: 0 })
          yield* haveTurns
        })
      })
    })
  )
}
