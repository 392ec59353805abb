import { defaultApiUrl, plainAddress } from "../ApiUrl.ts"
import { configDirectoryOf } from "../client/ConfigDirectory.ts"
import { lastService } from "../client/LastServiceFile.ts"
import { bashQuoting, fishQuoting, powershellQuoting, type Quoting, typedWords } from "../commandLine/TypedWords.ts"
import { withoutAlias } from "../config/Aliases.ts"
import { readConfig } from "../config/ConfigFile.ts"
import { accountKeys, type Config, configKeys } from "../config/ConfigKeys.ts"
import { configuredEnvironment } from "../config/Configured.ts"
import { printable } from "../terminal/TerminalText.ts"
import { refreshWhereOld } from "./BackgroundRefresh.ts"
import { type Candidates, candidatesAt, type Known } from "./Candidates.ts"
import type { CompletedCommand } from "./CommandTree.ts"
import { cacheFileOf, readCache } from "./CompletionCache.ts"
import { placeIn } from "./Place.ts"
import { replyToBash, replyToFish, replyToPowershell, replyToZsh } from "./Reply.ts"
import type { Shell } from "./Shells.ts"

/** What is asked of completion. */
export interface Asked {
  readonly commands: CompletedCommand
  readonly env: Readonly<Record<string, string | undefined>>
  readonly shell: Shell
  /** What the script of the shell tells of the command line. */
  readonly args: ReadonlyArray<string>
}

/** What is configured here; nothing where it cannot be read. */
const configOf = (env: Asked["env"]): Config => {
  try {
    return readConfig(configDirectoryOf(env))
  } catch {
    return {}
  }
}

const serviceOf = (env: Asked["env"], named: string | undefined): string => {
  const address = named ?? (env.TODO_API_URL || (lastService(configDirectoryOf(env)) ?? defaultApiUrl))
  return URL.canParse(address) ? plainAddress(new URL(address)) : address
}

const knownOf = ({ aliases = {} }: Config): Omit<Known, "cached"> => ({
  aliases: Object.entries(aliases).map(([value, about]) => ({ value, about })),
  configKeys: [
    ...Object.entries(configKeys).map(([value, { about }]) => ({ value, about })),
    ...Object.keys(accountKeys).map((value) => ({ value, about: "of your account" })),
    ...Object.entries(aliases).map(([name, about]) => ({ value: `aliases.${name}`, about })),
    { value: "aliases.", about: "a command line by a name of yours", goesOn: true }
  ]
})

/** What may stand behind these words, and can be typed. */
const candidatesBehind = (
  { commands, env }: Asked,
  typed: ReadonlyArray<string>,
  current: string
): Candidates => {
  const config = configOf(env)
  const words = withoutAlias(typed, commands.commands.flatMap(({ names }) => names), config)
  const place = placeIn(commands, words, current)
  const configured = configuredEnvironment(env, config)
  const account = place.account ?? (configured.TODO_ACCOUNT || undefined)
  const file = cacheFileOf(env, { apiUrl: serviceOf(configured, place.apiUrl), account })
  const cached = file === undefined ? undefined : readCache(file)
  if (file !== undefined) refreshWhereOld(file, place)
  const { files, values } = candidatesAt(place, commands, { cached, ...knownOf(config) })
  return { files, values: values.filter(({ value }) => printable(value) === value) }
}

const textsOf = (line: string, quoting: Quoting) => {
  const [[, ...before], current] = typedWords(line, quoting)
  return { before: before.map(({ text }) => text), current }
}

/** Assignments before a command are no words of it. */
const withoutAssignments = (line: string): string => line.replace(/^\s*(?:\w+=\S*\s+)*/, "")

/** What bash calls its kinds of completion that put a value there although there are several. */
const putsOneThere = new Set(["37", "42"])

/** Fish takes a ~ that it completes for somebody's home, and quotes it nowhere. */
const withoutHomes = ({ files, values }: Candidates): Candidates => ({
  files,
  values: values.filter(({ value }) => !value.startsWith("~"))
})

const replyTo = (asked: Asked): string => {
  const { args, shell } = asked
  switch (shell) {
    case "bash": {
      const [line = "", replaced = "", type = "", columns = ""] = args
      const { before, current } = textsOf(withoutAssignments(line), bashQuoting)
      return replyToBash(candidatesBehind(asked, before, current.text), {
        word: current,
        replaced,
        isList: !putsOneThere.has(type),
        columns: Number(columns) || 80
      })
    }
    case "zsh": {
      const [columns = "", ...words] = args
      return replyToZsh(candidatesBehind(asked, words.slice(0, -1), words.at(-1) ?? ""), Number(columns) || 80)
    }
    case "fish":
      return replyToFish(
        withoutHomes(candidatesBehind(asked, args.slice(0, -1), typedWords(args.at(-1) ?? "", fishQuoting)[1].text))
      )
    case "powershell": {
      const { before, current } = textsOf(Buffer.from(args[0] ?? "", "base64url").toString("utf8"), powershellQuoting)
      return replyToPowershell(candidatesBehind(asked, before, current.text))
    }
  }
}

/** Answers what may come next, from what is here: nothing is asked of the service, and nothing goes wrong aloud. */
export const completed = (asked: Asked): string => {
  try {
    return replyTo(asked)
  } catch {
    return ""
  }
}
