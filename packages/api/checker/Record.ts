import { setTimeout } from "node:timers/promises"
import type { Session } from "./Session.ts"
import type { Task } from "./Task.ts"

/** What an operation has left of a task; null where it took it away. */
export interface RecordedChange {
  readonly id: string
  readonly value: Task | null
}

/** An operation as the history has it. */
export interface Recorded {
  readonly id: string
  readonly kind: string
  readonly at: string
  readonly undoes: string | null
  readonly undoneBy: string | null
  readonly count: number
  readonly changes: ReadonlyArray<RecordedChange>
}

/** An item of the feed. */
export interface Item extends RecordedChange {
  readonly noun: string
  readonly operationId: string | null
  readonly at: string | null
}

/** Reads, when the service has room for it. */
const get = async <A>(url: string, session: Session, path: string): Promise<A> => {
  for (;;) {
    const answer = await fetch(`${url}/api/v1${path}`, { headers: { authorization: `Bearer ${session.jwt}` } })
    if (answer.ok) return await answer.json() as A
    const text = await answer.text()
    if (answer.status !== 503) throw new Error(text)
    await setTimeout(100)
  }
}

/** All pages of a list. */
const all = async <A>(url: string, session: Session, path: string): Promise<ReadonlyArray<A>> => {
  const found: Array<A> = []
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: { readonly items: ReadonlyArray<A>; readonly nextCursor: string | null } = await get(
      url,
      session,
      `${path}?limit=200${cursor === "" ? "" : `&cursor=${cursor}`}`
    )
    found.push(...page.items)
    cursor = page.nextCursor
  }
  return found
}

/** A page of the feed: without a cursor the first of a snapshot. */
export interface Page {
  readonly items: ReadonlyArray<Item>
  readonly cursor: string
  readonly more: boolean
}

/** The cursor of somebody to whom nothing has happened yet. */
export const firstCursor = async (url: string, session: Session): Promise<string> =>
  (await get<Page>(url, session, "/changes")).cursor

/** What lists say that somebody has, the trash included. */
export const listsOf = async (url: string, session: Session): Promise<ReadonlyMap<string, Task>> => {
  const [tasks, trash] = [await all<Task>(url, session, "/tasks"), await all<Task>(url, session, "/trash")]
  return new Map([...tasks, ...trash].map((task) => [task.id, task]))
}

/** The operations of the history, oldest first, with what the feed says that each has changed; and what it has beyond. */
export const recordOf = async (url: string, session: Session, since: string) => {
  const operations = (await all<Omit<Recorded, "changes">>(url, session, "/operations")).toReversed()
  const feed: Array<Item> = []
  for (let [cursor, more] = [since, true]; more;) {
    const page = await get<Page>(url, session, `/changes?limit=200&cursor=${cursor}`)
    feed.push(...page.items)
    ;({ cursor, more } = page)
  }
  const byOperation = Map.groupBy(feed, ({ operationId }) => operationId)
  const record = operations.map((operation): Recorded => ({
    ...operation,
    changes: byOperation.get(operation.id) ?? []
  }))
  return { record, feed }
}

/** An operation as it is shown by itself, with its first changes. */
export const operationOf = (url: string, session: Session, id: string) =>
  get<{ readonly changes: ReadonlyArray<RecordedChange & { readonly members: ReadonlyArray<string> }> }>(
    url,
    session,
    `/operations/${id}?limit=200`
  )
