import type { TaskState } from "./TaskState.ts"

/** What a person asks a list for. */
export interface AskedList {
  readonly state: TaskState
  /** Words of the language of filters. */
  readonly filter?: ReadonlyArray<string> | undefined
  readonly search?: string | undefined
}

/** A text as a filter has it. */
export const textInFilter = (text: string) => `"${text.replace(/["\\]/g, "\\$&")}"`

/** How a term with a value begins, as a person types it. */
const beginning = /^(?:[a-z]+[:<>=]+|[@#])/iu
/** What is more than a value. */
const beyondValue = /["():<>=@#]|\b(?:and|or|not)\b/iu

/** A term whose value is several words: what a shell was given as one argument is one value. */
const quotedWhereOne = (argument: string) => {
  const term = beginning.exec(argument)?.[0] ?? ""
  const value = argument.slice(term.length).trim()
  return term === "" || !/\s/u.test(value) || beyondValue.test(value) ? argument : term + textInFilter(value)
}

/** What is typed beside a filter, as one condition more. */
export const withTyped = (filter: string, typed: ReadonlyArray<string>): string =>
  typed.length === 0 ? filter : `(${filter}) and (${typed.map(quotedWhereOne).join(" ")})`

/**
 * The filter to send; undefined where the state alone is asked for. A filter says by itself that it is of what is open; a
 * state beside it goes before that.
 */
export const filterOf = ({ filter = [], search, state }: AskedList): string | undefined => {
  const typed = filter.map(quotedWhereOne).join(" ")
  const parts = [
    ...typed.trim() === "" ? [] : [typed],
    ...search === undefined ? [] : [`search:${textInFilter(search)}`],
    ...state === "open" || (filter.length === 0 && search === undefined) ? [] : [state]
  ]
  return parts.length === 0 ?
    undefined :
    parts.length === 1 ?
    parts[0] :
    parts.map((part, index) => index === 0 && part === typed ? `(${part})` : part).join(" and ")
}
