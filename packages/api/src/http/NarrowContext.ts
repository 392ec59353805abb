import { Context, Effect, Layer, Scope } from "effect"

/*
 * Narrows what is around a request, and around its handler: it is joined into a new map for each request, and a map of
 * all services of the process costs memory and time (docs/adr/0017).
 */

type Keys<Ids extends ReadonlyArray<unknown>> = { readonly [I in keyof Ids]: Context.Key<Ids[I], unknown> }

/** Builds a layer that knows these services and no others. One that needs another does not compile. */
export const knowing =
  <Ids extends ReadonlyArray<unknown>>(...keys: Keys<Ids>) =>
  <A, E>(layer: Layer.Layer<A, E, Ids[number]>): Layer.Layer<A, E, Ids[number]> => {
    const pick = Context.pick(...keys, Layer.CurrentMemoMap, Scope.Scope)
    return Layer.effectContext(
      Effect.updateContext(
        Layer.build(layer),
        (around: Context.Context<Ids[number] | Scope.Scope>) => pick(around) as typeof around
      )
    )
  }

/** Builds a layer that knows all that there is but these services. One that needs them does not compile. */
export const forgetting = <Ids extends ReadonlyArray<unknown>>(...keys: Keys<Ids>) =>
<A, E, R>(
  layer: [Extract<R, Ids[number]>] extends [never] ? Layer.Layer<A, E, R> : never
): Layer.Layer<A, E, R> => {
  const omit = Context.omit(...keys)
  // What a request adds to it, one by one, is not worth a map of its own either.
  const keep = (around: Context.Context<never>) => Context.makeUnsafe(omit(around).mapUnsafe, { maxDepth: 24 })
  return Layer.effectContext(
    Effect.updateContext(
      Layer.build(layer as Layer.Layer<A, E, R>),
      (around: Context.Context<R | Scope.Scope>) => keep(around) as typeof around
    )
  )
}
