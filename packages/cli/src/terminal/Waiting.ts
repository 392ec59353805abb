import { Effect } from "effect"
import { truncate } from "./TextWidth.ts"

const patienceMillis = 400

const wipe = "\r\u001b[2K"

const dim = (text: string): string => `\u001b[2m${text}\u001b[22m`

/** How many answers are waited for: there is one line, however many they are. */
let waiting = 0
let timer: ReturnType<typeof setTimeout> | undefined
let isShown = false

/** Says on stderr's terminal that answers are waited for, once that takes long enough to be felt, and wipes it then. */
export const showingWait =
  ({ address, color }: { readonly address: string; readonly color: boolean }) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.suspend(() => {
      if (waiting++ === 0) {
        timer = setTimeout(() => {
          isShown = true
          // A line that wraps could not be wiped.
          const text = truncate(`Waiting for ${address} (Ctrl-C ends it)`, (process.stderr.columns || 80) - 1)
          process.stderr.write(color ? dim(text) : text)
        }, patienceMillis)
      }
      return Effect.ensuring(
        effect,
        Effect.sync(() => {
          if (--waiting > 0) return
          clearTimeout(timer)
          if (isShown) process.stderr.write(wipe)
          isShown = false
        })
      )
    })
