import { Effect } from "effect"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure, usage } from "../failures/Failure.ts"
import { digitsOf, isPrefix } from "./TaskRef.ts"

/** An id in a table has so many characters, or more where ids share as many. */
const minShownLength = 8

/**
 * The beginnings of ids, of one length, that tell them apart. Ids of version 7
 * begin with the time: those made close together are the same for long.
 */
export const shortIds = (ids: ReadonlyArray<string>): ReadonlyArray<string> => {
  const longest = Math.max(0, ...ids.map((id) => id.length))
  for (let length = minShownLength; length < longest; length++) {
    const shown = ids.map((id) => id.slice(0, length))
    if (new Set(shown).size === new Set(ids).size && !shown.some((id) => id.endsWith("-"))) return shown
  }
  return ids
}

/** Whether a reference may be an id, or the first six or more characters of one. */
export const mayBeId = (ref: string): boolean => isPrefix(ref.toLowerCase())

/** Whether a reference is an id, or the first six or more characters of it. */
export const isIdOrPrefix = (ref: string, id: string): boolean => {
  return mayBeId(ref) && digitsOf(id).startsWith(digitsOf(ref))
}

/** What to say of things of one kind. */
export interface Kind<A> {
  /** As in `session_not_found`. */
  readonly word: string
  /** The command that lists them. */
  readonly lister: string
  /** Whether it can name one at all. */
  readonly isRef: (ref: string) => boolean
  readonly matches: (ref: string, item: A) => boolean
  /** What tells one from another, next to its id. */
  readonly label: (item: A) => string
}

/** So many candidates are named; more would not help anybody. */
const maxCandidates = 10

/**
 * The one item that a reference names. It fails with exit code 3 when there is none and 2 when
 * there are several, or it could not name any.
 */
export const theOne = <A extends { readonly id: string }>(
  { isRef, label, lister, matches, word }: Kind<A>,
  items: ReadonlyArray<A>,
  ref: string
): Effect.Effect<A, Failure> => {
  if (!isRef(ref)) {
    return Effect.fail(
      usage(`${JSON.stringify(ref)} does not name a ${word}`, "Give its id, or the first 6 or more characters of it.")
    )
  }
  const found = items.filter((item) => matches(ref, item))
  const [first] = found
  if (first === undefined) {
    return Effect.fail(
      new Failure({
        exitCode: ExitCode.notFound,
        code: `${word}_not_found`,
        message: `There is no ${word} ${ref}`,
        status: null,
        hints: [`\`${lister}\` lists them.`]
      })
    )
  }
  if (found.length === 1) return Effect.succeed(first)
  const named = found.slice(0, maxCandidates).map((item) => `${item.id} (${label(item)})`)
  const more = found.length - named.length
  return Effect.fail(usage(
    `${ref} names ${found.length} ${word}s: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`,
    "Give the id, or more of it."
  ))
}
