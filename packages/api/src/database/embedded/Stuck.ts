import { Duration, Effect } from "effect"

/** How often it is looked whether a statement has ended, in the time that it may take. */
const looks = 20

/**
 * Answers when one statement has been at work for this long. `progress` is counted up when one begins, which makes it
 * odd, and when it has ended. By looks, not by a clock: while the whole process is stopped nobody looks.
 */
export const untilStuck = (progress: Int32Array, longest: Duration.Duration): Effect.Effect<string> =>
  Effect.callback((resume) => {
    let last = 0
    let unchanged = 0
    const timer = setInterval(() => {
      const now = Atomics.load(progress, 0)
      unchanged = now === last && now % 2 !== 0 ? unchanged + 1 : 0
      last = now
      if (unchanged >= looks) resume(Effect.succeed(`works on one statement for ${Duration.format(longest)}`))
    }, Duration.toMillis(longest) / looks)
    return Effect.sync(() => clearInterval(timer))
  })
