import { Effect } from "effect"
import { stepsNow } from "./Steps.ts"
import { truncate } from "./TextWidth.ts"

/** So long one answer takes before it is said that it is waited for, and so long work of several before it is said how far it is. */
const patienceMillis = 400
const patienceWithWorkMillis = 1000

const wipe = "\r\u001b[2K"

const dim = (text: string): string => `\u001b[2m${text}\u001b[22m`

/** How many answers are waited for: there is one line, however many they are. */
let waiting = 0
let timer: ReturnType<typeof setTimeout> | undefined
let isShown = false
/** When the work began that is told of. */
let begun: number | undefined

const show = (text: string, color: boolean): void => {
  // A line that wraps could not be wiped.
  const fitting = truncate(`${text} (Ctrl-C ends it)`, (process.stderr.columns || 80) - 1)
  process.stderr.write((isShown ? wipe : "") + (color ? dim(fitting) : fitting))
  isShown = true
}

/**
 * Says on stderr's terminal that answers are waited for, once that takes long enough to be felt, and wipes it when they have
 * come: what stands there while nothing is asked, such as a question or an editor, is not written over. Of work that takes
 * many requests it says how far that is.
 */
export const showingWait =
  ({ address, color }: { readonly address: string; readonly color: boolean }) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.suspend(() => {
      const steps = stepsNow()
      begun = steps === undefined ? undefined : begun ?? Date.now()
      const isLong = begun !== undefined && Date.now() - begun >= patienceWithWorkMillis
      if (steps !== undefined && isLong) show(steps, color)
      if (waiting++ === 0) {
        timer = setTimeout(() => show(stepsNow() ?? `Waiting for ${address}`, color), patienceMillis)
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
