import type { CompletedCommand, CompletedOption, CompletedValue } from "./CommandTree.ts"

/** Where in a command line somebody is. */
export interface Place {
  /** The command that the words before name. */
  readonly command: CompletedCommand
  /** What is being typed: the value of an option, or of an argument that comes next. */
  readonly expected: CompletedValue | undefined
  /** What stands before that in the same word, as in `--project=Work`. */
  readonly head: string
  readonly text: string
  /** Whether it may be an option, or the name of a command. */
  readonly takesOptions: boolean
  readonly takesCommands: boolean
  /** The options that were given so far. */
  readonly given: ReadonlySet<CompletedOption>
  /** The service that `--api-url` names. */
  readonly apiUrl: string | undefined
  /** The account that `--account` names. */
  readonly account: string | undefined
}

const optionOf = (command: CompletedCommand, word: string): CompletedOption | undefined =>
  command.options.find(({ flags }) => flags.includes(word))

/** The option that a word gives, and its value where it stands in the same word. */
const givenBy = (
  command: CompletedCommand,
  word: string
): { readonly option: CompletedOption | undefined; readonly value: string | undefined } => {
  const [, name = word, value] = /^(--[^=]+)=(.*)$/s.exec(word) ?? /^(-[^-])(.+)$/s.exec(word) ?? []
  return { option: optionOf(command, name), value }
}

/** Where somebody is who types `current` behind these words, the first of which comes after `todo`. */
export const placeIn = (program: CompletedCommand, words: ReadonlyArray<string>, current: string): Place => {
  let command = program
  let open: CompletedOption | undefined
  let areOptionsOver = false
  let apiUrl: string | undefined
  let account: string | undefined
  let count = 0
  const given = new Set<CompletedOption>()
  const take = ({ flags }: CompletedOption, value: string) => {
    if (flags.includes("--api-url")) apiUrl = value
    if (flags.includes("--account")) account = value
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
      else if (option.value !== undefined) open = option
    } else {
      const below = count > 0 ? undefined : command.commands.find(({ names }) => names.includes(word))
      if (below === undefined) count++
      else command = below
    }
  }
  const place = { command, given, apiUrl, account, takesOptions: false, takesCommands: false, head: "", text: current }
  if (open !== undefined) return { ...place, expected: open.value }
  if (!areOptionsOver && current.startsWith("-")) {
    const { option, value } = givenBy(command, current)
    return option?.value !== undefined && value !== undefined
      ? { ...place, expected: option.value, head: current.slice(0, current.length - value.length), text: value }
      : { ...place, expected: undefined, takesOptions: true }
  }
  return { ...place, expected: argumentAt(command, count), takesOptions: !areOptionsOver, takesCommands: count === 0 }
}

const argumentAt = (command: CompletedCommand, index: number): CompletedValue | undefined => {
  const last = command.arguments.at(-1)
  return command.arguments[index] ?? (last?.isVariadic === true ? last : undefined)
}
