import { Effect } from "effect"
import { truncate } from "./TextWidth.ts"

const patienceMillis = 400

const wipe = "\r\u001b[2K"

const dim = (text: string): string => `\u001b[2m${text}\u001b[22m`

/** Says on stderr's terminal that an answer is waited for, once that takes long enough to be felt, and wipes it then. */
export const showingWait =
  ({ address, color }: { readonly address: string; readonly color: boolean }) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.suspend(() => {
      let isShown = false
      const timer = setTimeout(() => {
        isShown = true
        // A line that wraps could not be wiped.
        const text = truncate(`Waiting for ${address} (Ctrl-C ends it)`, (process.stderr.columns || 80) - 1)
        process.stderr.write(color ? dim(text) : text)
      }, patienceMillis)
      return Effect.ensuring(
        effect,
        Effect.sync(() => {
          clearTimeout(timer)
          if (isShown) process.stderr.write(wipe)
        })
      )
    })
