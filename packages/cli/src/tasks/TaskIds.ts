import { Effect } from "effect"
import { expandedRefs } from "./ExpandedRefs.ts"
import { makeTaskResolver } from "./TaskResolver.ts"

/** The ids of the tasks that refs name, each once. */
export const taskIdsOf = Effect.fn("taskIdsOf")(function*(refs: ReadonlyArray<string>) {
  if (refs.length === 0) return []
  const resolve = yield* makeTaskResolver
  const found = yield* Effect.forEach(
    (yield* expandedRefs(refs)).refs,
    (ref) => Effect.map(resolve(ref), ({ id }) => id)
  )
  return [...new Set(found)]
})

/** The id of the task that a ref names; null and undefined as they are. */
export const taskIdOf = <Ref extends string | null | undefined>(ref: Ref) =>
  typeof ref === "string"
    ? Effect.map(taskIdsOf([ref]), ([id]) => id)
    : Effect.succeed(ref as Exclude<Ref, string>)
