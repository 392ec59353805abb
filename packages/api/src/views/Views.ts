import type { NewView, ViewPatch } from "@todo/domain/views/View"
import type { ViewQuery } from "@todo/domain/views/ViewPage"
import { Context, Effect, Layer } from "effect"
import { listByKey } from "../database/ListByKey.ts"
import { orderOfViews } from "../database/order/Order.ts"
import type { Row } from "../database/Table.ts"
import { Writes } from "../database/Write.ts"
import { entityStore } from "../entity/EntityStore.ts"
import { mover } from "../entity/Mover.ts"
import { readable } from "../filter/TaskList.ts"
import * as Randomness from "../Randomness.ts"
import { moveProblems, viewProblems } from "./problems.ts"
import { views } from "./table.ts"

/** What the current user can do with their views. Another user's view is a view that does not exist. */
export class Views extends Context.Service<Views>()("todo/api/views/Views", {
  make: Effect.gen(function*() {
    const writes = yield* Writes
    const store = yield* entityStore(views, viewProblems)
    const list = yield* listByKey<Row>(views, {
      key: orderOfViews.key("views"),
      choices: { all: "true" },
      long: { texts: ["filter"], never: "name" }
    }, views.json)
    return {
      ...store,
      list: (query: ViewQuery) => list({ ...query, choice: "all" }),
      /** Puts views in order. */
      move: mover(writes, views, moveProblems),
      create: (view: NewView) => Effect.andThen(readable(view), store.create({ ...view })),
      update: (id: string, patch: ViewPatch, versions: ReadonlyArray<number> | undefined) =>
        Effect.andThen(readable(patch), store.update(id, patch, versions))
    }
  })
}) {
  static readonly layer = Layer.effect(Views, Views.make).pipe(Layer.provide(Randomness.layer))
}
