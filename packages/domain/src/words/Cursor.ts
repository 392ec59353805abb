import type { Role } from "./Language.ts"
import type { Moment } from "./Moment.ts"
import type { Token } from "./Tokens.ts"

type Read<A> = (cursor: Cursor) => A | undefined

/** A place among words, from which a phrase is read. */
export class Cursor {
  /** How many words all have looked at: what reading costs. */
  static looks = 0

  readonly tokens: ReadonlyArray<Token>
  readonly moment: Moment
  at: number
  /** Where the phrase begins. */
  private readonly start: number
  /** Where a comma may be passed. */
  private paused = -1

  constructor(tokens: ReadonlyArray<Token>, moment: Moment, at: number) {
    this.tokens = tokens
    this.moment = moment
    this.start = at
    this.at = at
  }

  /** The word that was taken last. */
  get last(): Token | undefined {
    return this.at > this.start ? this.tokens[this.at - 1] : undefined
  }

  /** The word that is next, if it belongs to the same phrase. */
  private get next(): Token | undefined {
    Cursor.looks++
    const ending = this.last?.ending
    return ending === "stop" || (ending === "comma" && this.paused !== this.at) ? undefined : this.tokens[this.at]
  }

  /** Takes the next word if it may mean this. */
  take<Kind extends keyof Token["means"]>(kind: Kind): Token["means"][Kind] | undefined {
    const value = this.next?.means[kind]
    if (value !== undefined) this.at++
    return value
  }

  /** Whether the next word may do this. */
  sees(role: Role): boolean {
    return this.next?.means.roles?.includes(role) === true
  }

  /** Takes the next word if it may do this. */
  role(role: Role): boolean {
    const found = this.sees(role)
    if (found) this.at++
    return found
  }

  /** Lets a comma be here. */
  pause(): void {
    this.paused = this.at
  }

  /** Passes over all that follows, if there is something. */
  rest(): boolean {
    const more = this.at < this.tokens.length
    this.at = this.tokens.length
    return more
  }

  /** Reads something, or goes back. */
  attempt<A>(read: Read<A>): A | undefined {
    const { at } = this
    const found = read(this)
    if (found === undefined) this.at = at
    return found
  }

  /** Reads the longest of several things, the first of those that are as long, or goes back. */
  longest<A>(reads: ReadonlyArray<Read<A>>): A | undefined {
    const { at, paused } = this
    let end = at
    let longest: A | undefined
    for (const read of reads) {
      this.at = at
      this.paused = paused
      const found = read(this)
      if (found !== undefined && this.at > end) {
        end = this.at
        longest = found
      }
    }
    this.at = end
    return longest
  }
}
