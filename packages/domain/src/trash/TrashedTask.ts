import { Schema } from "effect"
import { timeZoneParameter } from "../dates/AskingZone.ts"
import { instant } from "../http/Instant.ts"
import { pageLimit } from "../http/IntegerParameter.ts"
import { Task } from "../tasks/Task.ts"

/** A task in the trash. */
export const TrashedTask = Schema.Struct({
  ...Task.fields,
  trashedAt: instant("When it was deleted. 30 days later it is deleted for good.", "2026-10-03T08:00:00.000Z")
}).annotate({ identifier: "TrashedTask", description: "A task in the trash." })
export interface TrashedTask extends Schema.Schema.Type<typeof TrashedTask> {}

/** Where a page of the trash ended: opaque, good for the same user only. */
export const TrashCursor = Schema.String.check(Schema.isMaxLength(500)).pipe(Schema.brand("TrashCursor")).annotate({
  description: "`nextCursor` of the page before, unchanged.",
  examples: ["eyJhZnRlciI6N30" as never]
})
export type TrashCursor = typeof TrashCursor.Type

/** How many tasks of the trash to list (1 to 200, 50 when absent), and from where on. */
export const TrashQuery = Schema.Struct({
  limit: Schema.optionalKey(
    pageLimit("How many tasks at the most. A page ends at 1 MiB of JSON, too: it may have fewer.")
  ),
  cursor: Schema.optionalKey(TrashCursor),
  ...timeZoneParameter
})
export interface TrashQuery extends Schema.Schema.Type<typeof TrashQuery> {}

/** Some of the tasks in the trash, the last deleted first. */
export const TrashPage = Schema.Struct({
  items: Schema.Array(TrashedTask).annotate({ description: "The last deleted first." }),
  nextCursor: Schema.NullOr(TrashCursor).annotate({
    description: "Pass it as `cursor` for more; null when there is none."
  })
}).annotate({ identifier: "TrashPage", description: "Some of the tasks in the user's trash." })
export interface TrashPage extends Schema.Schema.Type<typeof TrashPage> {}
