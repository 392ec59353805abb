import { Draft } from "./Draft.ts"
import type { Moment } from "./Moment.ts"
import { readEnds, readSigns } from "./PieceReading.ts"
import { type Piece, Pieces } from "./Pieces.ts"
import type { Range } from "./Reading.ts"
import { type Token, unread } from "./Tokens.ts"

type Quoted = Extract<Piece, { readonly kind: "literal" | "project" | "tag" | "description" }>

const isQuoted = (piece: Piece): piece is Quoted => piece.kind === "literal" && piece.isQuoted === true

/** What quotes make literal by themselves: other quotes, and a break of the line. */
const literally = /["\n]/
const bullet = /^-(?:\s|$)/

const meet = (one: Range, other: Range): boolean => one.from < other.to && other.from < one.to

/**
 * The pieces of a line in which quotes are of the text where they keep nothing from being read: `Read "The Hobbit"` has its
 * quotes. Those that do are taken off. What would be read is asked of the line as it is but for the quotes of one part;
 * as a date ends or begins what is left, that is asked of the last part and of the first.
 */
export const withUsefulQuotes = (
  text: string,
  pieces: ReadonlyArray<Piece>,
  moment: Moment,
  isProject: (name: string) => boolean
): ReadonlyArray<Piece> => {
  const quoted = pieces.filter(isQuoted)
  if (quoted.length === 0) return pieces

  const startingAt = new Map(pieces.map((it) => [it.from, it]))
  const inner = new Map(quoted.map((part) => {
    // What stands right behind the quotes is of the last word.
    const next = startingAt.get(part.to)
    const end = next?.kind === "word" ? text.slice(next.from, next.to) : ""
    const inside = new Pieces(part.value + end, { from: 0, to: part.value.length + end.length }, moment, isProject)
    return [part, inside.pieces.map((it): Piece => placed(it, part))] as const
  }))
  /** What is read where some parts have no quotes. */
  const readWithout = (open: ReadonlySet<Piece>): Draft => {
    const draft = new Draft(text, moment, (tag) => tag)
    const ends = new Set([...open].map(({ to }) => to))
    const expanded = pieces.flatMap((it) =>
      isQuoted(it) && open.has(it) ? inner.get(it)! : it.kind === "word" && ends.has(it.from) ? [] : [it]
    )
    const words = readSigns(draft, expanded, moment)
    readEnds(draft, words, moment)
    return draft
  }
  const isRead = (part: Quoted, { alternatives, failure, spans }: Draft, isWhole: boolean): boolean =>
    (failure !== undefined && meet(failure, part)) || spans.some((span) => meet(span, part)) ||
    (isWhole && alternatives.some(({ span }) => meet(span, part)))

  const isWhole = pieces.filter(({ kind }) => kind === "word" || kind === "literal" || kind === "field").length === 1
  const ofAll = readWithout(new Set(quoted))
  const keeps = (part: Quoted): boolean =>
    literally.test(part.value) || (part === pieces[0] && bullet.test(part.value)) ||
    inner.get(part)!.some(({ kind }) => kind !== "word" && kind !== "field") ||
    isRead(part, ofAll, isWhole) ||
    ((part === quoted[0] || part === quoted.at(-1)) && isRead(part, readWithout(new Set([part])), isWhole))
  const useful = new Set<Piece>(quoted.filter(keeps))
  return pieces.map((it) =>
    isQuoted(it) && !useful.has(it) ? { kind: "word", from: it.from, to: it.to, token: unread(it) } : it
  )
}

/** A piece of what is in quotes, in its place among these: what is quoted is never shorter than it says. */
const placed = (piece: Piece, { from }: Range): Piece => {
  const by = from + 1
  const place = { from: piece.from + by, to: piece.to + by }
  if (piece.kind === "word") return { ...piece, ...place, token: moved(piece.token, by) }
  return piece.kind === "field" && piece.token !== undefined
    ? { ...piece, ...place, token: moved(piece.token, by) }
    : { ...piece, ...place }
}

const moved = (token: Token, by: number): Token => ({
  ...token,
  from: token.from + by,
  to: token.to + by,
  bare: token.bare + by
})
