import type { QueuedWrite, Refusal } from "./QueuedWrite.ts"
import { isOverwriting } from "./SeenVersions.ts"

/** The code of what was not sent, since it builds on what was refused. */
const dependentCode = "builds_on_refused"

/**
 * Whether a write builds on another: it is about what that makes, or changes further what that changes, and was said before
 * anybody could know that it would be refused.
 */
const buildsOn = (write: QueuedWrite, other: QueuedWrite): boolean => {
  const about = new Set(write.changes)
  if (other.tasks.some(({ id }) => about.has(id))) return true
  const isBetween = other.at <= write.at && (other.refusal === null || write.at < other.refusal.at)
  return isBetween && isOverwriting(write) && other.changes.some((id) => about.has(id))
}

/** Why a write is not sent, although nobody has refused it yet; undefined where it may be. */
export const refusalOfDependent = (
  write: QueuedWrite,
  refused: ReadonlyArray<QueuedWrite>,
  at: string
): Refusal | undefined => {
  const cause = refused.find((other) => other.key !== write.key && buildsOn(write, other))
  if (cause === undefined) return undefined
  const name = cause.tasks.map(({ label }) => `+${label}`).join(", ") || `\`${cause.command}\``
  return { status: 424, code: dependentCode, message: `It builds on ${name}, which was refused`, at }
}

/** A refused write, and those that were not sent because they build on it, or on those. */
export const withDependents = <One extends { readonly write: QueuedWrite }>(
  one: One,
  refused: ReadonlyArray<One>
): ReadonlyArray<One> => {
  const all = [one]
  for (const other of refused) {
    const isDependent = other.write.refusal?.code === dependentCode
    if (isDependent && all.some(({ write }) => write.key !== other.write.key && buildsOn(other.write, write))) {
      all.push(other)
    }
  }
  return all
}
