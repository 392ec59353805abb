import type { priorities } from "../tasks/Priority.ts"
import type { Moment } from "./Moment.ts"
import { breakAt, parted, unquoted } from "./Quotes.ts"
import type { Range } from "./Reading.ts"
import { fieldOf, isReadable, priorityOf } from "./Signs.ts"
import { isBlank, type Token, tokenOf } from "./Tokens.ts"

/** A piece of a line: a word, or what a sign makes of it. */
export type Piece =
  & Range
  & ({
    readonly kind: "word"
    readonly token: Token
  } | {
    readonly kind: "priority"
    readonly value: (typeof priorities)[number]
  } | {
    readonly kind: "literal" | "project" | "tag" | "description"
    readonly value: string
    /** Whether what is literal is in quotes. */
    readonly isQuoted?: boolean
  } | {
    /** `due:`, with what follows it in the same word. */
    readonly kind: "field"
    readonly field: "due" | "start"
    readonly token: Token | undefined
  })

const [quote, backslash, hash, at, slash] = [34, 92, 35, 64, 47]
/** What may follow a quote that closes. */
const afterQuote = ".,;:!?)]"
/** What is not of a name where it ends it. */
const afterName = ".,;:!?)"
const beginsName = /^[\p{L}\p{N}\p{M}_\p{Extended_Pictographic}\p{Sc}]/u
const figures = /^\d+$/

/** Reads the pieces of a line from left to right. */
export class Pieces {
  readonly pieces: Array<Piece> = []
  private readonly text: string
  private readonly to: number
  private readonly moment: Moment
  private readonly isProject: (name: string) => boolean
  /** Whether there may be a quote that closes. */
  private closes = true

  constructor(text: string, { from, to }: Range, moment: Moment, isProject: (name: string) => boolean) {
    this.text = text
    this.to = to
    this.moment = moment
    this.isProject = isProject
    for (let start = from; start < to;) {
      if (isBlank(text.charCodeAt(start))) start++
      else {
        const piece = this.signed(start) ?? this.word(start)
        this.pieces.push(piece)
        start = piece.to
      }
    }
  }

  /** What a sign makes of the word that begins at a place. */
  private signed(from: number): Piece | undefined {
    switch (this.text.charCodeAt(from)) {
      case quote:
        return this.quoted(from, from, "literal")
      case hash:
        return this.name(from, "project")
      case at:
        return this.name(from, "tag")
      case backslash:
        return this.escaped(from)
      case slash:
        return this.text.charCodeAt(from + 1) === slash ? this.description(from) : undefined
      default:
        return this.named(from)
    }
  }

  /** Where the word that a place is in ends. */
  private endOf(from: number): number {
    let to = from
    while (to < this.to && !isBlank(this.text.charCodeAt(to))) to++
    return to
  }

  private word(from: number): Piece {
    const to = this.endOf(from)
    return { kind: "word", from, to, token: tokenOf(this.text.slice(from, to), from, this.moment) }
  }

  /** What is in quotes, of which the first is at a place. One that closes is not within a word. */
  private quoted(from: number, open: number, kind: "literal" | "project" | "tag"): Piece | undefined {
    let slashes = 0
    for (let at = open + 1; this.closes && at < this.to; at++) {
      const code = this.text.charCodeAt(at)
      const next = this.text.charAt(at + 1)
      const isEnd = at + 1 === this.to || isBlank(next.charCodeAt(0)) || afterQuote.includes(next)
      if (code === quote && slashes % 2 === 0 && isEnd) {
        const value = parted(unquoted(this.text.slice(open + 1, at)))
        return value.trim() === "" ? undefined : { kind, from, to: at + 1, value, isQuoted: true }
      }
      slashes = code === backslash ? slashes + 1 : 0
    }
    this.closes = false
    return undefined
  }

  private name(from: number, kind: "project" | "tag"): Piece | undefined {
    if (this.text.charCodeAt(from + 1) === quote) return this.quoted(from, from + 1, kind)
    const to = this.endOf(from)
    let end = to
    while (end > from && afterName.includes(this.text.charAt(end - 1))) end--
    const value = this.text.slice(from + 1, end)
    const isName = beginsName.test(value) && (kind === "tag" || !figures.test(value) || this.isProject(value))
    return isName ? { kind, from, to, value } : undefined
  }

  /** A backslash before a word that would be read takes it as it is; see Quotes for one before the end of a line. */
  private escaped(from: number): Piece | undefined {
    const to = this.endOf(from)
    const end = to === from + 1 ? breakAt(this.text, to) : undefined
    if (end !== undefined && end <= this.to) return { kind: "literal", from: from - 1, to: end, value: "\n" }
    const value = this.text.slice(from + 1, to)
    return isReadable(value, this.moment) ? { kind: "literal", from, to, value } : undefined
  }

  private description(from: number): Piece {
    const isApart = from + 2 < this.to && isBlank(this.text.charCodeAt(from + 2))
    return {
      kind: "description",
      from,
      to: this.to,
      value: parted(this.text.slice(isApart ? from + 3 : from + 2, this.to))
    }
  }

  /** `p1`, and `due:` with what follows it. */
  private named(from: number): Piece | undefined {
    const to = this.endOf(from)
    const word = this.text.slice(from, to)
    const priority = priorityOf(word)
    if (priority !== undefined) return { kind: "priority", from, to, value: priority }
    const field = fieldOf(word, this.moment)
    if (field === undefined) return undefined
    const start = from + field.length
    const token = start === to ? undefined : tokenOf(this.text.slice(start, to), start, this.moment)
    return { kind: "field", field: field.field, from, to, token }
  }
}
