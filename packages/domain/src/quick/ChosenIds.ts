import { Schema } from "effect"
import type { TaskId } from "../tasks/Task.ts"

/** So many ids fit into a header anywhere. */
export const maxChosenIds = 20

const uuid7 = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-7[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
const pattern = new RegExp(`^${uuid7}(?:, ?${uuid7}){0,${maxChosenIds - 1}}$`)

/** The header with the ids of the tasks that a text makes, as far as the client chooses them. */
export const taskIdsHeader = {
  "task-ids": Schema.optionalKey(
    Schema.String.check(
      Schema.isPattern(pattern, {
        message: `Expected 1 to ${maxChosenIds} UUIDs of version 7 with commas between them`
      })
    ).annotate({
      description:
        `The ids of the tasks, UUIDs of version 7 with commas between them, ${maxChosenIds} at the most, in the order of the lines, if the client chooses them, so that the request sent again, however late, makes nothing twice. The service makes those of further lines.`,
      examples: ["0198c0de-7a5c-7000-8000-0000000000a1"]
    })
  )
}

/** The ids that a valid header has. */
export const chosenIdsOf = (header: string | undefined): ReadonlyArray<TaskId> =>
  (header?.split(",") ?? []).map((id) => id.trim().toLowerCase() as TaskId)
