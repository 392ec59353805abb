import { LimitReached } from "@todo/domain/http/LimitReached"
import { maxExtra, maxExtraBytes } from "@todo/domain/tasks/Extra"
import type { TaskId } from "@todo/domain/tasks/Task"
import { ExternalIdTaken, TaskChanged, TaskNotFound } from "@todo/domain/tasks/TaskProblems"
import type { Refused } from "../database/Write.ts"
import type { At, EntityProblems } from "../entity/Refusals.ts"
import { changeProblems } from "../entity/TooManyChanges.ts"
import { inProjectProblems } from "../projects/problems.ts"
import { tagProblems } from "../tags/problems.ts"
import { tasks } from "./table.ts"
import { completionProblems, linkProblems } from "./treeProblems.ts"

/** The refusals of what scripts call tasks, and keep with them. */
const externalProblems = {
  external_id: ({ more: { id } }: Refused, at: At) =>
    new ExternalIdTaken({ detail: "Another task has this external id", id: id as TaskId, ...at }),
  extra_of_task: (_: Refused, at: At) =>
    new LimitReached({
      detail: `A task keeps ${maxExtra} texts in \`extra\` at the most`,
      limit: "extra_of_task",
      max: maxExtra,
      ...at
    }),
  extra_bytes: (_: Refused, at: At) =>
    new LimitReached({
      detail: `The texts in \`extra\` have ${maxExtraBytes} bytes at the most, with their names`,
      limit: "extra_bytes",
      max: maxExtraBytes,
      ...at
    })
}

/** How it is said that there is no such task, and that it is at another version. */
export const taskProblems: EntityProblems<TaskNotFound, TaskChanged> = {
  notFound: (at) => new TaskNotFound({ detail: "You have no task with this id", ...at }),
  changed: (row, asking, at) => {
    const current = tasks.answer(row, asking)
    return new TaskChanged({ detail: `The task is at version ${current.version}`, current, ...at })
  }
}

const { archived } = inProjectProblems

const creation = { ...inProjectProblems, ...tagProblems, ...linkProblems, ...externalProblems }
const change = { ...creation, ...changeProblems, ...completionProblems }

/** What else is refused of tasks: where they are made, changed, tagged, moved, done, passed over, taken away, and taken back. */
export const taskRulings = {
  creation,
  change,
  tagging: { archived, ...tagProblems },
  move: { ...inProjectProblems, ...linkProblems, ...changeProblems },
  completion: { archived, ...changeProblems, ...completionProblems },
  skip: { archived, ...changeProblems },
  removal: changeProblems,
  restoration: { archived, ...changeProblems }
}
