import { Result } from "effect"
import type { Due } from "../dates/Due.ts"
import type { Rule } from "../repetition/Rule.ts"
import { parseRule, printRule } from "../repetition/RuleText.ts"
import type { Moment } from "./Moment.ts"
import { joined, quoted } from "./Quotes.ts"
import type { TaskReading } from "./Reading.ts"
import { readRepeat } from "./Repeats.ts"
import { sayRepeat, timeText } from "./Say.ts"
import { readTasks } from "./Tasks.ts"

/** A date in figures, which are read as the same date at any moment: `2026-11-27 09:00 Europe/Berlin`. */
export const formatDate = (due: Due): string => "time" in due ? `${due.date} ${timeText(due)}` : due.date

/** A repetition in words that are read as the same rule, of a task that is due so: those of `sayRepeat`, or the rule itself. */
export const formatRepeat = (rule: Rule, from: "schedule" | "completion", due: Due, moment: Moment): string => {
  const said = sayRepeat(rule, from, moment)
  const text = printRule(rule)
  const read = readRepeat(said, moment, due)
  return Result.isSuccess(read) && read.success.repeat.rule === text && read.success.repeat.from === from
    ? said
    : moment.language.say.rule(text, from === "completion")
}

/** What words can hold of a task. */
export type FormattedTask =
  & Pick<TaskReading, "title" | "description" | "start" | "due" | "priority" | "project" | "tags">
  & { readonly repeat: Pick<NonNullable<TaskReading["repeat"]>, "rule" | "from"> | null }

const plainName = /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_/-]*$/u
const nameOf = (sign: string, name: string): string =>
  sign + (plainName.test(name) && !/^\d+$/.test(name) ? name : joined(quoted(name)))

/** A task in a line of words, from which `readTasks` makes the same task at the same moment. */
export const formatTask = (task: FormattedTask, moment: Moment): string => {
  const [field, start] = [moment.language.fields.due, moment.language.fields.start].map((it) => it!.split(" ")[0]!)
  const repeat = task.repeat === null || task.due === null
    ? ""
    : ` ${formatRepeat(Result.getOrThrow(parseRule(task.repeat.rule, [])), task.repeat.from, task.due, moment)}`
  const signs = [
    ...(task.start === null ? [] : [`${start}${formatDate(task.start)}`]),
    ...(task.due === null ? [] : [`${field}${formatDate(task.due)}${repeat}`]),
    ...(task.project === null ? [] : [nameOf("#", task.project)]),
    ...task.tags.map((tag) => nameOf("@", tag)),
    ...(task.priority === null ? [] : [task.priority]),
    ...(task.description === null || task.description.trim() === "" ? [] : [`// ${joined(task.description)}`])
  ]
  const bare = [joined(task.title), ...signs].join(" ")
  const read = readTasks(bare, moment)
  const isSame = Result.isSuccess(read) && read.success.length === 1 && read.success[0]!.title === task.title &&
    read.success[0]!.spans.length === signs.length
  return isSame ? bare : [joined(quoted(task.title)), ...signs].join(" ")
}
