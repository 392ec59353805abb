import { type Command, InvalidArgumentError } from "@commander-js/extra-typings"
import type { ScriptTokenScope } from "@todo/domain/tokens/ScriptToken"
import { addHelpCommand } from "../commandLine/help.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Run } from "../commandLine/Run.ts"
import { CommandLineError } from "../commandLine/TodoCommand.ts"

const scopes: ReadonlyArray<ScriptTokenScope> = ["tasks:read", "tasks:write"]

/** Each `--scope` adds to those before it. */
const anotherScope = (
  text: string,
  previous: ReadonlyArray<ScriptTokenScope> | undefined = []
): ReadonlyArray<ScriptTokenScope> => {
  const scope = scopes.find((known) => known === text)
  if (scope === undefined) throw new InvalidArgumentError(`Expected ${scopes.join(" or ")}.`)
  return previous.includes(scope) ? previous : [...previous, scope]
}

const maxDays = 366

const days = (text: string): number => {
  const [, count, unit] = /^(\d+)([dw])$/.exec(text) ?? []
  const value = Number(count) * (unit === "w" ? 7 : 1)
  if (!(value >= 1 && value <= maxDays)) {
    throw new InvalidArgumentError(`Expected days or weeks, as in 90d or 12w, of 1 to ${maxDays} days.`)
  }
  return value
}

/** `todo token`: tokens for scripts and CI. */
export const addTokenCommands = (program: Command, run: Run): void => {
  const token = program.command("token")
    .description(withExamples(
      "Make, list and revoke tokens for scripts and CI",
      "todo token create --name ci",
      "todo token list",
      "todo token revoke ci"
    ))
  token.action(() => {
    throw new CommandLineError("commander.help", "No command given", ["See `todo help token`."])
  })

  token.command("create")
    .description(withExamples(
      "Make a token and print its secret, this once",
      "todo token create --name ci",
      "todo token create --name report --scope tasks:read --expires 4w",
      "todo token create --name ci --quiet | gh secret set TODO_TOKEN"
    ))
    .option("--name <name>", "what to call it")
    .option("--scope <scope>", `${scopes.join(" or ")}; repeat it for both, which is the default`, anotherScope)
    .option("--expires <time>", `days or weeks until it ends, up to ${maxDays} days (default: 90d)`, days)
    .action(({ expires = 90, name, scope = scopes }) =>
      run("tokenCreate", { name, scopes: scope, expiresInDays: expires })
    )

  token.command("list").alias("ls")
    .description(withExamples(
      "List your tokens that have not ended, newest first; never their secrets",
      "todo token list",
      "todo token list --json | jq -r '.[].name'"
    ))
    .action(() => run("tokenList", {}))

  token.command("revoke")
    .description(withExamples(
      "End tokens at once; asks first on a terminal",
      "todo token revoke ci",
      "todo token revoke --yes 0198c0de"
    ))
    .argument("[token...]", "its name, its id, or the first 6 or more characters of its id, if only one has it")
    .option("-y, --yes", "do not ask")
    .action((refs, { yes }) => run("tokenRevoke", { refs, yes: yes === true }))

  addHelpCommand(token)
}
