import { commandAt } from "../commandLine/CommandAt.ts"
import { bashQuoting, typedWords } from "../commandLine/TypedWords.ts"
import type { Config } from "./ConfigKeys.ts"

/** The words of a command line that an alias stands for: quotes are taken off, and no shell is asked. */
export const wordsOfAlias = (line: string): ReadonlyArray<string> =>
  typedWords(`${line} `, bashQuoting)[0].map(({ text }) => text)

/**
 * A command line with what an alias stands for in its place. A command is never one, so that a release that brings a command
 * of that name has it; what an alias stands for begins with a command, so that none leads to itself.
 */
export const withoutAlias = (
  args: ReadonlyArray<string>,
  commands: ReadonlyArray<string>,
  { aliases = {} }: Config
): ReadonlyArray<string> => {
  const at = commandAt(args)
  const word = args[at]
  if (word === undefined || commands.includes(word)) return args
  const line = Object.hasOwn(aliases, word) ? aliases[word] : undefined
  return line === undefined ? args : [...args.slice(0, at), ...wordsOfAlias(line), ...args.slice(at + 1)]
}

/** Why a line cannot be what an alias of this name stands for; undefined where it can. */
export const objectionToAlias = (name: string, line: string, commands: ReadonlyArray<string>): string | undefined => {
  if (commands.includes(name)) return `${name} is a command, and no alias can take its place`
  const first = wordsOfAlias(line)[0] ?? ""
  return commands.includes(first)
    ? undefined
    : `An alias begins with a command of todo, and ${JSON.stringify(first)} is none`
}
