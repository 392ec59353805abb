import type { Argument, CommandUnknownOpts, Option } from "@commander-js/extra-typings"
import { namesOf } from "../commandLine/TodoCommand.ts"

/** Where in a command line somebody is. */
export interface Place {
  /** The command that the words before name. */
  readonly command: CommandUnknownOpts
  /** What is being typed: the value of an option, or of an argument that comes next. */
  readonly expected: Option | Argument | undefined
  /** What stands before that in the same word, as in `--project=Work`. */
  readonly head: string
  readonly text: string
  /** Whether it may be an option, or the name of a command. */
  readonly takesOptions: boolean
  readonly takesCommands: boolean
  /** The options that were given so far. */
  readonly given: ReadonlySet<Option>
  /** The service that `--api-url` names. */
  readonly apiUrl: string | undefined
  /** The account that `--account` names. */
  readonly account: string | undefined
}

const optionOf = (command: CommandUnknownOpts, word: string): Option | undefined =>
  command.options.find(({ long, short }) => word === long || word === short)

/** The option that a word gives, and its value where it stands in the same word. */
const givenBy = (
  command: CommandUnknownOpts,
  word: string
): { readonly option: Option | undefined; readonly value: string | undefined } => {
  const [, name = word, value] = /^(--[^=]+)=(.*)$/s.exec(word) ?? /^(-[^-])(.+)$/s.exec(word) ?? []
  return { option: optionOf(command, name), value }
}

/** Where somebody is who types `current` behind these words, the first of which comes after `todo`. */
export const placeIn = (program: CommandUnknownOpts, words: ReadonlyArray<string>, current: string): Place => {
  let command = program
  let open: Option | undefined
  let areOptionsOver = false
  let apiUrl: string | undefined
  let account: string | undefined
  let count = 0
  const given = new Set<Option>()
  const take = (option: Option, value: string) => {
    if (option.long === "--api-url") apiUrl = value
    if (option.long === "--account") account = value
  }
  for (const word of words) {
    if (open !== undefined) {
      take(open, word)
      open = undefined
    } else if (!areOptionsOver && word === "--") {
      areOptionsOver = true
    } else if (!areOptionsOver && word.startsWith("-") && word !== "-") {
      const { option, value } = givenBy(command, word)
      if (option === undefined) continue
      given.add(option)
      if (value !== undefined) take(option, value)
      else if (option.required) open = option
    } else {
      const below = count > 0 ? undefined : command.commands.find((one) => namesOf(one).includes(word))
      if (below === undefined) count++
      else command = below
    }
  }
  const place = { command, given, apiUrl, account, takesOptions: false, takesCommands: false, head: "", text: current }
  if (open !== undefined) return { ...place, expected: open }
  if (!areOptionsOver && current.startsWith("-")) {
    const { option, value } = givenBy(command, current)
    const takesValue = option?.required === true && value !== undefined
    return takesValue
      ? { ...place, expected: option, head: current.slice(0, current.length - value.length), text: value }
      : { ...place, expected: undefined, takesOptions: true }
  }
  return { ...place, expected: argumentAt(command, count), takesOptions: !areOptionsOver, takesCommands: count === 0 }
}

const argumentAt = ({ registeredArguments }: CommandUnknownOpts, index: number): Argument | undefined => {
  const last = registeredArguments.at(-1)
  return registeredArguments[index] ?? (last?.variadic === true ? last : undefined)
}
