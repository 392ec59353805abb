import { RecordedTask } from "@todo/domain/tasks/Task"
import { isDeepStrictEqual } from "node:util"
import type { Done } from "./Ledger.ts"
import { Model } from "./Model.ts"
import type { Item } from "./Record.ts"
import { shown, type Task } from "./Task.ts"

const place = ({ id, operationId }: Item) => `task ${id} by operation ${operationId}`

/** What differs between a copy of somebody's tasks and their lists, member by member, in words. */
export const differences = (
  copy: ReadonlyMap<string, Task>,
  lists: ReadonlyMap<string, Task>
): ReadonlyArray<string> =>
  [...new Set([...copy.keys(), ...lists.keys()])].flatMap((id) => {
    const [is, should] = [copy.get(id), lists.get(id)]
    if (is === undefined) return `has no task ${id}, and lists have it in version ${should!.version}`
    if (should === undefined) return `has task ${id} in version ${is.version}, and lists have no such task`
    // What depends on who asks, and when, is not in the feed.
    return (Object.keys(RecordedTask.fields) as ReadonlyArray<keyof Task>).flatMap((name) =>
      isDeepStrictEqual(is[name], should[name])
        ? []
        : `has ${name} of task ${id} as ${is[name]}, and lists as ${should[name]}`
    )
  })

/**
 * Compares what a follower was told with the feed as it is at the end, in the order of the history: after its snapshot every
 * item, once, in order; and the snapshot with what there was then.
 */
export const judgeFollower = (
  told: ReadonlyArray<Item>,
  feed: ReadonlyArray<Item>,
  done: ReadonlyArray<Done>
): ReadonlyArray<string> => {
  const begin = told.findIndex(({ operationId }) => operationId !== null)
  const snapshot = begin === -1 ? told : told.slice(0, begin)
  const followed = begin === -1 ? [] : told.slice(begin)
  const first = followed.length === 0
    ? feed.length
    : feed.findIndex(({ operationId }) => operationId === followed[0]!.operationId)
  if (first === -1) return [`was told of what is not on record: ${place(followed[0]!)}`]

  const expected = feed.slice(first)
  for (let index = 0; index < Math.max(followed.length, expected.length); index++) {
    const [is, should] = [followed[index], expected[index]]
    if (isDeepStrictEqual(is, should)) continue
    if (is === undefined) return [`was not told of ${place(should!)}`]
    if (followed.slice(0, index).some((item) => isDeepStrictEqual(item, is))) return [`was told twice of ${place(is)}`]
    if (should === undefined) return [`was told of what is not on record: ${place(is)}`]
    if (place(is) === place(should)) {
      return [`was told ${JSON.stringify(is)}, and on record is ${JSON.stringify(should)}`]
    }
    const comes = followed.slice(index).some((item) => isDeepStrictEqual(item, should))
    return [`was told of ${place(is)} ${comes ? "before" : "and never of"} ${place(should)}`]
  }
  return judgeSnapshot(snapshot, expected, done, expected[0]?.operationId ?? undefined)
}

/** A snapshot has what there was at its moment, but for what has been changed since, which comes after it. */
const judgeSnapshot = (
  snapshot: ReadonlyArray<Item>,
  since: ReadonlyArray<Item>,
  done: ReadonlyArray<Done>,
  until: string | undefined
) => {
  const model = new Model()
  for (const { operation } of done) {
    if (operation.id === until) break
    model.apply({ ...operation, undoneBy: null })
  }
  const changed = new Set(since.map(({ id }) => id))
  const had = new Set(snapshot.map(({ id }) => id))
  return [
    ...had.size === snapshot.length ? [] : ["has a task twice in its snapshot"],
    ...snapshot.flatMap(({ id, value }) => {
      const there = model.tasks.get(id)
      return isDeepStrictEqual(value, there && shown(there))
        ? []
        : `has in its snapshot what there was not: ${JSON.stringify(value)}`
    }),
    ...[...model.tasks.keys()].flatMap((id) =>
      had.has(id) || changed.has(id) ? [] : `has neither in its snapshot nor after it task ${id}`
    )
  ]
}
