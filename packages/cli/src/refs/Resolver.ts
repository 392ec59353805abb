import { spellingKey } from "@todo/domain/text/Spelling"
import { Effect } from "effect"
import type { ApiError } from "../client/HttpFailure.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure, usage } from "../failures/Failure.ts"
import { isDigits, isIdOrPrefix, mayBeId, parseRef } from "./Ref.ts"

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
  /** Looks for what has this in what it is called, where nothing is named so. */
  readonly byText?: (text: string) => Effect.Effect<ReadonlyArray<A>, ApiError, R>
  /** What to say besides where a text is in nothing that one is called. */
  readonly hintsWhereNone?: (text: string) => ReadonlyArray<string>
  /** What else one goes by. A name may be anything, and several may have the same. */
  readonly nameOf?: (item: A) => string
  /** Whether another spelling of a name, such as in capitals, will do where nothing is called just so. */
  readonly anySpelling?: true
}

const single = <A>(found: A | undefined): ReadonlyArray<A> => found === undefined ? [] : [found]

/**
 * Makes a function that finds the one thing a reference names. It fails with
 * exit code 3 when there is none, and 2 when there are several or it could not
 * name any. A name that is also the beginning of another's id names both.
 */
export const makeResolver = Effect.fnUntraced(function*<A extends { readonly id: string }, R>(kind: Kind<A, R>) {
  const { anySpelling, byId, byNumber, byText, nameOf } = kind
  const context = yield* Effect.context<R>()
  const all = yield* Effect.cached(kind.all)

  const find = Effect.fnUntraced(function*(text: string): Effect.fn.Return<ReadonlyArray<A>, ApiError, R> {
    const id = idInAddress(text)
    const ref = parseRef(id ?? text)
    if (ref?.kind === "Id" && byId !== undefined) return single(yield* byId(ref.id))
    if (ref?.kind === "Number" && byNumber !== undefined) {
      const found = yield* byNumber(ref.number)
      if (found !== undefined || ref.orPrefix === null) return single(found)
    }
    if (nameOf === undefined && !mayBeId(text)) {
      return byText === undefined || text.trim() === "" ? yield* namesNone(kind, text) : yield* byText(text)
    }
    const items = yield* all
    const found = items.filter((item) => nameOf?.(item) === text || isIdOrPrefix(text, item.id))
    if (found.length === 0 && byText !== undefined) return yield* byText(text)
    if (found.length > 0 || nameOf === undefined || !anySpelling) return found
    return items.filter((item) => spellingKey(nameOf(item)) === spellingKey(text))
  })

  return Effect.fnUntraced(
    function*(text: string): Effect.fn.Return<A, ApiError, R> {
      const found = yield* find(text)
      const [first] = found
      if (first === undefined) return yield* notFound(kind, text)
      if (found.length === 1) return first
      return yield* mayBeId(text) || byText === undefined
        ? ambiguous(kind, text, found)
        : severalLike(kind, text, found)
    },
    Effect.provideContext(context)
  )
})

/** The words that a failure needs of a kind. */
type Named<A> = Pick<Kind<A>, "word" | "lister" | "label" | "hintsWhereNone"> & {
  readonly byNumber?: unknown
  readonly byText?: unknown
}

const namesNone = ({ byNumber, word }: Named<never>, ref: string): Failure =>
  usage(
    `${JSON.stringify(ref)} does not name ${/^[aeiou]/.test(word) ? "an" : "a"} ${word}`,
    byNumber === undefined
      ? "Give its id, or the first 6 or more characters of it."
      : "Give its number, its id, or the first 6 or more characters of its id."
  )

const notFound = ({ byText, hintsWhereNone, lister, word }: Named<never>, ref: string): Failure =>
  new Failure({
    exitCode: ExitCode.notFound,
    code: `${word}_not_found`,
    message: byText === undefined || parseRef(ref) !== undefined || isDigits(ref)
      ? `There is no ${word} ${ref}`
      : `There is no ${word} like ${JSON.stringify(ref)}`,
    status: null,
    hints: [...hintsWhereNone?.(ref) ?? [], `\`${lister}\` lists them.`]
  })

/** The id at the end of an address. */
const idInAddress = (text: string): string | undefined =>
  /^https?:\/\/\S+\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/?(?:[?#]\S*)?$/i.exec(text)?.[1]

/** Whether a reference is a thing's number, its id, the beginning of that or an address that ends in it, and no text. */
export const isNamedBy = (text: string, { id, number }: { readonly id: string; readonly number: number }): boolean => {
  const ref = idInAddress(text) ?? text
  const parsed = parseRef(ref)
  return parsed?.kind === "Number" && parsed.number === number || isIdOrPrefix(ref, id)
}

/** So many candidates are named; more would not help anybody. */
const maxCandidates = 10

const severalLike = <A>({ label, word }: Named<A>, ref: string, found: ReadonlyArray<A>): Failure =>
  usage(
    `${JSON.stringify(ref)} is in what several ${word}s are called`,
    ...found.slice(0, maxCandidates).map((item) => `  ${label(item)}`),
    ...found.length > maxCandidates ? ["  and more"] : [],
    `Give more of it, or the ${word}'s number.`
  )

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
