import { Option } from "@commander-js/extra-typings"

/** What options say of dates: null clears, and nothing leaves them. */
export interface DateOptions {
  readonly start?: string | null | undefined
  readonly due?: string | null | undefined
  readonly repeat?: string | null | undefined
  readonly repeatFrom?: "schedule" | "completion" | undefined
  readonly missed?: "skip" | "each" | undefined
}

/** How a date is written. */
const howDates = "in words or figures: friday 9am, in 3 days, \"2026-10-25 09:30\""

export const startOption = new Option("--start <date>", "when it can begin, as --due")
export const dueOption = new Option("--due <date>", `when it is due, ${howDates}`)
export const repeatOption = new Option(
  "--repeat <words>",
  "how it repeats: \"every monday\", or an RRULE such as \"FREQ=WEEKLY;BYDAY=MO\""
)
export const repeatFromOption = new Option(
  "--repeat-from <what>",
  "whether the next date is counted from the dates of the rule, or from the day on which it was done"
).choices(["schedule", "completion"] as const)
export const missedOption = new Option(
  "--missed <how>",
  "whether dates that have passed when it is done are left out, or each comes"
).choices(["skip", "each"] as const)
