import { Effect } from "effect"
import type { ApiError } from "../client/HttpFailure.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure, usage } from "../failures/Failure.ts"
import { isIdOrPrefix, mayBeId, parseRef } from "./Ref.ts"

/** How things of one kind are named and found. */
export interface Kind<A, R = never> {
  /** As in `session_not_found`. */
  readonly word: string
  /** The command that lists them. */
  readonly lister: string
  /** What tells one from another, next to its id. */
  readonly label: (item: A) => string
  /** All of them, fetched once at most. */
  readonly all: Effect.Effect<ReadonlyArray<A>, ApiError, R>
  /** Looks one up by its number, where they have numbers. */
  readonly byNumber?: (number: number) => Effect.Effect<A | undefined, ApiError, R>
  /** Looks one up by its whole id, where that takes less than all of them. */
  readonly byId?: (id: string) => Effect.Effect<A | undefined, ApiError, R>
  /** What else one goes by. A name may be anything, and several may have the same. */
  readonly nameOf?: (item: A) => string
}

const single = <A>(found: A | undefined): ReadonlyArray<A> => found === undefined ? [] : [found]

/**
 * Makes a function that finds the one thing a reference names. It fails with
 * exit code 3 when there is none, and 2 when there are several or it could not
 * name any. A name that is also the beginning of another's id names both.
 */
export const makeResolver = Effect.fnUntraced(function*<A extends { readonly id: string }, R>(kind: Kind<A, R>) {
  const { byId, byNumber, nameOf } = kind
  const context = yield* Effect.context<R>()
  const all = yield* Effect.cached(kind.all)

  const find = Effect.fnUntraced(function*(text: string): Effect.fn.Return<ReadonlyArray<A>, ApiError, R> {
    const ref = parseRef(text)
    if (ref?.kind === "Id" && byId !== undefined) return single(yield* byId(ref.id))
    if (ref?.kind === "Number" && byNumber !== undefined) {
      const found = yield* byNumber(ref.number)
      if (found !== undefined || ref.orPrefix === null) return single(found)
    }
    if (nameOf === undefined && !mayBeId(text)) return yield* namesNone(kind, text)
    return (yield* all).filter((item) => nameOf?.(item) === text || isIdOrPrefix(text, item.id))
  })

  return Effect.fnUntraced(
    function*(text: string): Effect.fn.Return<A, ApiError, R> {
      const found = yield* find(text)
      const [first] = found
      if (first === undefined) return yield* notFound(kind, text)
      return found.length === 1 ? first : yield* ambiguous(kind, text, found)
    },
    Effect.provideContext(context)
  )
})

/** The words that a failure needs of a kind. */
type Named<A> = Pick<Kind<A>, "word" | "lister" | "label"> & { readonly byNumber?: unknown }

const namesNone = ({ byNumber, word }: Named<never>, ref: string): Failure =>
  usage(
    `${JSON.stringify(ref)} does not name a ${word}`,
    byNumber === undefined
      ? "Give its id, or the first 6 or more characters of it."
      : "Give its number, its id, or the first 6 or more characters of its id."
  )

const notFound = ({ lister, word }: Named<never>, ref: string): Failure =>
  new Failure({
    exitCode: ExitCode.notFound,
    code: `${word}_not_found`,
    message: `There is no ${word} ${ref}`,
    status: null,
    hints: [`\`${lister}\` lists them.`]
  })

/** So many candidates are named; more would not help anybody. */
const maxCandidates = 10

const ambiguous = <A extends { readonly id: string }>(
  { byNumber, label, word }: Named<A>,
  ref: string,
  found: ReadonlyArray<A>
): Failure => {
  const named = found.slice(0, maxCandidates).map((item) => `${item.id} (${label(item)})`)
  const more = found.length - named.length
  const candidates = `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`
  return byNumber === undefined
    ? usage(`${ref} names ${found.length} ${word}s: ${candidates}`, "Give the id, or more of it.")
    : usage(
      `${ref} is the beginning of ${found.length} ids: ${candidates}`,
      `Give more of the id, or the ${word}'s number.`
    )
}
