import { entityTag } from "@todo/domain/http/EntityTag"
import { isJson, type Json } from "./Json.ts"
import type { LastKnown } from "./LastKnown.ts"
import type { Prepared } from "./Queueable.ts"
import type { QueuedWrite } from "./QueuedWrite.ts"
import type { Kept } from "./QueueFolder.ts"

/** To be done is the same whatever else has changed; everything else might undo what somebody has written meanwhile. */
const mayOverwrite = (patch: unknown): boolean => isJson(patch) && Object.keys(patch).some((key) => key !== "completed")

const bodyOf = ({ body }: QueuedWrite): Json => {
  const value: unknown = body === null ? null : JSON.parse(body)
  return isJson(value) ? value : {}
}

/** Whether a write might undo what somebody else has written. */
export const isOverwriting = (write: QueuedWrite): boolean => {
  const body = bodyOf(write)
  return Array.isArray(body.operations)
    ? body.operations.some((one) => isJson(one) && one.op === "task.update" && mayOverwrite(one.body))
    : write.method === "PATCH" && mayOverwrite(body)
}

/** What this client has seen of tasks, and which of them the queue changes. */
interface Seen {
  readonly isChanged: (id: string) => boolean
  readonly versionOf: (id: string) => number | undefined
}

const withVersion = (operation: unknown, seen: Seen): unknown => {
  if (!isJson(operation)) return operation
  const { body, id, op, version, ...others } = operation
  if (op !== "task.update") return operation
  const known = seen.isChanged(String(id))
    ? undefined
    : version ?? (mayOverwrite(body) ? seen.versionOf(String(id)) : undefined)
  return { ...others, op, id, body, ...known !== undefined && { version: known } }
}

/**
 * A write of what was seen with the versions that it had, so that nobody's later change is overwritten when it is sent. What
 * an earlier write of the queue changes has another version by then, and goes without: it was made of what that leaves.
 */
export const withSeenVersions = (method: string, { body, changes, ...made }: Prepared, { headers, known, pending }: {
  readonly headers: Readonly<Record<string, string>>
  readonly known: LastKnown
  readonly pending: ReadonlyArray<Kept>
}): { readonly headers: Readonly<Record<string, string>>; readonly body: Json | null } => {
  const before = new Set(pending.flatMap(({ write }) => [...write.changes, ...write.tasks.map(({ id }) => id)]))
  const own = new Set(made.tasks.map(({ id }) => id))
  const versions = known.versionsOf(changes.filter((id) => !before.has(id) && !own.has(id)))
  const seen: Seen = { isChanged: (id) => before.has(id), versionOf: (id) => versions.get(id) }
  if (method === "PATCH" && mayOverwrite(body) && changes.length === 1) {
    const { "if-match": given, ...others } = headers
    const version = versions.get(changes[0]!)
    const match = before.has(changes[0]!)
      ? undefined
      : given ?? (version === undefined ? undefined : entityTag(version))
    return { headers: { ...others, ...match !== undefined && { "if-match": match } }, body }
  }
  return body === null || !Array.isArray(body.operations)
    ? { headers, body }
    : { headers, body: { ...body, operations: body.operations.map((one) => withVersion(one, seen)) } }
}

const withoutVersion = (operation: unknown): unknown => {
  if (!isJson(operation)) return operation
  const { version: _seen, ...others } = operation
  return others
}

/** A write that is done whatever has changed since. */
export const withoutSeenVersions = (write: QueuedWrite): QueuedWrite => {
  const { "if-match": _seen, ...headers } = write.headers
  const body = bodyOf(write)
  return Array.isArray(body.operations)
    ? { ...write, headers, body: JSON.stringify({ ...body, operations: body.operations.map(withoutVersion) }) }
    : { ...write, headers }
}
