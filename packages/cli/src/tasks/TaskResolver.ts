import { TaskId } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { makeResolver } from "../refs/Resolver.ts"
import { allTasks } from "./AllTasks.ts"

/** Makes a function that finds the one task a reference names; see `makeResolver`. */
export const makeTaskResolver = Effect.gen(function*() {
  const tasks = yield* (yield* ApiClient).tasks
  return yield* makeResolver({
    word: "task",
    lister: "todo list --all",
    label: ({ number }) => String(number),
    all: allTasks({}),
    byNumber: (number) => Effect.map(tasks.list({ query: { number } }), ({ items }) => items[0]),
    // 304 is part of the contract, but answers `If-None-Match` only.
    byId: (id) => Effect.map(tasks.get({ params: { id: TaskId.make(id) }, headers: {} }), (answer) => answer?.body)
  })
})
