import { mostCommentsOfTask } from "@todo/domain/comments/Comment"
import { CommentChanged, CommentNotFound } from "@todo/domain/comments/CommentProblems"
import { LimitReached } from "@todo/domain/http/LimitReached"
import { TaskNotFound } from "@todo/domain/tasks/TaskProblems"
import type { EntityProblems } from "../entity/Refusals.ts"
import { comments } from "./table.ts"

/** How it is said that there is no such comment, or no such task, and that a task has as many as it may have. */
export const commentProblems: EntityProblems<CommentNotFound, CommentChanged, TaskNotFound | LimitReached> = {
  notFound: (at) => new CommentNotFound({ detail: "You have no comment with this id", ...at }),
  changed: (row, asking, at) => {
    const current = comments.answer(row, asking)
    return new CommentChanged({ detail: `The comment is at version ${current.version}`, current, ...at })
  },
  ruled: {
    task: (_, at) => new TaskNotFound({ detail: "You have no task with this id", ...at }),
    comments_of_task: (_, at) =>
      new LimitReached({
        detail: `The task has ${mostCommentsOfTask.toLocaleString("en")} comments`,
        limit: "comments_of_task",
        max: mostCommentsOfTask,
        ...at
      })
  }
}
