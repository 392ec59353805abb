import { Option, Schema } from "effect"

/** A task that a queued write makes. */
const NewOne = Schema.Struct({
  id: Schema.String,
  title: Schema.String,
  /** What it goes by until it has a number: 1 is `+1`. */
  label: Schema.Int
})

/** Why the service did not take it. */
const Refusal = Schema.Struct({
  status: Schema.Int,
  code: Schema.String,
  message: Schema.String,
  at: Schema.String
})
export interface Refusal extends Schema.Schema.Type<typeof Refusal> {}

/** A write that is sent when the service is back: the request, and what to call it until then. */
export const QueuedWrite = Schema.Struct({
  /** That of `Idempotency-Key`: sent again, it does nothing twice. */
  key: Schema.String,
  method: Schema.String,
  /** With the query, without the address of the service. */
  path: Schema.String,
  /** `If-Match` with the version that was seen, `Task-Ids`, `Said-At` and such. */
  headers: Schema.Record(Schema.String, Schema.String),
  body: Schema.NullOr(Schema.String),
  /** When it was said, as RFC 3339 has it. */
  at: Schema.String,
  /** What was typed behind `todo`. */
  command: Schema.String,
  tasks: Schema.Array(NewOne),
  /** The ids of what it changes. */
  changes: Schema.Array(Schema.String),
  refusal: Schema.NullOr(Refusal)
})
export interface QueuedWrite extends Schema.Schema.Type<typeof QueuedWrite> {}

const decode = Schema.decodeUnknownOption(Schema.fromJsonString(QueuedWrite))

/** A write from the text of its file; undefined where it is damaged. */
export const parseWrite = (text: string): QueuedWrite | undefined => Option.getOrUndefined(decode(text))
