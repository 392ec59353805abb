import { Effect } from "effect"
import type { ApiError } from "../client/HttpFailure.ts"

/** What is to move, each thing once, and where to, as far as that is beside another: members of a move's body. */
export const movesOf = Effect.fn("movesOf")(function*<Id extends string, T extends { readonly id: Id }, R>(
  resolve: (ref: string) => Effect.Effect<T, ApiError, R>,
  refs: ReadonlyArray<string>,
  { after, at, before }: {
    readonly before?: string | undefined
    readonly after?: string | undefined
    readonly at?: "first" | "last" | undefined
  }
) {
  const named = yield* Effect.forEach(refs, resolve)
  const moved = [...new Map(named.map((thing) => [thing.id, thing])).values()]
  const idOf = (ref: string | undefined) =>
    ref === undefined ? Effect.undefined : Effect.map(resolve(ref), ({ id }) => id)
  return {
    moved,
    where: { ids: moved.map(({ id }) => id), before: yield* idOf(before), after: yield* idOf(after), at }
  }
})
