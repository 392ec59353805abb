import { Result, Schema } from "effect"
import type { Due } from "../dates/Due.ts"
import { Unprocessable } from "../dates/Unprocessable.ts"
import { Text } from "../http/Text.ts"
import { maxRuleLength, type Rule } from "./Rule.ts"
import { parseRule } from "./RuleText.ts"

const rule = Text.check(Schema.isMaxLength(maxRuleLength)).annotate({
  description:
    "An RRULE (RFC 5545) of FREQ=DAILY, WEEKLY, MONTHLY or YEARLY with INTERVAL (1 to 366), COUNT (to 1,000) or UNTIL, BYDAY, BYMONTHDAY, BYMONTH, BYSETPOS and WKST, or of FREQ=HOURLY with INTERVAL.",
  examples: ["FREQ=WEEKLY;BYDAY=MO,TH"]
})

const from = Schema.Literals(["schedule", "completion"]).annotate({
  description: "What the next date is counted from: the dates of the rule, or the day on which it was done.",
  examples: ["schedule"]
})

const missed = Schema.Literals(["skip", "each"]).annotate({
  description: "Whether dates that have passed when it is done are left out, or each comes.",
  examples: ["skip"]
})

/** The longest words that are kept of a repetition, in characters. */
export const maxTextLength = 200

const text = Schema.NullOr(Text.check(Schema.isMaxCodePoints(maxTextLength))).annotate({
  description:
    "The repetition in words: those that it was given with, or else what its rule says in the language of the account; in the record null where none were given.",
  examples: ["every monday and thursday"]
})

/** How a task repeats. */
export const Repeat = Schema.Struct({ rule, from, missed, text }).annotate({
  identifier: "Repeat",
  description: "How a task repeats.",
  examples: [{ rule: "FREQ=WEEKLY;BYDAY=MO,TH", from: "schedule", missed: "skip", text: "every monday and thursday" }]
})
export interface Repeat extends Schema.Schema.Type<typeof Repeat> {}

const optional = {
  from: Schema.optionalKey(from),
  missed: Schema.optionalKey(missed),
  text: Schema.optionalKey(text)
}

/** How a new task repeats: from its schedule, and skipping what was missed, unless it says so. */
export const NewRepeat = Schema.Struct({ rule, ...optional }).annotate({
  identifier: "NewRepeat",
  description: "How a task repeats: from schedule and with skipping, unless it says so.",
  examples: [{ rule: "FREQ=DAILY;INTERVAL=3", from: "completion" }]
})
export interface NewRepeat extends Schema.Schema.Type<typeof NewRepeat> {}

/** A merge-patch (RFC 7396) of how a task repeats. */
export const RepeatPatch = Schema.Struct({ rule: Schema.optionalKey(rule), ...optional }).annotate({
  identifier: "RepeatPatch",
  description: "A merge-patch (RFC 7396) of how a task repeats.",
  examples: [{ missed: "each" }]
})
export interface RepeatPatch extends Schema.Schema.Type<typeof RepeatPatch> {}

/** The names of the one zone in which hours are counted. */
const utc: ReadonlySet<string | null> = new Set(["Etc/UTC", "UTC"])

/** Whether a repetition is by the hour; false of one whose rule is none. */
export const countsHours = ({ rule }: Pick<Repeat, "rule">): boolean => {
  const parsed = parseRule(rule, [])
  return Result.isSuccess(parsed) && parsed.success.frequency === "HOURLY"
}

/** The rule of a repetition, of a task that is due so. Fails where it is none, or counts hours and the task is not in UTC. */
export const checkedRule = (text: string, due: Due): Result.Result<Rule, Unprocessable> =>
  Result.flatMap(
    parseRule(text, ["rule"]),
    (rule) =>
      rule.frequency === "HOURLY" && !("time" in due && utc.has(due.timeZone))
        ? Result.fail(
          new Unprocessable({
            code: "invalid_rule",
            path: ["rule"],
            message: "A task that repeats by the hour has a time in Etc/UTC"
          })
        )
        : Result.succeed(rule)
  )

/**
 * What a merge-patch makes of how a task repeats: null where it clears it, or changes nothing of none. Another rule has
 * not been given in the words of the old one, so these go. Fails where none is there and the patch has no rule.
 */
export const patchedRepeat = (
  current: Repeat | null,
  patch: RepeatPatch | null
): Result.Result<Repeat | null, Unprocessable> => {
  if (patch === null) return Result.succeed(null)
  const rule = patch.rule ?? current?.rule
  if (rule === undefined) {
    return Object.keys(patch).length === 0 ? Result.succeed(null) : Result.fail(
      new Unprocessable({
        code: "invalid_rule",
        path: ["rule"],
        message: "A repetition needs a rule, and there is none"
      })
    )
  }
  return Result.succeed({
    rule,
    from: patch.from ?? current?.from ?? "schedule",
    missed: patch.missed ?? current?.missed ?? "skip",
    text: patch.text !== undefined ? patch.text : rule === current?.rule ? current.text : null
  })
}
