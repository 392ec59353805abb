import { Schema } from "effect"

/** The most things that move at once. */
const mostMoved = 500
/** The longest body of a move, in bytes: the ids of as many fit. */
export const maxMoveBytes = 32 * 1024

/**
 * The members of a move of things: `ids` are those that move, in the order in which they are to stand, and `before` or
 * `after` is another that they are to stand beside, or `at` an end of their list.
 */
export const moves = <Id extends Schema.Codec<string, string>, Reference extends Schema.Top>(
  id: Id,
  reference: (description: string) => Reference,
  { example, one, several }: { readonly example: NoInfer<Id>["Type"]; readonly one: string; readonly several: string }
) => ({
  ids: Schema.Array(id).check(
    Schema.isMinLength(1, { message: `Expected at least one ${one}` }),
    Schema.isMaxLength(mostMoved, { message: `Expected at most ${mostMoved} ${several}` }),
    Schema.isUnique({ message: `Expected each ${one} once` })
  ).annotate({
    description: `The ${several}, 1 to ${mostMoved}, in the order in which they are to stand.`,
    examples: [[example]]
  }),
  before: reference(`Right before this ${one}, wherever that is.`),
  after: reference(`Right after this ${one}, wherever that is.`),
  at: Schema.Literals(["first", "last"]).annotate({
    message: "Expected first or last",
    description: "At which end of the list; `last` where nothing says so.",
    examples: ["first"]
  })
})
