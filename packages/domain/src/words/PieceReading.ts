import { Cursor } from "./Cursor.ts"
import type { Draft } from "./Draft.ts"
import { phraseAtEnd, phraseAtStart, repetitionWithin } from "./Ends.ts"
import type { Moment } from "./Moment.ts"
import { phrase } from "./Phrase.ts"
import type { Piece } from "./Pieces.ts"
import { type Token, unread } from "./Tokens.ts"
import { when } from "./When.ts"

/** What follows "due:" has no more words than that. */
const mostWords = 80

/** The words that stand together from a piece on. */
const rowFrom = (pieces: ReadonlyArray<Piece>, index: number): ReadonlyArray<Token> => {
  const row: Array<Token> = []
  for (let at = index; at < pieces.length && row.length < mostWords; at++) {
    const piece = pieces[at]!
    if (piece.kind !== "word") break
    row.push(piece.token)
  }
  return row
}

/** Reads `due:` and what follows it. Says how many pieces that is: none where it is no date, or the task has one. */
const readField = (draft: Draft, pieces: ReadonlyArray<Piece>, index: number, moment: Moment): number => {
  const piece = pieces[index]!
  if (piece.kind !== "field" || draft[piece.field] !== null) return 0
  const row = [...(piece.token === undefined ? [] : [piece.token]), ...rowFrom(pieces, index + 1)]
  const cursor = new Cursor(row, moment, 0)
  const found = piece.field === "due" ? phrase(cursor) : whenAlone(cursor)
  if (found === undefined) return 0
  const { to } = row[cursor.at - 1]!
  const place = { from: piece.from, to }
  const taken = draft.when({ phrase: found, ...place, parts: [place], taken: "surely" }, piece.field)
  return taken ? cursor.at + (piece.token === undefined ? 1 : 0) : 0
}

const whenAlone = (cursor: Cursor) => {
  const found = when(cursor)
  return found && { when: found, repetition: undefined, strength: found.strength }
}

/** Reads what signs and fields say, and answers the words that are left. */
export const readSigns = (draft: Draft, pieces: ReadonlyArray<Piece>, moment: Moment): ReadonlyArray<Token> => {
  const words: Array<Token> = []
  let apart = false
  for (let index = 0; index < pieces.length;) {
    const piece = pieces[index]!
    const many = draft.sign(piece) ? 1 : readField(draft, pieces, index, moment)
    const stays = many === 0 || piece.kind === "literal"
    if (stays) {
      const token = piece.kind === "word" ? piece.token : unread(piece)
      words.push(apart ? { ...token, apart } : token)
    }
    apart = !stays
    index += Math.max(1, many)
  }
  return words
}

/**
 * Reads the date and the repetition that end or begin what is left: the date first, from which the repetition counts. What a
 * field has said, or the other end, is not said again.
 */
export const readEnds = (draft: Draft, words: ReadonlyArray<Token>, moment: Moment): void => {
  const end = phraseAtEnd(words, moment)
  const start = phraseAtStart(words, moment)
  const ends = [
    ...(end === undefined ? [] : [end]),
    ...(start !== undefined && (end === undefined || start.to <= end.from) ? [start] : [])
  ]
  // One word and nothing else is the title that there is: "Wed".
  const isAlone = words.length === 1 && !draft.spans.some(({ kind }) => kind !== "bullet")
  const dates = ends.filter(({ phrase }) => phrase.when !== undefined)
  for (const found of [...dates, ...ends.filter((it) => !dates.includes(it))]) {
    const { repetition, when } = found.phrase
    const isFree = (when === undefined || draft.due === null) && (repetition === undefined || draft.repeat === null)
    draft.when(isFree && !isAlone ? found : { ...found, taken: "not" }, "due")
  }
  const within = ends.length > 0 ? undefined : repetitionWithin(words, moment)
  if (within !== undefined) draft.when(within, "due")
}
