import { Effect } from "effect"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { inSteps } from "../terminal/Steps.ts"

/** The most that the service gives in one answer. */
const pageSize = 200

interface Page<A, Cursor> {
  readonly items: ReadonlyArray<A>
  readonly nextCursor: Cursor | null
}

/** What a page is asked for with; there is no cursor for the first. */
export interface PageQuery<Cursor> {
  readonly limit: number
  readonly cursor?: Cursor
}

/**
 * What a list of the service has, page after page until there is no more or
 * `limit` of it. Fails where the service would never come to an end: it gives a
 * cursor twice, or one for more after nothing new.
 */
export const allPages = Effect.fnUntraced(function*<A extends { readonly id: string }, Cursor extends string, E, R>(
  /** As in `tasks`. */
  things: string,
  ask: (query: PageQuery<Cursor>) => Effect.Effect<Page<A, Cursor>, E, R>,
  limit = Infinity
) {
  return yield* inSteps({ what: things, total: undefined }, (done) => pageByPage(things, ask, limit, done))
})

const pageByPage = Effect.fnUntraced(function*<A extends { readonly id: string }, Cursor extends string, E, R>(
  things: string,
  ask: (query: PageQuery<Cursor>) => Effect.Effect<Page<A, Cursor>, E, R>,
  limit: number,
  done: (count: number) => void
) {
  const { apiUrl } = yield* Settings
  const found = new Map<string, A>()
  const cursors = new Set<Cursor>()
  let cursor: Cursor | null = null
  do {
    const query: PageQuery<Cursor> = {
      limit: Math.min(pageSize, limit - found.size),
      ...(cursor === null ? {} : { cursor })
    }
    const page: Page<A, Cursor> = yield* ask(query)
    const before = found.size
    for (const item of page.items) found.set(item.id, item)
    done(found.size)
    cursor = page.nextCursor
    if (cursor !== null && (cursors.has(cursor) || found.size === before)) return yield* endless(apiUrl, things)
    if (cursor !== null) cursors.add(cursor)
  } while (cursor !== null && found.size < limit)
  return [...found.values()]
})

const endless = (apiUrl: string, things: string): Failure =>
  new Failure({
    exitCode: ExitCode.unexpected,
    code: "unexpected_answer",
    message: `${apiUrl} gives the same page of ${things} again and again`,
    status: null,
    hints: ["Check the address in --api-url or TODO_API_URL, and that no proxy keeps its answers."]
  })
