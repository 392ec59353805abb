import { Context, Effect, FiberSet, Layer, Schedule, Schema, Semaphore } from "effect"
import { AppConfig } from "../Config.ts"
import { makeMailFolder } from "./MailFolder.ts"
import { makeMailServer } from "./MailServer.ts"

/** A mail to one person, in plain text. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** A mail could not be handed on; its cause names neither the address nor the text. */
export class MailFailed extends Schema.TaggedError<MailFailed>()("MailFailed", { message: Schema.String }) {}

/** Hands a mail on to where it goes. */
export type Deliver = (mail: Mail) => Effect.Effect<void, MailFailed>

/** How many mails wait at most: more are a flood that the limits should have stopped. */
const maxWaiting = 1000
/** How many go out at the same time. */
const atOnce = 4
/** How long a stop waits for mails that are on their way. */
const patience = "5 seconds"

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
      const turns = yield* Semaphore.make(atOnce)
      yield* Effect.addFinalizer(() => FiberSet.awaitEmpty(onTheirWay).pipe(Effect.timeoutOption(patience)))

      const attempt = (mail: Mail) =>
        deliver(mail).pipe(
          Effect.retry({ schedule: Schedule.exponential("2 seconds"), times: 5 }),
          Effect.catch((error) => Effect.logError("A mail could not be sent", error)),
          turns.withPermits(1)
        )

      return Mailer.of({
        send: Effect.fnUntraced(function*(mail) {
          if ((yield* FiberSet.size(onTheirWay)) >= maxWaiting) {
            return yield* Effect.logError("A mail is dropped: too many are waiting")
          }
          yield* FiberSet.run(onTheirWay, attempt(mail))
        })
      })
    })
  )
}
