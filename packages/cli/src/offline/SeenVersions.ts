import { entityTag } from "@todo/domain/http/EntityTag"
import type { LastKnown } from "./LastKnown.ts"
import type { Prepared } from "./Queueable.ts"
import type { QueuedWrite } from "./QueuedWrite.ts"
import type { Kept } from "./QueueFolder.ts"

type Json = Readonly<Record<string, unknown>>

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null

/** To be done is the same whatever else has changed; everything else might undo what somebody has written meanwhile. */
const mayOverwrite = (patch: unknown): boolean => isJson(patch) && Object.keys(patch).some((key) => key !== "completed")

const withVersion = (operation: unknown, versions: ReadonlyMap<string, number>): unknown => {
  if (!isJson(operation)) return operation
  const { body, id, op, version } = operation
  const seen = op === "task.update" && version === undefined && mayOverwrite(body)
    ? versions.get(String(id))
    : undefined
  return seen === undefined ? operation : { ...operation, version: seen }
}

/**
 * A write of what was seen with the versions that it had, so that nobody's later change is overwritten when it is sent. What
 * an earlier write of the queue changes has another version by then, and goes without.
 */
export const withSeenVersions = (method: string, { body, changes, ...made }: Prepared, { known, pending }: {
  readonly known: LastKnown
  readonly pending: ReadonlyArray<Kept>
}): { readonly headers: Readonly<Record<string, string>>; readonly body: Json | null } => {
  const before = new Set(pending.flatMap(({ write }) => [...write.changes, ...write.tasks.map(({ id }) => id)]))
  const own = new Set(made.tasks.map(({ id }) => id))
  const versions = known.versionsOf(changes.filter((id) => !before.has(id) && !own.has(id)))
  if (method === "PATCH" && mayOverwrite(body)) {
    const seen = changes.length === 1 ? versions.get(changes[0]!) : undefined
    return { headers: seen === undefined ? {} : { "if-match": entityTag(seen) }, body }
  }
  return body === null || !Array.isArray(body.operations)
    ? { headers: {}, body }
    : { headers: {}, body: { ...body, operations: body.operations.map((one) => withVersion(one, versions)) } }
}

const withoutVersion = (operation: unknown): unknown => {
  if (!isJson(operation)) return operation
  const { version: _seen, ...others } = operation
  return others
}

/** A write that is done whatever has changed since. */
export const withoutSeenVersions = (write: QueuedWrite): QueuedWrite => {
  const { "if-match": _seen, ...headers } = write.headers
  const body: unknown = write.path === "/api/v1/batch" && write.body !== null ? JSON.parse(write.body) : undefined
  return isJson(body) && Array.isArray(body.operations)
    ? { ...write, headers, body: JSON.stringify({ ...body, operations: body.operations.map(withoutVersion) }) }
    : { ...write, headers }
}
