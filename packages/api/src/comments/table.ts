import {
  Comment,
  CommentPatch,
  mostComments,
  mostCommentsOfTask,
  NewCommentOnTask
} from "@todo/domain/comments/Comment"
import { removeForGood } from "../database/functions/remove.sql.ts"
import { table } from "../database/Table.ts"

/** Whether a task is there, and not in the trash. */
const isLive = (task: string) =>
  `EXISTS (SELECT FROM todo.tasks x WHERE x.user_id = uid AND x.id = ${task} AND x.trashed_at IS NULL)`

/** Whether as much is said about a task as may be. */
const isFull = (task: string) =>
  `(SELECT count(*) FROM todo.comments x WHERE x.user_id = uid AND x.task_id = ${task}) >= ${mostCommentsOfTask}`

/** How comments are stored. */
export const comments = table({
  noun: "comment",
  name: "comments",
  shapes: { answer: Comment, creation: NewCommentOnTask, patch: CommentPatch },
  title: "text",
  most: mostComments,
  folded: ["text"],
  batched: (table) => ({ remove: removeForGood(table) }),
  rules: [{
    create: {
      before: `IF NOT ${isLive("(body ->> 'taskId')::uuid")} THEN
  verdict := 'task';
  EXIT work;
END IF;
IF ${isFull("(body ->> 'taskId')::uuid")} THEN
  verdict := 'comments_of_task';
  EXIT work;
END IF;
`
    },
    update: {
      early: `IF NOT ${isLive("old.task_id")} THEN
  verdict := 'absent';
  EXIT work;
END IF;
`
    },
    undo: {
      // Each that comes back may be the last that there is room for.
      oneByOne: (change) => `${change}.now IS NULL`,
      made: `CASE WHEN NOT EXISTS (SELECT FROM todo.tasks x WHERE x.user_id = uid AND x.id = made.task_id) THEN 'gone'
            WHEN j.now IS NULL AND ${isFull("made.task_id")} THEN 'limit' END`
    }
  }]
})
