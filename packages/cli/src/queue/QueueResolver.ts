import { Effect } from "effect"
import type { Queue } from "../offline/Queue.ts"
import type { Kept } from "../offline/QueueFolder.ts"
import { wordsOf } from "../offline/Told.ts"
import { makeResolver } from "../refs/Resolver.ts"

/** A queued write, called by its key. */
export interface Named extends Kept {
  readonly id: string
}

/** All that waits, and then all that was refused. */
export const allOf = (queue: Queue): ReadonlyArray<Named> =>
  [...queue.pending(), ...queue.put()].map((kept) => ({ ...kept, id: kept.write.key }))

/** What it is called in a line. */
export const labelOf = ({ write }: Kept): string => wordsOf(write).join(", ")

/** Makes a function that finds the one queued write that a reference names: `+1`, its key, or the beginning of that. */
export const queueResolver = (queue: Queue) =>
  makeResolver<Named, never>({
    word: "queued write",
    lister: "todo queue",
    label: labelOf,
    all: Effect.sync(() => allOf(queue)),
    byText: (text) =>
      Effect.sync(() =>
        allOf(queue).filter(({ write }) => write.key === text || write.tasks.some(({ label }) => text === `+${label}`))
      )
  })
