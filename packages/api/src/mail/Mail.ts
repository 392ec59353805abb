import { type Effect, Schema } from "effect"

/** A mail to one person, in plain text. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** A mail could not be handed on; its cause names neither the address nor the text. */
export class MailFailed extends Schema.TaggedError<MailFailed>()("MailFailed", {
  message: Schema.String,
  /** Whether it would fail again. */
  isPermanent: Schema.Boolean
}) {}

/** Hands a mail on to where it goes. */
export type Deliver = (mail: Mail) => Effect.Effect<void, MailFailed>
