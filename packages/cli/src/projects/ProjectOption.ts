import { Effect } from "effect"
import { makeProjectResolver } from "./ProjectResolver.ts"

/** The word for what is no project. */
const inbox = "inbox"

/** The id of the project that an option names; null for the Inbox, and undefined where nothing was said. */
export const projectIdOf = Effect.fn("projectIdOf")(function*(ref: string | null | undefined) {
  if (ref === undefined || ref === null) return ref
  if (ref.toLowerCase() === inbox) return null
  return (yield* (yield* makeProjectResolver)(ref)).id
})
