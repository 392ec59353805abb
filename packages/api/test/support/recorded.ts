import { RecordedTask } from "@todo/domain/tasks/Task"

const members: ReadonlySet<string> = new Set([...Object.keys(RecordedTask.fields), "trashedAt"])

/** A task as the record and the feed have it, of one that was answered: without what depends on who asks, and when. */
export const recorded = <A extends object>(task: A): A =>
  Object.fromEntries(Object.entries(task).filter(([name]) => members.has(name))) as A
