import type { Command } from "@commander-js/extra-typings"
import { Effect, Redacted, Result } from "effect"
import { fullNameOf } from "../accounts/AccountRef.ts"
import { isSameAccount, type StoredAccount } from "../accounts/StoredAccounts.ts"
import { Credentials } from "../client/Credentials.ts"
import { storedAfterwards } from "../client/StoredAfterwards.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { forgetCompletions } from "../completion/AfterChange.ts"
import { Failure, usage } from "../failures/Failure.ts"
import { forgetAccount, nothingLeftBehind } from "../offline/LeftBehind.ts"
import { AlreadyReported } from "../refs/ForEach.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { endSessionAt } from "./EndSession.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("logout")
    .description(withExamples(
      "End the session and forget it",
      "todo logout",
      "todo logout --account ada@example.com",
      "todo logout --all",
      "todo logout --local"
    ))
    .option("--all", "of every account, of every service")
    .option("--local", "forget it here without telling the service, which keeps it until it expires")
    .action(({ all, local }) => dispatch({ all: all === true, local: local === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("signIn.logout")(function*({ all, local }: {
  readonly all: boolean
  readonly local: boolean
}) {
  const { account, apiUrl, token } = yield* Settings
  const credentials = yield* Credentials
  const output = yield* Output
  if (token !== undefined) {
    return yield* usage("TODO_TOKEN is set, and logout ends stored sessions only", "Unset TODO_TOKEN first.")
  }
  if (all && account !== undefined) {
    return yield* usage("--all ends the sessions of every account", "Leave out --account, and unset TODO_ACCOUNT.")
  }
  const accounts = yield* credentials.all
  if (all) return yield* leaveAll(accounts, local)
  const entry = yield* credentials.get
  const left = accounts.find((one) => entry !== undefined && isSameAccount(one, { apiUrl, email: entry.user.email }))
  if (left !== undefined) yield* leave(left, local)
  yield* output.result({
    json: () => ({ signedOut: left !== undefined }),
    quiet: () => [],
    human: () => [left === undefined ? `You were not signed in at ${apiUrl}` : `Signed out at ${apiUrl}`]
  })
  const others = accounts.filter((one) => one !== left && one.apiUrl === apiUrl)
  if (left !== undefined && others.length > 0) yield* output.note(remaining(others))
})

/** Ends the session of an account at its service. Nobody has the token any more that somebody took out of the keyring. */
const end = Effect.fnUntraced(function*({ apiUrl, entry }: StoredAccount) {
  const token = yield* (yield* Credentials).read(entry.sessionToken).pipe(
    Effect.catchIf(({ code }) => code === "not_in_keyring", () => Effect.undefined)
  )
  if (token !== undefined) yield* endSessionAt(apiUrl, Redacted.value(token))
})

/** Ends the session of an account, and forgets it. */
const leave = Effect.fnUntraced(function*(account: StoredAccount, local: boolean) {
  const credentials = yield* Credentials
  const { apiUrl } = yield* Settings
  const chosen = yield* credentials.get
  const isChosen = chosen !== undefined && isSameAccount(account, { apiUrl, email: chosen.user.email })
  yield* nothingLeftBehind(account, { sends: !local && isChosen })
  if (!local) {
    yield* Effect.mapError(end(account), (failure) =>
      // The session is kept, so that the command can be run again.
      new Failure({
        ...failure,
        message: failure.message,
        hints: [...failure.hints, "You are still signed in; `todo logout --local` forgets the session here only."]
      }))
  }
  yield* Effect.ignore(Effect.sync(() => forgetCompletions({ apiUrl: account.apiUrl, account: account.email })))
  const forget = credentials.forget(account)
  yield* local ? forget : storedAfterwards(forget)
  yield* forgetAccount(account)
})

/** The same with every account. What goes wrong with one of them keeps none of the others. */
const leaveAll = Effect.fnUntraced(function*(accounts: ReadonlyArray<StoredAccount>, local: boolean) {
  const output = yield* Output
  const attempts = yield* Effect.forEach(
    accounts,
    (account) => Effect.result(Effect.as(leave(account, local), account))
  )
  const left = attempts.filter(Result.isSuccess).map(({ success }) => success)
  yield* output.result({
    json: () => ({ signedOut: left.length > 0, accounts: left.map(({ apiUrl, email }) => ({ email, apiUrl })) }),
    quiet: () => [],
    human: () =>
      accounts.length === 0
        ? ["You were signed in nowhere"]
        : left.map(({ apiUrl, email }) => printable(`Signed out at ${apiUrl} as ${email}`))
  })
  const failures = attempts.filter(Result.isFailure).map(({ failure }) => failure)
  for (const failure of failures) yield* output.failure(failure)
  const [first] = failures
  if (first !== undefined) return yield* new AlreadyReported({ exitCode: first.exitCode })
})

const remaining = (others: ReadonlyArray<StoredAccount>): string => {
  const current = others.length === 1 ? others[0] : others.find(({ isInUse }) => isInUse)
  return current === undefined
    ? `\`todo account use\` chooses one of ${others.map(fullNameOf).join(", ")}.`
    : `In use is ${fullNameOf(current)} now.`
}
