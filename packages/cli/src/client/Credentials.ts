import { Context, Effect, Layer, type Redacted } from "effect"
import {
  type AccountName,
  accountsIn,
  changed,
  type Entry,
  entryOf,
  inUse,
  type StoredAccount
} from "../accounts/StoredAccounts.ts"
import { Failure, notSignedIn } from "../failures/Failure.ts"
import { keyring } from "../keyring/Keyring.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { credentialsFile } from "./CredentialsFile.ts"

/** The accounts that this user is signed in to, one of which a command is for. */
export class Credentials extends Context.Service<Credentials, {
  /**
   * What is kept of the account that the command is for, if it is signed in: the one that is named, or that in use of the
   * service. It stays the same until the command ends, also where another process puts another in use.
   */
  readonly get: Effect.Effect<Entry | undefined, Failure>
  /** The same. Without one it fails (exit code 4), and names what there is. */
  readonly required: Effect.Effect<Entry, Failure>
  /** All accounts, of all services. */
  readonly all: Effect.Effect<ReadonlyArray<StoredAccount>, Failure>
  /** Fails where an entry could not be replaced: for what is of no use unless it is kept, before the service is asked. */
  readonly writable: Effect.Effect<void, Failure>
  /** Replaces the entry of the account by what `change` makes of it; undefined removes it. Other entries stay as they are. */
  update(change: (entry: Entry | undefined) => Entry | undefined): Effect.Effect<void, Failure>
  /** Keeps the token of a session; answers what an entry has for it. */
  keep(token: string): Effect.Effect<string, Failure>
  /** The token of a session, for what an entry has for it. */
  read(kept: string): Effect.Effect<Redacted.Redacted, Failure>
  /** Takes the token away where no entry has it any more. */
  discard(kept: string): Effect.Effect<void>
  /** Keeps an account of the service, and puts it in use. Answers what was kept of the same account before. */
  add(entry: Entry): Effect.Effect<Entry | undefined, Failure>
  /** Puts an account in use at its service; nothing where it is gone. */
  use(account: AccountName): Effect.Effect<void, Failure>
  /** Forgets an account, if its session is still this one. */
  forget(account: StoredAccount): Effect.Effect<void, Failure>
}>()("todo/cli/Credentials") {
  static readonly layer = Layer.effect(
    Credentials,
    Effect.gen(function*() {
      const { account, apiUrl } = yield* Settings
      const file = yield* credentialsFile
      const { keep, read, remove: discard } = yield* keyring
      let email: string | undefined

      /** Whose the command is. */
      const named = Effect.suspend(() => {
        if (email !== undefined || account === undefined) return Effect.succeed(email)
        return account.found instanceof Failure ? Effect.fail(account.found) : Effect.succeed(account.found.email)
      })

      const readEntry = Effect.gen(function*() {
        const whose = yield* named
        const entries = yield* file.read
        const entry = entryOf(entries, apiUrl, whose)
        email ??= entry?.user.email
        return { entry, entries }
      })

      return Credentials.of({
        get: Effect.map(readEntry, ({ entry }) => entry),
        required: Effect.flatMap(
          readEntry,
          ({ entries, entry }) =>
            entry === undefined ? Effect.fail(notSignedIn(apiUrl, accountsIn(entries))) : Effect.succeed(entry)
        ),
        all: Effect.map(file.read, accountsIn),
        // The lock is a file beside it, and so is what takes its place.
        writable: file.change(() => undefined),
        update: Effect.fnUntraced(function*(change) {
          const whose = yield* named
          let dropped: string | undefined
          yield* file.change((entries) => {
            const before = entryOf(entries, apiUrl, whose)
            const entry = change(before)
            email = entry?.user.email ?? whose
            dropped = before?.sessionToken === entry?.sessionToken ? undefined : before?.sessionToken
            return changed(entries, { apiUrl, email: whose }, entry)
          })
          if (dropped !== undefined) yield* discard(dropped)
        }),
        keep,
        read,
        discard,
        add: Effect.fnUntraced(function*(entry) {
          let before: Entry | undefined
          yield* file.change((entries) => {
            before = entryOf(entries, apiUrl, entry.user.email)
            return inUse(entries, apiUrl, entry)
          })
          email = entry.user.email
          return before
        }),
        use: ({ apiUrl, email }) =>
          file.change((entries) => {
            const entry = entryOf(entries, apiUrl, email)
            return entry === undefined ? undefined : inUse(entries, apiUrl, entry)
          }),
        forget: Effect.fnUntraced(function*({ entry: { sessionToken }, ...account }) {
          yield* file.change((entries) =>
            entryOf(entries, account.apiUrl, account.email)?.sessionToken === sessionToken
              ? changed(entries, account, undefined)
              : undefined
          )
          yield* discard(sessionToken)
        })
      })
    })
  ).pipe(Layer.provide(Output.layer))
}
