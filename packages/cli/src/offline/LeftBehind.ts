import { Effect } from "effect"
import { rmSync } from "node:fs"
import type { StoredAccount } from "../accounts/StoredAccounts.ts"
import { ApiClient } from "../client/ApiClient.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { folderOfEntry } from "./AccountFolder.ts"
import { Offline } from "./Offline.ts"
import { Queue } from "./Queue.ts"

/** Forgets what was known of an account and what was to be sent for it. */
export const forgetAccount = Effect.fn("forgetAccount")(
  function*({ apiUrl, entry }: Pick<StoredAccount, "apiUrl" | "entry">) {
    const folder = folderOfEntry({ ...yield* Settings, apiUrl }, entry)
    if (folder !== undefined) yield* Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
  }
)

/** Sends what waits before the session goes that it is sent with. Fails (exit code 5) where something would be lost. */
export const nothingLeftBehind = Effect.fn("nothingLeftBehind")(function*(
  { apiUrl, entry }: StoredAccount,
  { sends }: { readonly sends: boolean }
) {
  const folder = folderOfEntry({ ...yield* Settings, apiUrl }, entry)
  if (folder === undefined) return
  const queue = new Queue(folder)
  if (sends && queue.pending().length > 0) {
    yield* (yield* Offline).insist
    yield* Effect.ignore((yield* ApiClient).settings.get({ headers: {} }))
  }
  const count = queue.pending().length + queue.put().length + queue.unreadable().length
  if (count === 0) return
  return yield* new Failure({
    exitCode: ExitCode.conflict,
    code: "queue_not_empty",
    message: `${count === 1 ? "1 queued write" : `${count} queued writes`} would be lost`,
    status: null,
    hints: ["`todo queue` shows what, `todo queue send` sends it, and `todo queue drop --all` gives it up."]
  })
})
