import { checkedDue, type Due } from "@todo/domain/dates/Due"
import { checkedRule } from "@todo/domain/repetition/Repeat"
import { everComes } from "@todo/domain/repetition/RuleDays"
import { Result } from "effect"
import type { TaskOfFile } from "./ApplyFile.ts"
import type { Compared, Findings } from "./Difference.ts"
import type { Entry } from "./Entries.ts"
import type { Mistake } from "./Mistakes.ts"
import { bareRule, dueOf, isRule } from "./SaidDates.ts"

type SaidRepeat = NonNullable<TaskOfFile["repeat"]>

/** The rule that a file gives; undefined of words. */
const ruleOf = (repeat: SaidRepeat | null | undefined): string | undefined =>
  typeof repeat === "string" ? isRule(repeat) ? repeat : undefined : repeat?.rule

const placeOf = ({ at, said }: Entry) => typeof said.repeat === "object" ? at("repeat", "rule") : at("repeat")

/** What is wrong with a rule, by what the file says of it and of its date. */
export const wrongRule = (entry: Entry): ReadonlyArray<Mistake> => {
  const { due, repeat } = entry.said
  const rule = ruleOf(repeat)
  if (rule === undefined) return []
  const at = placeOf(entry)
  if (!isRule(rule)) {
    return [{ at, message: "A rule is an RRULE, such as FREQ=WEEKLY;BYDAY=MO; words stand by themselves" }]
  }
  // Without a date it is looked at by a time that any rule may have.
  const date = typeof due === "string" ? dueOf(due) : { date: "2000-01-01", time: "00:00", timeZone: "Etc/UTC" } as Due
  const checked = date === undefined ? undefined : checkedRule(bareRule(rule), date)
  return checked !== undefined && Result.isFailure(checked) ? [{ at, message: checked.failure.message }] : []
}

/** Finds what is wrong with how a task repeats then, by what is there of it and what is to be written. */
export const checkRepeat = (entry: Entry, current: Compared, { mistake, patch }: Findings): void => {
  const rule = patch.repeat === undefined ? current.repeat?.rule : patch.repeat?.rule
  if (rule === undefined || patch.repeat === undefined && patch.due === undefined) return
  const said = patch.due == null ? undefined : checkedDue(patch.due as never)
  const due = patch.due === undefined ? current.due : said !== undefined && Result.isSuccess(said) ? said.success : null
  if (due === null) return
  const at = patch.repeat === undefined ? entry.at("due") : placeOf(entry)
  const checked = checkedRule(rule, due)
  if (Result.isFailure(checked)) return mistake(at, checked.failure.message)
  const from = patch.repeat?.from ?? current.repeat?.from ?? "schedule"
  if (rule !== current.repeat?.rule && from === "schedule" && !everComes(checked.success, due.date)) {
    mistake(
      at,
      `Counted from ${due.date} in steps of ${checked.success.interval}, it never comes to a day that it names`
    )
  }
}
