import type { CommentPatch, NewComment } from "@todo/domain/comments/Comment"
import type { CommentQuery } from "@todo/domain/comments/CommentPage"
import { Context, Effect, Layer } from "effect"
import { list } from "../database/List.ts"
import { entityStore } from "../entity/EntityStore.ts"
import * as Randomness from "../Randomness.ts"
import { commentProblems } from "./problems.ts"
import { comments } from "./table.ts"

/** What the current user can do with the comments on their tasks. */
export class Comments extends Context.Service<Comments>()("todo/api/comments/Comments", {
  make: Effect.gen(function*() {
    const store = yield* entityStore(comments, commentProblems)
    const ofTask = yield* list<{ readonly taskId: string }>(comments, {
      filters: { taskId: (id, bind) => `task_id = ${bind(id)}` },
      of: "true",
      newest: ["created_at", "id"],
      long: { texts: ["text"], never: "text" }
    })
    return {
      list: (taskId: string, query: CommentQuery) => ofTask({ ...query, taskId }),
      create: (taskId: string, comment: NewComment) => store.create({ ...comment, taskId }),
      update: (id: string, patch: CommentPatch, versions: ReadonlyArray<number> | undefined) =>
        Effect.catchTags(store.update(id, patch, versions), { TaskNotFound: Effect.die, LimitReached: Effect.die }),
      remove: store.remove
    }
  })
}) {
  static readonly layer = Layer.effect(Comments, Comments.make).pipe(Layer.provide(Randomness.layer))
}
