import { CommanderError } from "@commander-js/extra-typings"
import { describe, expect, it } from "@effect/vitest"
import type { GlobalOptions } from "../src/program.ts"
import { makeProgram } from "../src/program.ts"
import { asksForJson, usageError } from "../src/UsageError.ts"

const defaults: GlobalOptions = { json: false, quiet: false, apiUrl: undefined, input: true, color: true }

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
    ["signup", "signup", { name: undefined, email: undefined, passwordStdin: false }],
    ["signup --name Ada --email a@b.c --password-stdin", "signup", {
      name: "Ada",
      email: "a@b.c",
      passwordStdin: true
    }],
    ["login", "login", { browser: true, device: false, email: undefined, passwordStdin: false }],
    ["login --email a@b.c", "login", { browser: true, device: false, email: "a@b.c", passwordStdin: false }],
    ["login --device --no-browser", "login", {
      browser: false,
      device: true,
      email: undefined,
      passwordStdin: false
    }],
    ["logout", "logout", { local: false }],
    ["logout --local", "logout", { local: true }],
    ["whoami", "whoami", {}],
    ["add Buy milk", "add", { title: "Buy milk", description: undefined, idempotencyKey: undefined }],
    ["add Buy -d Oat milk", "add", { title: "Buy milk", description: "Oat", idempotencyKey: undefined }],
    ["add Buy --description -", "add", { title: "Buy", description: "-", idempotencyKey: undefined }],
    ["add -- -x --json", "add", { title: "-x --json", description: undefined, idempotencyKey: undefined }],
    ["add Buy --idempotency-key k", "add", { title: "Buy", description: undefined, idempotencyKey: "k" }],
    ["list", "list", { state: "open", limit: undefined }],
    ["ls", "list", { state: "open", limit: undefined }],
    ["list --done", "list", { state: "done", limit: undefined }],
    ["list --all --limit 3", "list", { state: "all", limit: 3 }],
    ["list -a -n 3", "list", { state: "all", limit: 3 }],
    ["show 7 #8 0198c0de", "show", { refs: ["7", "#8", "0198c0de"] }],
    ["done 7", "done", { refs: ["7"] }],
    ["reopen 7 8", "reopen", { refs: ["7", "8"] }],
    ["edit 7", "edit", { refs: ["7"], title: undefined, description: undefined }],
    ["edit 7 --title T --description D", "edit", { refs: ["7"], title: "T", description: "D" }],
    ["edit 7 -t T -d -", "edit", { refs: ["7"], title: "T", description: "-" }],
    ["edit 7 --no-description", "edit", { refs: ["7"], title: undefined, description: null }],
    ["rm 7 8", "rm", { refs: ["7", "8"], yes: false }],
    ["rm -y 7", "rm", { refs: ["7"], yes: true }],
    ["token create --name ci", "tokenCreate", {
      name: "ci",
      scopes: ["tasks:read", "tasks:write"],
      expiresInDays: 90
    }],
    ["token create --name ci --scope tasks:read --expires 30d", "tokenCreate", {
      name: "ci",
      scopes: ["tasks:read"],
      expiresInDays: 30
    }],
    ["token create --scope tasks:write --scope tasks:read --scope tasks:write --name x --expires 2w", "tokenCreate", {
      name: "x",
      scopes: ["tasks:write", "tasks:read"],
      expiresInDays: 14
    }],
    ["token list", "tokenList", {}],
    ["token ls", "tokenList", {}],
    ["token revoke ci 0198c0de", "tokenRevoke", { refs: ["ci", "0198c0de"], yes: false }],
    ["token revoke -y ci", "tokenRevoke", { refs: ["ci"], yes: true }],
    ["account", "accountShow", {}],
    ["account show", "accountShow", {}],
    ["account change-name Ada Lovelace", "accountChangeName", { name: "Ada Lovelace" }],
    ["account change-password", "accountChangePassword", { passwordStdin: false }],
    ["account change-password --password-stdin", "accountChangePassword", { passwordStdin: true }],
    ["account change-email a@b.c", "accountChangeEmail", { address: "a@b.c", passwordStdin: false }],
    ["account verify-email", "accountVerifyEmail", { send: false, email: undefined, codeStdin: false }],
    ["account verify-email --send --email a@b.c", "accountVerifyEmail", {
      send: true,
      email: "a@b.c",
      codeStdin: false
    }],
    ["account verify-email --code-stdin", "accountVerifyEmail", { send: false, email: undefined, codeStdin: true }],
    ["account reset-password --email a@b.c", "accountResetPassword", { email: "a@b.c", codeStdin: false }],
    ["account reset-password --code-stdin", "accountResetPassword", { email: undefined, codeStdin: true }],
    ["account delete", "accountDelete", { passwordStdin: false, yes: false }],
    ["account delete -y --password-stdin", "accountDelete", { passwordStdin: true, yes: true }],
    ["sessions", "sessionsList", {}],
    ["sessions list", "sessionsList", {}],
    ["sessions ls", "sessionsList", {}],
    ["sessions end 0198c0de 0198c0df", "sessionsEnd", { refs: ["0198c0de", "0198c0df"] }],
    ["sessions end-others", "sessionsEndOthers", { yes: false }],
    ["sessions end-others --yes", "sessionsEndOthers", { yes: true }]
  ])("todo %s", async (line, name, input) => {
    expect(await parse(...line.split(" "))).toEqual({ name, input, options: defaults })
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
    ["--api-url=http://x", { apiUrl: "http://x" }]
  ])("%s goes before the command and after it", async (option, options) => {
    const expected = { name: "whoami", input: {}, options: { ...defaults, ...options } }
    expect(await parse(option, "whoami")).toEqual(expected)
    expect(await parse("whoami", option)).toEqual(expected)
    for (const line of [[option, "token", "list"], ["token", option, "list"], ["token", "list", option]]) {
      expect(await parse(...line)).toEqual({ ...expected, name: "tokenList" })
    }
    for (const line of [[option, "sessions"], ["sessions", option], ["sessions", "list", option]]) {
      expect(await parse(...line)).toEqual({ ...expected, name: "sessionsList" })
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
    ["list 7", "too many arguments", ""],
    ["add", "missing required argument 'title'", ""],
    ["show", "missing required argument 'ref'", ""],
    ["add -x", "unknown option '-x'", "Write -- before"],
    ["whoami --api-url", "argument missing", ""],
    ["token create", "required option '--name <name>' not specified", ""],
    ["token create --name", "argument missing", ""],
    ["token create ci", "required option '--name <name>' not specified", ""],
    ["token create --name ci x", "too many arguments", ""],
    ["token create --name ci --scope account", "argument 'account' is invalid", "tasks:read or tasks:write"],
    ["token lst", "unknown command 'lst'", "list"],
    ["token list x", "too many arguments", ""],
    ["token revoke", "missing required argument 'token'", ""],
    ["login --device --email a@b.c", "cannot be used with option", ""],
    ["login --device --password-stdin", "cannot be used with option", ""],
    ["account chnge-name Ada", "too many arguments", ""],
    ["account change-name", "missing required argument 'name'", ""],
    ["account change-email", "missing required argument 'address'", ""],
    ["account change-password secret", "too many arguments", ""],
    ["account verify-email --send --code-stdin", "cannot be used with option", ""],
    ["account verify-email code", "too many arguments", ""],
    ["account reset-password --email a@b.c --code-stdin", "cannot be used with option", ""],
    ["sessions end", "missing required argument 'id'", ""],
    ["sessions lst", "too many arguments", ""],
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

  it("no command at all", async () => {
    expect(await refusal()).toMatchObject({ exitCode: 2, message: "No command given" })
    expect(await refusal("token")).toMatchObject({ exitCode: 2, message: "No command given" })
  })
})

describe("whether a command line that could not be read asks for JSON", () => {
  it.each([
    [["lst", "--json"], true],
    [["--json", "lst"], true],
    [["lst"], false],
    [["add", "--", "--json"], false]
  ])("%j: %s", (args, expected) => {
    expect(asksForJson(args)).toBe(expected)
  })
})
