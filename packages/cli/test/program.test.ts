import { CommanderError } from "@commander-js/extra-typings"
import { describe, expect, it } from "@effect/vitest"
import { asksForJson, usageError } from "../src/commandLine/UsageError.ts"
import { makeProgram } from "../src/program.ts"
import type { GlobalOptions } from "../src/Settings.ts"

const defaults: GlobalOptions = {
  json: false,
  quiet: false,
  apiUrl: undefined,
  input: true,
  color: true,
  pager: true,
  queue: true,
  ndjson: false,
  fields: undefined,
  template: undefined
}

/** What a command line means: a command, its input and the options of all commands. */
const parse = async (...args: ReadonlyArray<string>) => {
  let understood: unknown
  await makeProgram((name, input, options) => {
    understood = { name, input, options }
    return Promise.resolve()
  }).parseAsync(args, { from: "user" })
  return understood
}

const refusal = async (...args: ReadonlyArray<string>) => {
  const error = await parse(...args).catch((error: unknown) => error)
  return error instanceof CommanderError ? usageError(error) : error
}

describe("command lines that are understood", () => {
  it.each([
    ["signup", "signIn.signup", { name: undefined, email: undefined, passwordStdin: false }],
    ["signup --name Ada --email a@b.c --password-stdin", "signIn.signup", {
      name: "Ada",
      email: "a@b.c",
      passwordStdin: true
    }],
    ["login", "signIn.login", { browser: true, device: false, email: undefined, passwordStdin: false }],
    ["login --email a@b.c", "signIn.login", { browser: true, device: false, email: "a@b.c", passwordStdin: false }],
    ["login --device --no-browser", "signIn.login", {
      browser: false,
      device: true,
      email: undefined,
      passwordStdin: false
    }],
    ["logout", "signIn.logout", { all: false, local: false }],
    ["logout --local", "signIn.logout", { all: false, local: true }],
    ["logout --all", "signIn.logout", { all: true, local: false }],
    ["account list", "account.list", {}],
    ["account ls", "account.list", {}],
    ["account use", "account.use", { account: undefined }],
    ["account use ada@example.com", "account.use", { account: "ada@example.com" }],
    ["whoami", "signIn.whoami", {}],
    ["completion install", "completion.install", { shell: undefined }],
    ["completion uninstall zsh", "completion.uninstall", { shell: "zsh" }],
    ["completion powershell", "completion.powershell", {}],
    ["completion refresh", "completion.refresh", {}],
    ["config", "config.list", {}],
    ["config ls", "config.list", {}],
    ["config get zone", "config.get", { key: "zone" }],
    ["config set aliases.x list today", "config.set", {
      key: "aliases.x",
      value: "list today",
      commands: expect.arrayContaining(["list", "ls", "config"])
    }],
    ["config unset list.sort", "config.unset", { key: "list.sort" }],
    ["config path", "config.path", {}],
    ["doctor", "diagnosis.doctor", { commands: expect.arrayContaining(["list", "ls", "config"]) }],
    ["skill", "guide.skill", {}],
    ["", "day.home", {}],
    ["export", "transfer.export", { output: undefined, format: "todo" }],
    ["export --csv -o x.csv", "transfer.export", { output: "x.csv", format: "csv" }],
    ["import -", "transfer.import", { file: "-", from: undefined, dryRun: false, partial: false, overwrite: false }],
    ["import x -n --partial --overwrite --from todoist", "transfer.import", {
      file: "x",
      from: "todoist",
      dryRun: true,
      partial: true,
      overwrite: true
    }],
    ["add", "tasks.add", { title: undefined, description: undefined, idempotencyKey: undefined }],
    ["add -d D", "tasks.add", { title: undefined, description: "D", idempotencyKey: undefined }],
    ["add -", "tasks.add", { title: "-", description: undefined, idempotencyKey: undefined }],
    ["add a - x", "tasks.add", { title: "a - x", description: undefined, idempotencyKey: undefined }],
    ["add x -d --version", "tasks.add", { title: "x", description: "--version", idempotencyKey: undefined }],
    ["add x -d --json", "tasks.add", { title: "x", description: "--json", idempotencyKey: undefined }],
    ["add x -d -- y", "tasks.add", { title: "x y", description: "--", idempotencyKey: undefined }],
    ["add x --description --help", "tasks.add", { title: "x", description: "--help", idempotencyKey: undefined }],
    ["edit 7 -t -q -d -V", "tasks.edit", { refs: ["7"], changes: { title: "-q", description: "-V" } }],
    ["signup --name --json --email -y", "signIn.signup", { name: "--json", email: "-y", passwordStdin: false }],
    ["account change-name -- --json", "account.changeName", { name: "--json" }],
    ["add Buy milk", "tasks.add", { title: "Buy milk", description: undefined, idempotencyKey: undefined }],
    ["add Buy -d Oat milk", "tasks.add", { title: "Buy milk", description: "Oat", idempotencyKey: undefined }],
    ["add Buy --description -", "tasks.add", { title: "Buy", description: "-", idempotencyKey: undefined }],
    ["add -- -x --json", "tasks.add", { title: "-x --json", description: undefined, idempotencyKey: undefined }],
    ["add Buy --idempotency-key k", "tasks.add", { title: "Buy", description: undefined, idempotencyKey: "k" }],
    ["add - --idempotency-key k", "tasks.add", { title: "-", description: undefined, idempotencyKey: "k" }],
    ["apply -f a.yaml -f -", "applying.apply", {
      dryRun: false,
      files: ["a.yaml", "-"],
      prune: false,
      set: undefined,
      yes: false
    }],
    ["apply --file a --dry-run --prune --set s -y", "applying.apply", {
      dryRun: true,
      files: ["a"],
      prune: true,
      set: "s",
      yes: true
    }],
    ["list", "tasks.list", { state: "open", filter: [], limit: undefined }],
    ["ls", "tasks.list", { state: "open", filter: [], limit: undefined }],
    ["list --done", "tasks.list", { state: "done", filter: [], limit: undefined }],
    ["list --all --limit 3", "tasks.list", { state: "all", filter: [], limit: 3 }],
    ["list p1 or @home --sort due -s milk", "tasks.list", {
      state: "open",
      filter: ["p1", "or", "@home"],
      sort: "due",
      search: "milk",
      limit: undefined
    }],
    ["list -a -n 3", "tasks.list", { state: "all", filter: [], limit: 3 }],
    ["show 7 #8 0198c0de", "tasks.show", { refs: ["7", "#8", "0198c0de"] }],
    ["show", "tasks.show", { refs: [] }],
    ["open", "tasks.open", { refs: [], web: false }],
    ["open 7 --web", "tasks.open", { refs: ["7"], web: true }],
    ["open -w 7 8", "tasks.open", { refs: ["7", "8"], web: true }],
    ["done 7", "tasks.done", { refs: ["7"], how: {} }],
    ["done", "tasks.done", { refs: [], how: {} }],
    ["done 7 --children", "tasks.done", { refs: ["7"], how: { children: "complete" } }],
    ["done 7 --keep-children --force", "tasks.done", { refs: ["7"], how: { children: "keep", force: true } }],
    ["move 7 8 --before 3", "tasks.move", { refs: ["7", "8"], before: "3" }],
    ["move 7 --first --no-parent", "tasks.move", { refs: ["7"], at: "first", parent: null }],
    ["block 7 --by 3 --by 4", "tasks.block", { refs: ["7"], by: ["3", "4"] }],
    ["unblock 7", "tasks.unblock", { refs: ["7"] }],
    ["reopen 7 8", "tasks.reopen", { refs: ["7", "8"] }],
    ["edit 7", "tasks.edit", { refs: ["7"], changes: {} }],
    ["edit 7 --title T --description D", "tasks.edit", { refs: ["7"], changes: { title: "T", description: "D" } }],
    ["edit 7 -t T -d -", "tasks.edit", { refs: ["7"], changes: { title: "T", description: "-" } }],
    ["edit 7 --no-description", "tasks.edit", { refs: ["7"], changes: { description: null } }],
    ["add x --project Work --tag a --tag @b", "tasks.add", {
      title: "x",
      project: "Work",
      tag: { add: ["a", "b"], remove: [] }
    }],
    ["edit 7 --no-project --tag a --no-tag b", "tasks.edit", {
      refs: ["7"],
      changes: { project: null, tag: { add: ["a"], remove: ["b"] } }
    }],
    ["project", "projects.list", {}],
    ["project ls --archived", "projects.list", { which: "archived" }],
    ["project add At work --parent Work", "projects.add", { name: "At work", parent: "Work" }],
    ["project show Work", "projects.show", { ref: "Work" }],
    ["project edit Work --name W --no-tint", "projects.edit", { ref: "Work", changes: { name: "W", color: null } }],
    ["project move A B --after C", "projects.move", { refs: ["A", "B"], after: "C" }],
    ["project move A --first --no-parent", "projects.move", { refs: ["A"], at: "first", parent: null }],
    ["view move A B --last", "views.move", { refs: ["A", "B"], at: "last" }],
    ["project archive A B", "projects.archive", { refs: ["A", "B"] }],
    ["project unarchive A", "projects.unarchive", { refs: ["A"] }],
    ["project rm -y A --move-to inbox", "projects.rm", { refs: ["A"], moveTo: "inbox", trash: false, yes: true }],
    ["tag", "tags.list", {}],
    ["tag add home 7 8", "tags.add", { tag: "home", refs: ["7", "8"] }],
    ["tag rename a b --merge", "tags.rename", { tag: "a", name: "b", merge: true }],
    ["tag rm -y a b", "tags.rm", { tags: ["a", "b"], yes: true }],
    ["rm 7 8", "tasks.rm", { refs: ["7", "8"], yes: false }],
    ["rm -y 7", "tasks.rm", { refs: ["7"], yes: true }],
    ["restore", "restoring.restore", { refs: [] }],
    ["restore 7 8", "restoring.restore", { refs: ["7", "8"] }],
    ["trash", "trash.list", {}],
    ["trash list -n 3", "trash.list", { limit: 3 }],
    ["trash ls", "trash.list", { limit: undefined }],
    ["trash rm 7 8", "trash.rm", { refs: ["7", "8"], yes: false }],
    ["trash rm -y 7", "trash.rm", { refs: ["7"], yes: true }],
    ["trash empty", "trash.empty", { yes: false }],
    ["trash empty --yes", "trash.empty", { yes: true }],
    ["undo", "operations.undo", { ref: undefined, partial: false }],
    ["undo --partial 0198c0de", "operations.undo", { ref: "0198c0de", partial: true }],
    ["history", "operations.history", { ref: undefined, limit: 50 }],
    ["history 7 -n 3", "operations.history", { ref: "7", limit: 3 }],
    ["watch", "changes.watch", { exec: undefined, since: undefined }],
    ["watch --since x --exec -q", "changes.watch", { exec: "-q", since: "x" }],
    ["watch --since=", "changes.watch", { exec: undefined, since: undefined }],
    ["token create --name ci", "tokens.create", {
      name: "ci",
      scopes: ["tasks:read", "tasks:write"],
      expiresInDays: 90
    }],
    ["token create --name ci --scope tasks:read --expires 30d", "tokens.create", {
      name: "ci",
      scopes: ["tasks:read"],
      expiresInDays: 30
    }],
    ["token create --scope tasks:write --scope tasks:read --scope tasks:write --name x --expires 2w", "tokens.create", {
      name: "x",
      scopes: ["tasks:write", "tasks:read"],
      expiresInDays: 14
    }],
    ["token create", "tokens.create", { name: undefined, scopes: ["tasks:read", "tasks:write"], expiresInDays: 90 }],
    ["token revoke", "tokens.revoke", { refs: [], yes: false }],
    ["sessions end", "sessions.end", { refs: [] }],
    ["account change-name", "account.changeName", { name: undefined }],
    ["account change-email", "account.changeEmail", { address: undefined, passwordStdin: false }],
    ["token list", "tokens.list", {}],
    ["token ls", "tokens.list", {}],
    ["token revoke ci 0198c0de", "tokens.revoke", { refs: ["ci", "0198c0de"], yes: false }],
    ["token revoke -y ci", "tokens.revoke", { refs: ["ci"], yes: true }],
    ["account", "account.show", {}],
    ["account show", "account.show", {}],
    ["account change-name Ada Lovelace", "account.changeName", { name: "Ada Lovelace" }],
    ["account change-password", "account.changePassword", { passwordStdin: false }],
    ["account change-password --password-stdin", "account.changePassword", { passwordStdin: true }],
    ["account change-email a@b.c", "account.changeEmail", { address: "a@b.c", passwordStdin: false }],
    ["account verify-email", "account.verifyEmail", { send: false, email: undefined, codeStdin: false }],
    ["account verify-email --send --email a@b.c", "account.verifyEmail", {
      send: true,
      email: "a@b.c",
      codeStdin: false
    }],
    ["account verify-email --code-stdin", "account.verifyEmail", { send: false, email: undefined, codeStdin: true }],
    ["account reset-password --email a@b.c", "account.resetPassword", { email: "a@b.c", codeStdin: false }],
    ["account reset-password --code-stdin", "account.resetPassword", { email: undefined, codeStdin: true }],
    ["account delete", "account.delete", { passwordStdin: false, yes: false }],
    ["account delete -y --password-stdin", "account.delete", { passwordStdin: true, yes: true }],
    ["sessions", "sessions.list", {}],
    ["sessions list", "sessions.list", {}],
    ["sessions ls", "sessions.list", {}],
    ["sessions end 0198c0de 0198c0df", "sessions.end", { refs: ["0198c0de", "0198c0df"] }],
    ["sessions end-others", "sessions.endOthers", { yes: false }],
    ["sessions end-others --yes", "sessions.endOthers", { yes: true }]
  ])("todo %s", async (line, name, input) => {
    expect(await parse(...line.split(" ").filter((word) => word !== ""))).toEqual({ name, input, options: defaults })
  })

  it.each([[1, "1d"], [366, "366d"], [7, "1w"], [364, "52w"]])("%d days: --expires %s", async (expiresInDays, text) => {
    expect(await parse("token", "create", "--name", "x", "--expires", text)).toMatchObject({ input: { expiresInDays } })
  })

  it.each([
    ["--json", { json: true }],
    ["--quiet", { quiet: true }],
    ["-q", { quiet: true }],
    ["--no-input", { input: false }],
    ["--no-color", { color: false }],
    ["--api-url=http://x", { apiUrl: "http://x" }],
    ["--account=ada@example.com", { account: "ada@example.com" }]
  ])("%s goes before the command and after it", async (option, options) => {
    const expected = { name: "signIn.whoami", input: {}, options: { ...defaults, ...options } }
    expect(await parse(option, "whoami")).toEqual(expected)
    expect(await parse("whoami", option)).toEqual(expected)
    for (const line of [[option, "token", "list"], ["token", option, "list"], ["token", "list", option]]) {
      expect(await parse(...line)).toEqual({ ...expected, name: "tokens.list" })
    }
    for (const line of [[option, "sessions"], ["sessions", option], ["sessions", "list", option]]) {
      expect(await parse(...line)).toEqual({ ...expected, name: "sessions.list" })
    }
  })
})

describe("command lines that are refused, all with exit code 2", () => {
  it.each([
    ["lst", "unknown command 'lst'", "list"],
    ["list --done2", "unknown option '--done2'", "--done"],
    ["list --limit 0", "option '-n, --limit <number>' argument '0' is invalid", "whole number"],
    ["list --limit 1.5", "option '-n, --limit <number>' argument '1.5' is invalid", "whole number"],
    ["list --all --done", "cannot be used with option", ""],
    ["list --json --quiet", "cannot be used with option", ""],
    ["--json list --quiet", "cannot be used with option", ""],
    ["-q token list --json", "cannot be used with option", ""],
    ["add - -d x", "goes with one task", ""],
    ["add - x", "- stands alone", "is one argument"],
    ["edit 7 --description x --no-description", "cannot be used with option '--no-description'", ""],
    ["edit 7 --no-description -d x", "cannot be used with option '--no-description'", ""],
    ["add -x", "unknown option '-x'", "Write -- before"],
    ["account change-name -x", "unknown option '-x'", "Write -- before"],
    ["lst --done", "unknown command 'lst'", "list"],
    ["--version2 list", "unknown option '--version2'", "--version"],
    ["list --version", "unknown option '--version'", ""],
    ["whoami --api-url", "argument missing", ""],
    ["token create --name", "argument missing", ""],
    ["token create ci", "too many arguments", ""],
    ["token create --name ci x", "too many arguments", ""],
    ["token create --name ci --scope account", "argument 'account' is invalid", "tasks:read or tasks:write"],
    ["token lst", "unknown command 'lst'", "list"],
    ["token list x", "too many arguments", ""],
    ["login --device --email a@b.c", "cannot be used with option", ""],
    ["login --device --password-stdin", "cannot be used with option", ""],
    ["account chnge-name Ada", "unknown command 'chnge-name'", "change-name"],
    ["account change-password secret", "too many arguments", ""],
    ["account verify-email --send --code-stdin", "cannot be used with option", ""],
    ["account verify-email code", "too many arguments", ""],
    ["account reset-password --email a@b.c --code-stdin", "cannot be used with option", ""],
    ["sessions lst", "unknown command 'lst'", "list"],
    ["sessions help nd", "unknown command 'nd'", "(Did you mean end?)"],
    ["help nonsense", "unknown command 'nonsense'", "`todo help` lists what there is."],
    ["help lst", "unknown command 'lst'", "(Did you mean one of list, ls?)"],
    ["help sessions ed", "unknown command 'ed'", "(Did you mean end?)"],
    ["help sessions nonsense", "unknown command 'nonsense'", "`todo help sessions` lists what there is."],
    ["help add milk", "unknown command 'milk'", "`todo add` has no commands of its own; `todo help` lists"],
    ["help help help", "unknown command 'help'", "`todo help` has no commands of its own; `todo help` lists"],
    ["sessions end-others 7", "too many arguments", ""]
  ])("todo %s", async (line, message, hint) => {
    const failure = await refusal(...line.split(" "))
    expect(failure).toMatchObject({ exitCode: 2, code: "usage", status: null })
    expect(JSON.stringify(failure)).toContain(message)
    expect(JSON.stringify(failure)).toContain(hint)
  })

  it.each(["0d", "367d", "53w", "0w", "90", "d", "1.5d", "-1d", "1y", "90D", "1e1d", ""])(
    "todo token create --name ci --expires=%s",
    async (text) => {
      const failure = await refusal("token", "create", "--name", "ci", `--expires=${text}`)
      expect(failure).toMatchObject({
        exitCode: 2,
        message: `option '--expires <time>' argument '${text}' is invalid. ` +
          "Expected days or weeks, as in 90d or 12w, of 1 to 366 days."
      })
    }
  )

  it("a group without a command that stands for it", async () => {
    expect(await refusal("token")).toMatchObject({
      exitCode: 2,
      message: "No command given",
      hints: ["See `todo help token`."]
    })
  })

  it.each(["list --due x", "done --due", "token revoke -x", "--due", "account --due"])(
    "nothing of -- where no text goes: todo %s",
    async (line) => {
      expect(await refusal(...line.split(" "))).toMatchObject({ hints: [] })
    }
  )

  it.each([
    ["log", "(Did you mean one of login, logout?)"],
    ["dnoe", "(Did you mean done?)"],
    ["sesions", "(Did you mean sessions?)"],
    ["ad", "(Did you mean add?)"],
    ["repen", "(Did you mean reopen?)"]
  ])("todo %s %s", async (word, suggestion) => {
    expect(await refusal(word)).toMatchObject({ message: `unknown command '${word}'`, hints: [suggestion] })
  })

  it.each(["milk", "x", "nonsense", "zygote"])("todo %s: nothing is like it", async (word) => {
    expect(await refusal(word)).toMatchObject({ hints: ["`todo help` lists what there is."] })
  })
})

describe("whether a command line that could not be read asks for JSON", () => {
  it.each([
    [["lst", "--json"], true],
    [["--json", "lst"], true],
    [["lst"], false],
    [["add", "x", "-d", "--", "--jsn", "--json"], true]
  ])("%j: %s", (args, expected) => {
    expect(asksForJson(args)).toBe(expected)
  })
})
