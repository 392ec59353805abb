import type { TaskCursor } from "@todo/domain/tasks/TaskPage"
import type { ViewId } from "@todo/domain/views/View"
import { Effect } from "effect"
import { allPages, type PageQuery } from "../client/AllPages.ts"
import { ApiClient } from "../client/ApiClient.ts"
import { listed } from "../client/Listed.ts"
import { pointingAtWord } from "./FilterFailure.ts"

/** Which tasks, and how. */
export interface TasksAsked {
  readonly completed?: boolean | undefined
  readonly filter?: string | undefined
  readonly sort?: string | undefined
  readonly view?: ViewId | undefined
  readonly limit?: number | undefined
}

/** The user's tasks, newest first unless they have an order, all or at most `limit` of them. */
export const allTasks = Effect.fn("allTasks")(function*({ limit, ...asked }: TasksAsked) {
  const { tasks } = yield* ApiClient
  const filters = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
  // In a body there is room for any filter.
  const ask = (page: PageQuery<TaskCursor>) =>
    asked.filter === undefined
      ? Effect.map(tasks.list({ query: { ...filters, ...page }, headers: {} }), listed)
      : Effect.map(tasks.query({ payload: { ...filters, ...page }, headers: {} }), listed)
  return yield* Effect.mapError(allPages("tasks", ask, limit), pointingAtWord(asked))
})
