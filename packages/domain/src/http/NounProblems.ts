import type { Schema } from "effect"
import { batchIndex } from "./BatchIndex.ts"
import { ProblemClass } from "./ProblemClass.ts"
import type { ProblemCode } from "./ProblemKinds.ts"

/** The nouns of which there may be a problem, such as `task` of `task_not_found`. */
type NounOf<Problem extends string> = ProblemCode extends infer Code
  ? Code extends `${infer Noun}_${Problem}` ? Noun : never
  : never

/**
 * The user has none of that id: it never existed, is gone, or is another user's (404). `called` is what the reference
 * calls it.
 */
export const NotFound =
  <Self>() =>
  <const Noun extends NounOf<"not_found">, const Fields extends Schema.Struct.Fields = {}>(
    noun: Noun,
    called: string = noun,
    fields?: Fields
  ) =>
    ProblemClass<Self>()<`${Noun}_not_found`, Fields>(
      `${noun}_not_found`,
      `The user has no ${called} of this id.`,
      fields
    )

/** It changed since the version that `If-Match` names; `current` is its state now (412). */
export const Changed =
  <Self>() => <const Noun extends NounOf<"changed">, Current extends Schema.Top>(noun: Noun, current: Current) =>
    ProblemClass<Self>()<`${Noun}_changed`, { readonly current: Current } & typeof batchIndex>(
      `${noun}_changed`,
      `The ${noun} is not as \`If-Match\` or \`If-None-Match\` wants it; \`current\` is its state now.`,
      { current, ...batchIndex }
    )
