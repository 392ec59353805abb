import { Schema } from "effect"
import { instant } from "../http/Instant.ts"
import { RecordedTask } from "./Task.ts"

/**
 * A task as a change left it, on record and in the feed: it may have been in the trash. What depends on who asks, and
 * when, is not in it.
 */
export const ChangedTask = Schema.Struct({
  ...RecordedTask.fields,
  trashedAt: Schema.optionalKey(
    instant("When it was deleted; absent where it is not in the trash.", "2026-10-03T08:00:00.000Z")
  )
}).annotate({ identifier: "ChangedTask", description: "A task as a change left it, in the trash or not." })
