import type { Task } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import type { ApiError } from "../client/HttpFailure.ts"
import { forEachRef } from "../refs/ForEach.ts"
import type { Agreement } from "../terminal/Agreement.ts"
import { makeTaskResolver } from "./TaskResolver.ts"

/** Does something with every task that is named; see `forEachRef`. */
export const forEachTask = Effect.fn("forEachTask")(function*<A, R, R2>(
  refs: ReadonlyArray<string>,
  work: (task: Task) => Effect.Effect<A, ApiError, R>,
  finish: (results: ReadonlyArray<A>) => Effect.Effect<void, never, R2>,
  agree?: Agreement<Task>
) {
  yield* forEachRef(refs, yield* makeTaskResolver, work, finish, agree)
})
