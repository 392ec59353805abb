import { isDate } from "@todo/domain/dates/DateOnly"
import { intervalOf } from "./Recurrence.ts"

/** What the words of a line say. */
interface Words {
  readonly project: string | undefined
  readonly contexts: ReadonlyArray<string>
  readonly values: ReadonlyMap<string, string>
  /** All others, which are the title. */
  readonly rest: ReadonlyArray<string>
  /** Of those the ones that look like what is read, and why they are not. */
  readonly unread: ReadonlyArray<readonly [word: string, why: string]>
}

const customs = ["due", "t", "rec", "pri"]

/** Why a custom is not read; undefined where it is. */
const objectionTo = (name: string, value: string, done: boolean): string | undefined => {
  switch (name) {
    case "due":
    case "t":
      return isDate(value) ? undefined : "there is no such day"
    case "rec":
      return intervalOf(value) === undefined ? "no rule says it" : undefined
    default:
      return !/^[A-Z]$/u.test(value)
        ? "it is no priority"
        : done
        ? undefined
        : `what is open has it as (${value}), before all else`
  }
}

/**
 * Reads the words of a line: `+project`, `@context`, and customs such as `due:`; all others stay in the title as they are. Of
 * several projects, or dates, the last is it: so `todo` writes them behind a title that has such words.
 */
export const wordsOf = (text: string, done: boolean): Words => {
  const words = text.split(" ")
  const contexts = new Set<string>()
  const values = new Map<string, string>()
  let project: string | undefined
  const kindOf = (word: string): readonly [kind: "+" | "@" | string, value: string] | undefined => {
    const [, sign, rest = ""] = /^([+@])(\S+)$/u.exec(word) ?? []
    if (sign !== undefined) return [sign, rest]
    const [, name = "", value = ""] = /^([a-z]+):(\S+)$/u.exec(word) ?? []
    return customs.includes(name) ? [name, value] : undefined
  }
  for (const word of words) {
    const [kind = "", value = ""] = kindOf(word) ?? []
    if (kind === "+") project = value
    else if (kind === "@") contexts.add(value)
    else if (kind !== "" && objectionTo(kind, value, done) === undefined) values.set(kind, value)
  }
  const unread: Array<readonly [string, string]> = []
  const rest = words.filter((word) => {
    const [kind = "", value = ""] = kindOf(word) ?? []
    if (kind === "") return true
    if (kind === "@" || value === (kind === "+" ? project : values.get(kind))) return false
    const why = kind === "+" ? "a task is in one project" : objectionTo(kind, value, done) ?? "another stands behind it"
    unread.push([word, why])
    return true
  })
  return { project, contexts: [...contexts], values, rest, unread }
}
