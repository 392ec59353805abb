import { dateOf } from "@todo/domain/dates/CivilDate"
import type { Repeat } from "@todo/domain/repetition/Repeat"
import { parseRule } from "@todo/domain/repetition/RuleText"
import type { Language } from "@todo/domain/words/Language"
import { sayRepeat } from "@todo/domain/words/Say"
import { Result } from "effect"

/** Rules in words; of few rules many tasks are. */
const said = new Map<string, string>()
const mostSaid = 1_000
/** A date of it has its year: else the words would be others on another day. */
const onNoDay = dateOf(0)

/** What a rule says, in words of a language. */
export const saidRule = ({ from, rule }: Pick<Repeat, "from" | "rule">, language: Language): string | null => {
  const key = `${language.code} ${from} ${rule}`
  let words = said.get(key)
  if (words === undefined) {
    const parsed = parseRule(rule, [])
    if (Result.isFailure(parsed)) return null
    words = sayRepeat(parsed.success, from, { today: onNoDay, language })
    if (said.size >= mostSaid) said.clear()
    said.set(key, words)
  }
  return words
}
