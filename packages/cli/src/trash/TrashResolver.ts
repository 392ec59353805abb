import { Effect } from "effect"
import { makeResolver } from "../refs/Resolver.ts"
import { allTrash } from "./AllTrash.ts"

/** Makes a function that finds the one task in the trash that a reference names; see `makeResolver`. */
export const makeTrashResolver = Effect.gen(function*() {
  const all = yield* Effect.cached(allTrash())
  return yield* makeResolver({
    word: "task",
    lister: "todo trash",
    label: ({ number }) => String(number),
    all,
    byNumber: (number) => Effect.map(all, (tasks) => tasks.find((task) => task.number === number))
  })
})
