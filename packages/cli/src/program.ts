import { Command, InvalidArgumentError, Option } from "@commander-js/extra-typings"
import type { ScriptTokenScope } from "@todo/domain/tokens/ScriptToken"
import type { CommandInput, CommandName } from "./commands.ts"
import { addAccountCommands } from "./program/account.ts"
import { aboutIds, aboutRefs, environment, examples } from "./program/HelpText.ts"
import { version } from "./Version.ts"

/** The options that every command takes, before its name or after it. */
export interface GlobalOptions {
  readonly json: boolean
  readonly quiet: boolean
  readonly apiUrl: string | undefined
  readonly input: boolean
  readonly color: boolean
}

/** What happens with a command line that has been understood. */
export type Run = <Name extends CommandName>(
  name: Name,
  input: CommandInput<Name>,
  options: GlobalOptions
) => Promise<void>

const positiveInteger = (text: string): number => {
  const value = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < 1) {
    throw new InvalidArgumentError("Expected a whole number of at least 1.")
  }
  return value
}

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

/**
 * The tree of commands. It reads command lines and calls `run`; it does nothing
 * by itself. It throws a `CommanderError` where it would exit, also after `--help`.
 */
export const makeProgram = (run: Run) => {
  const program = new Command("todo")
    .exitOverride()
    // The one who catches the error reports it; help that nobody asked for is not printed.
    .configureOutput({ writeErr: () => {} })
    .description("Your tasks in the terminal and in CI.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help for a command")
    .addOption(new Option("--json", "print one JSON value, of the same shape as the API's").conflicts("quiet"))
    .option("-q, --quiet", "print numbers or ids only")
    .option("--api-url <url>", "the service to use (or set TODO_API_URL)")
    .option("--no-input", "never ask")
    .option("--no-color", "print without colors (or set NO_COLOR)")
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      "after",
      examples("todo login", "todo add Buy milk", "todo list", "todo done 7") + environment
    )

  const globals = (): GlobalOptions => {
    const { apiUrl, color, input, json, quiet } = program.opts()
    return { apiUrl, color, input, json: json === true, quiet: quiet === true }
  }

  program.command("signup")
    .description("Make an account and sign in")
    .option("--name <name>", "the name to greet you by")
    .option("--email <address>", "the address to sign in with")
    .option("--password-stdin", "read the password from the first line of stdin")
    .addHelpText(
      "after",
      examples(
        "todo signup",
        "echo \"$PASSWORD\" | todo signup --name Ada --email ada@example.com --password-stdin"
      )
    )
    .action(({ email, name, passwordStdin }) =>
      run("signup", { email, name, passwordStdin: passwordStdin === true }, globals())
    )

  program.command("login")
    .description("Sign in: with your browser, or with the password if --email is given")
    .option("--email <address>", "the address you signed up with")
    .option("--password-stdin", "read the password from the first line of stdin")
    .addOption(
      new Option("--device", "print the address of a page to approve on, also without a terminal")
        .conflicts(["email", "passwordStdin"])
    )
    .option("--no-browser", "do not open the page, only print its address")
    .addHelpText(
      "after",
      examples(
        "todo login",
        "todo login --email ada@example.com",
        "echo \"$PASSWORD\" | todo login --email ada@example.com --password-stdin",
        "todo login --device --json"
      )
    )
    .action(({ browser, device, email, passwordStdin }) =>
      run("login", { browser, device: device === true, email, passwordStdin: passwordStdin === true }, globals())
    )

  program.command("logout")
    .description("End the session and forget it")
    .option("--local", "forget it here without telling the service, which keeps it until it expires")
    .addHelpText("after", examples("todo logout", "todo logout --local"))
    .action(({ local }) => run("logout", { local: local === true }, globals()))

  program.command("whoami")
    .description("Print who is signed in")
    .addHelpText("after", examples("todo whoami", "todo whoami --json"))
    .action(() => run("whoami", {}, globals()))

  addAccountCommands(program, run, globals)

  const sessions = program.command("sessions")
    .description("List where you are signed in, and sign out there")
    .helpCommand("help [command]", "print help for a command")
    .addHelpText("after", examples("todo sessions", "todo sessions end 0198c0de", "todo sessions end-others"))

  sessions.command("list", { isDefault: true }).alias("ls")
    .description("List where you are signed in, the last used first")
    .addHelpText("after", examples("todo sessions", "todo sessions --json | jq -r '.[].userAgent'"))
    .action(() => run("sessionsList", {}, globals()))

  sessions.command("end")
    .description("Sign out there; ending the current session also forgets it here")
    .argument("<id...>", "which sessions")
    .addHelpText("after", aboutIds + examples("todo sessions end 0198c0de"))
    .action((refs) => run("sessionsEnd", { refs }, globals()))

  sessions.command("end-others")
    .description("Sign out everywhere but here; asks first when there is a terminal")
    .option("-y, --yes", "do not ask")
    .addHelpText("after", examples("todo sessions end-others", "todo sessions end-others --yes"))
    .action(({ yes }) => run("sessionsEndOthers", { yes: yes === true }, globals()))

  const token = program.command("token")
    .description("Make, list and revoke tokens for scripts and CI")
    .helpCommand("help [command]", "print help for a command")
    .addHelpText("after", examples("todo token create --name ci", "todo token list", "todo token revoke ci"))

  token.command("create")
    .description("Make a token and print its secret, this once")
    .requiredOption("--name <name>", "what to call it")
    .option("--scope <scope>", `${scopes.join(" or ")}; repeat it for both, which is the default`, anotherScope)
    .option("--expires <time>", `days or weeks until it ends, up to ${maxDays} days (default: 90d)`, days)
    .addHelpText(
      "after",
      examples(
        "todo token create --name ci",
        "todo token create --name report --scope tasks:read --expires 4w",
        "todo token create --name ci --quiet | gh secret set TODO_TOKEN"
      )
    )
    .action(({ expires = 90, name, scope = scopes }) =>
      run("tokenCreate", { name, scopes: scope, expiresInDays: expires }, globals())
    )

  token.command("list").alias("ls")
    .description("List your tokens that have not ended, newest first; never their secrets")
    .addHelpText("after", examples("todo token list", "todo token list --json | jq -r '.[].name'"))
    .action(() => run("tokenList", {}, globals()))

  token.command("revoke")
    .description("End tokens at once; asks first when there is a terminal")
    .argument("<token...>", "which tokens")
    .option("-y, --yes", "do not ask")
    .addHelpText(
      "after",
      `
A <token> is its name, its id, or the first 6 or more characters of its id, if only one has it.` +
        examples("todo token revoke ci", "todo token revoke --yes 0198c0de")
    )
    .action((refs, { yes }) => run("tokenRevoke", { refs, yes: yes === true }, globals()))

  program.command("add")
    .description("Add a task")
    .argument("<title...>", "what is to be done; words are joined")
    .option("-d, --description <text>", "more about it; - reads stdin")
    .option("--idempotency-key <key>", "run again with the same key, it adds no second task")
    .addHelpText(
      "after",
      examples(
        "todo add Buy milk",
        "todo add \"Call Bob\" -d \"About the boat\"",
        "git log -1 --format=%b | todo add Review the last commit -d -",
        "todo add -- --a title that starts with a dash",
        "todo add \"Deploy $VERSION\" --idempotency-key \"deploy-$VERSION\""
      )
    )
    .action((title, { description, idempotencyKey }) =>
      run("add", { title: title.join(" "), description, idempotencyKey }, globals())
    )

  program.command("list").alias("ls")
    .description("List tasks, newest first: those that are open, unless told otherwise")
    .addOption(new Option("-a, --all", "open and done").conflicts("done"))
    .option("--done", "only what is done")
    .option("-n, --limit <number>", "at most so many", positiveInteger)
    .addHelpText("after", examples("todo list", "todo ls --all --limit 20", "todo list --json | jq -r '.[].title'"))
    .action(({ all, done, limit }) => run("list", { state: all ? "all" : done ? "done" : "open", limit }, globals()))

  program.command("show")
    .description("Print tasks in full")
    .argument("<ref...>", "which tasks")
    .addHelpText("after", aboutRefs + examples("todo show 7", "todo show 0198c0de --json"))
    .action((refs) => run("show", { refs }, globals()))

  program.command("done")
    .description("Mark tasks done")
    .argument("<ref...>", "which tasks")
    .addHelpText("after", aboutRefs + examples("todo done 7", "todo done 7 8 9"))
    .action((refs) => run("done", { refs }, globals()))

  program.command("reopen")
    .description("Mark tasks open again")
    .argument("<ref...>", "which tasks")
    .addHelpText("after", aboutRefs + examples("todo reopen 7"))
    .action((refs) => run("reopen", { refs }, globals()))

  program.command("edit")
    .description("Change tasks; without options, in your editor ($VISUAL, $EDITOR)")
    .argument("<ref...>", "which tasks")
    .option("-t, --title <title>", "the new title")
    .option("-d, --description <text>", "the new description; - reads stdin")
    .option("--no-description", "remove the description")
    .addHelpText(
      "after",
      aboutRefs + examples("todo edit 7", "todo edit 7 --title \"Buy oat milk\"", "todo edit 7 --no-description")
    )
    .action((refs, { description, title }) =>
      run("edit", {
        refs,
        title,
        description: typeof description === "boolean" ? description ? undefined : null : description
      }, globals())
    )

  program.command("rm")
    .description("Delete tasks for good; asks first when there is a terminal")
    .argument("<ref...>", "which tasks")
    .option("-y, --yes", "do not ask")
    .addHelpText("after", aboutRefs + examples("todo rm 7", "todo rm --yes 7 8"))
    .action((refs, { yes }) => run("rm", { refs, yes: yes === true }, globals()))

  return program
}
