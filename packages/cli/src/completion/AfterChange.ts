import { rmSync } from "node:fs"
import { refreshInBackground } from "./BackgroundRefresh.ts"
import { cacheFileOf, outdate } from "./CompletionCache.ts"

/**
 * What is completed counts as old when something has changed, for those who complete. Where a person looks on it is asked for
 * at once, since that person may press Tab next.
 */
export const outdateCompletions = (apiUrl: string, isWatched: boolean): void => {
  const file = cacheFileOf(process.env, apiUrl)
  if (file !== undefined && outdate(file) && isWatched) refreshInBackground(file, apiUrl)
}

/** Takes away what is kept of an account, which is signed out next. */
export const forgetCompletions = (apiUrl: string): void => {
  const file = cacheFileOf(process.env, apiUrl)
  if (file === undefined) return
  try {
    for (const path of [file, `${file}.asked`]) rmSync(path, { force: true })
  } catch {
    // It stays in a folder of somebody else's, who could have kept it anyway.
  }
}
