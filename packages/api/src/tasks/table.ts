import { NewTask, Task, TaskPatch } from "@todo/domain/tasks/Task"
import { orderOfTasks } from "../database/order/Order.ts"
import { positionOf } from "../database/order/Position.ts"
import { table } from "../database/Table.ts"
import { archivedOf, inProjectRules } from "../projects/rules.sql.ts"
import { rulesOfTags, tagging } from "../tags/onTasks.sql.ts"
import { tagNames, tagsByKey } from "../tags/onTasks.ts"
import { placeOfDated, rulesOfDates } from "./dates.sql.ts"
import { derivedDates, saidRepeat } from "./DerivedDates.ts"
import { besideTrees, derivedOfTrees } from "./derivedOfTrees.ts"
import { madeOfExtra, rulesOfExternalIds, rulesOfExtra } from "./external.sql.ts"
import { move } from "./move.sql.ts"
import { rulesOfTrees } from "./rules.sql.ts"

/** Columns that few tasks have anything in; what else there is only with these is read with them. */
const seldom = [
  "project_id",
  "parent_id",
  "priority",
  "tags",
  "start",
  "due",
  "repeat",
  "blocked_by",
  "external_id",
  "extra"
]

/** How tasks are stored. */
export const tasks = table({
  noun: "task",
  name: "tasks",
  shapes: { answer: Task, creation: NewTask, patch: TaskPatch },
  title: "title",
  isSet: { completed: "completed_at" },
  numbered: true,
  trash: true,
  most: 100_000,
  stored: { tags: (names: ReadonlyArray<string>) => ({ tags: tagsByKey(names) }) },
  shown: {
    tags: tagNames,
    position: (_, row) => positionOf(row),
    blockedBy: (ids: ReadonlyArray<string> | null | undefined) => ids ?? [],
    extra: (extra: Readonly<Record<string, string>> | null | undefined) => extra ?? {}
  },
  made: {
    extra: madeOfExtra,
    tags: {
      read: (given) => `todo.spelled_tags(uid, ${given})`,
      // As they are spelled now; where the operation was about the tag itself, as it was.
      undo: (was) =>
        `CASE WHEN EXISTS (
            SELECT FROM todo.changes g WHERE g.user_id = uid AND g.seq = undone AND g.noun = 'tag'
          ) THEN ${was} ELSE todo.spelled_tags(uid, ${was}) END`,
      use: (given) => `todo.use_tags(uid, ${given}, moment)`
    }
  },
  hidden: { start_key: "text", due_key: "text", series: "jsonb", completion: "jsonb" },
  verbs: ["complete", "skip"],
  kinds: { blockedBy: "uuid[]", externalId: "text" },
  computed: ["occurrence"],
  order: orderOfTasks,
  folded: ["title", "description"],
  derived: { ...derivedDates, ...derivedOfTrees },
  told: { repeat: saidRepeat },
  derivedFrom: ["due", "start", "repeat", "blocked", "open_children", "archived"],
  beside: (row, user) => ({ ...placeOfDated(row, user), ...besideTrees(row, user), ...archivedOf(row, user) }),
  seldom: {
    columns: [...seldom, "occurrence", "place", "blocked", "open_children", "archived"],
    has: (row) => `${row}.is_parent OR num_nonnulls(${seldom.map((column) => `${row}.${column}`).join(", ")}) > 0`
  },
  rules: [rulesOfDates, rulesOfTrees, inProjectRules, rulesOfTags, rulesOfExternalIds, rulesOfExtra],
  batched: (table) => ({ tag: tagging(table), untag: tagging(table), move: move(table) }),
  parts: ["completions"]
})

/** What of a task may be long, and the text that is never empty, for lists. */
export const longTexts = { texts: ["description", "extra"], never: "title" }
