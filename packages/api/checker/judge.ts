import { isDeepStrictEqual } from "node:util"
import { judgeClaims } from "./Claims.ts"
import type { Change } from "./Draft.ts"
import { differences, judgeFollower } from "./judgeFollower.ts"
import { type Done, judgeRecord } from "./Ledger.ts"
import type { Person } from "./Person.ts"
import { listsOf, operationOf, type Recorded, recordOf } from "./Record.ts"
import { shown } from "./Task.ts"

/** How long a write that is seen at another replica may not be on the disk yet, in milliseconds (docs/adr/0018). */
const unsafe = 1000
/** One in so many operations is looked at by itself. */
const lookedAt = 10

/** Compares all that somebody was answered and told with the record, the lists, and the model. */
export const judge = async (url: string, person: Person, crashes: ReadonlyArray<number>) => {
  const { clients, followers, session, start } = person
  const { feed, record } = await recordOf(url, session, start)
  const asked = clients.flatMap((client) => client.asked)
  const reads = clients.flatMap((client) => client.reads).filter(({ began, ended }) =>
    !crashes.some((crash) => began - unsafe < crash && crash < ended + unsafe)
  )
  const { done, model, violations } = judgeRecord(record, asked)
  const lists = await listsOf(url, session)
  const should = new Map([...model.tasks].map(([id, task]) => [id, shown(task)]))
  const misshown: Array<string> = []
  for (const [index, { operation }] of done.entries()) {
    if (index % lookedAt === 0) misshown.push(...await judgeOne(url, person, operation))
  }
  return {
    operations: record.length,
    tasks: lists.size,
    violations: [
      ...judgeFeed(feed.map(({ operationId }) => operationId), record),
      ...violations,
      ...judgeClaims(done, asked, reads),
      ...differences(should, lists).map((what) => `The record ${what}`),
      ...followers.flatMap(({ items, name }) => judgeFollower(items, feed, done).map((what) => `${name} ${what}`)),
      ...misshown
    ]
  }
}

/** The feed has the changes of each operation, as many as the history says, in the order of the history. */
const judgeFeed = (feed: ReadonlyArray<string | null>, record: ReadonlyArray<Recorded>): ReadonlyArray<string> => {
  const expected = record.flatMap(({ count, id }) => Array.from({ length: count }, () => id))
  const wrong = expected.findIndex((id, index) => id !== feed[index])
  if (wrong === -1 && feed.length === expected.length) return []
  return [
    `The feed has ${feed[wrong]} where the history has ${expected[wrong]}, and ${feed.length} of ${expected.length}`
  ]
}

const membersOf = ({ now, was }: Change) =>
  was === null || now === null
    ? []
    : Object.keys(was).filter((name) => name !== "version" && name !== "updatedAt").sort()

/** An operation that is asked for by its id has the changes that it made. */
const judgeOne = async (url: string, { session }: Person, { changes, id }: Done["operation"]) => {
  const { changes: told } = await operationOf(url, session, id)
  const is = told.map(({ id, members, value }) => ({ id, value, members: members.toSorted() }))
  const should = changes.map((change) => ({
    id: change.id,
    value: change.now && shown(change.now),
    members: membersOf(change)
  }))
  return isDeepStrictEqual(is, should)
    ? []
    : [`Operation ${id} has ${JSON.stringify(is)}, and not ${JSON.stringify(should)}`]
}
