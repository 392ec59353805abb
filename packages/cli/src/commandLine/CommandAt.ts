/** Options of all commands that take a value, which is no command. */
const withValues = new Set(["--api-url", "--fields", "--template"])

/** Where the name of a command is in a command line; -1 where there is none. */
export const commandAt = (args: ReadonlyArray<string>): number => {
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!
    if (!word.startsWith("-")) return at
    if (word === "--") return -1
    if (withValues.has(word)) at++
  }
  return -1
}
