import { Effect } from "effect"

/** Work of several steps: what becomes of each, as in `12 of 50 done`, or what there are, as in `400 tasks`. */
interface Work {
  readonly what: string
  /** Of how many; undefined where nobody knows yet. */
  readonly total: number | undefined
}

/** Work that is being done, and so many steps of it are. */
type Steps = Work & { done: number }

/** Each is a part of those before it. */
const underWay: Array<Steps> = []

/** How far the work is that is being done; undefined where it is none of several steps. */
export const stepsNow = (): string | undefined => {
  const counted = underWay.filter(({ total }) => total !== undefined)
  const told = counted.length > 0 ? counted : underWay.slice(-1).filter(({ done }) => done > 0)
  if (told.length === 0) return undefined
  return told.map(({ done, total, what }) => `${done}${total === undefined ? "" : ` of ${total}`} ${what}`).join(", ")
}

/** Does work of several steps, which calls `done` with how many of them are. That is for whoever watches, and nobody else. */
export const inSteps = <A, E, R>(
  { total, what }: Work,
  work: (done: (count: number) => void) => Effect.Effect<A, E, R>
): Effect.Effect<A, E, R> =>
  Effect.suspend(() => {
    const steps: Steps = { what, total, done: 0 }
    if (total === undefined || total > 1) underWay.push(steps)
    return Effect.ensuring(
      work((count) => steps.done = count),
      Effect.sync(() => {
        const index = underWay.indexOf(steps)
        if (index >= 0) underWay.splice(index, 1)
      })
    )
  })
