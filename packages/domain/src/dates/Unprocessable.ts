import { Data } from "effect"

/** What cannot be meant so, as problems call it. */
export type UnprocessableCode =
  | "invalid_date"
  | "unknown_time_zone"
  | "invalid_rule"
  | "recurrence_not_expressible"
  | "repeat_needs_due"

/** A value of the right shape that cannot be meant so (422): where it is in the body, and what is wrong, for people. */
export class Unprocessable extends Data.TaggedError("Unprocessable")<{
  readonly code: UnprocessableCode
  readonly path: ReadonlyArray<string | number>
  readonly message: string
  /** What may be meant, the likeliest first. */
  readonly nearest?: ReadonlyArray<string>
  /** Where in a text of words it begins. */
  readonly position?: number
}> {}
