import type { ImportedTask } from "@todo/domain/transfer/Document"
import { isDeepStrictEqual } from "node:util"
import type { Row } from "../database/Table.ts"
import { tagsByKey } from "../tags/onTasks.ts"
import type { Schedule } from "../tasks/Schedule.ts"

/** What a task of a document refers to, as it is called here. */
export interface Referred {
  /** Undefined where the document does not say, or the parent does. */
  readonly projectId: string | null | undefined
  readonly parentId: string | null | undefined
  readonly blockedBy: ReadonlyArray<string> | undefined
}

/** The members of a task that are neither dates nor references nor whether it is done. */
export const plainMembers = ({ description, externalId, extra, priority, tags, title }: ImportedTask) => ({
  title,
  ...description !== undefined && { description },
  ...priority !== undefined && { priority },
  ...tags !== undefined && { tags },
  ...externalId !== undefined && { externalId },
  ...extra !== undefined && { extra }
})

const dated = ["start", "due", "repeat", "occurrence", "series"] as const

const sameKeys = (one: object, other: object) => isDeepStrictEqual(Object.keys(one).sort(), Object.keys(other).sort())

/** The members in which a task is not as the document has it. */
export const differingMembers = (
  task: ImportedTask,
  { blockedBy, parentId, projectId }: Referred,
  dates: { readonly was: Schedule; readonly is: Schedule },
  done: boolean | undefined,
  row: Row
): ReadonlyArray<string> => {
  const { extra, tags, ...plain } = plainMembers(task)
  const columns: Readonly<Record<string, string>> = { externalId: "external_id" }
  const differs = Object.entries(plain)
    .filter(([name, value]) => (row[columns[name] ?? name] ?? null) !== value)
    .map(([name]) => name)
  if (projectId !== undefined && projectId !== (row["project_id"] ?? null)) differs.push("projectId")
  if (parentId !== undefined && parentId !== (row["parent_id"] ?? null)) differs.push("parentId")
  if (tags !== undefined && !sameKeys(tagsByKey(tags ?? []), row["tags"] ?? {})) differs.push("tags")
  for (const name of dated) {
    if (!isDeepStrictEqual({ ...dates.was[name] as object }, { ...dates.is[name] as object })) differs.push(name)
  }
  if (
    blockedBy !== undefined &&
    !isDeepStrictEqual(blockedBy.toSorted(), ((row["blocked_by"] ?? []) as ReadonlyArray<string>).toSorted())
  ) differs.push("blockedBy")
  if (extra !== undefined && !isDeepStrictEqual({ ...extra }, { ...row["extra"] as object })) differs.push("extra")
  if (done !== undefined && done !== ((row["completed_at"] ?? null) !== null)) differs.push("completed")
  if ((row["trashed_at"] ?? null) !== null) differs.push("trashedAt")
  return differs
}

/** A merge-patch that leaves of what is kept with a task what the document has, and nothing else. */
export const patchOfExtra = (extra: ImportedTask["extra"], row: Row) =>
  extra === undefined ? undefined : {
    ...Object.fromEntries(Object.keys(row["extra"] ?? {}).map((name) => [name, null])),
    ...extra
  }
