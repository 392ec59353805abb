import { rmSync } from "node:fs"
import type { Settings } from "../Settings.ts"
import { refreshInBackground } from "./BackgroundRefresh.ts"
import { cacheFileOf, type Completed, outdate } from "./CompletionCache.ts"

/**
 * What is completed counts as old when something has changed, for those who complete. Where a person looks on it is asked for
 * at once, since that person may press Tab next.
 */
export const outdateCompletions = (completed: Completed, isWatched: boolean): void => {
  const file = cacheFileOf(process.env, completed)
  if (file !== undefined && outdate(file) && isWatched) refreshInBackground(file, completed)
}

/** Takes away what is kept of an account, which is signed out next. */
export const forgetCompletions = (completed: Completed): void => {
  const file = cacheFileOf(process.env, completed)
  if (file === undefined) return
  try {
    for (const path of [file, `${file}.asked`]) rmSync(path, { force: true })
  } catch {
    // It stays in a folder of somebody else's, who could have kept it anyway.
  }
}

/** The account that a command is for. */
export const completedFor = ({ account, apiUrl }: Settings["Service"]): Completed => ({
  apiUrl,
  account: account === undefined ? undefined : "email" in account.found ? account.found.email : account.text
})
