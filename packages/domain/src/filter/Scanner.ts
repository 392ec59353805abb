import type { FilterDates } from "./DateValue.ts"
import type { FilterError } from "./FilterError.ts"

/** Reads a text from left to right, and keeps the first thing that was wrong with it. */
export class Scanner {
  readonly text: string
  readonly dates: FilterDates
  /** Where it is. */
  at = 0
  /** Where what it took last began. */
  last = 0
  /** What was wrong first. */
  error: FilterError | undefined = undefined
  /** How many characters it has looked at, with one for each look: what reading costs. */
  work = 0

  constructor(text: string, dates: FilterDates) {
    this.text = text
    this.dates = dates
  }

  /** Takes what a sticky pattern finds here. */
  take(pattern: RegExp): string | undefined {
    const found = this.sees(pattern)
    if (found) this.last = this.at
    this.at += found?.length ?? 0
    return found
  }

  /** What a sticky pattern finds here. */
  sees(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)?.[0]
    this.work += 1 + (found?.length ?? 0)
    return found
  }

  /** Passes over blanks. */
  blanks(): void {
    this.at += this.sees(/\s*/y)!.length
  }

  get ended(): boolean {
    return this.at === this.text.length
  }

  /** Says what is wrong here, or at another place; at the end it is what stands last that lacks something. */
  fail(expected: string, didYouMean?: string, position = this.ended ? this.last : this.at): undefined {
    this.error ??= { position, expected, ...(didYouMean === undefined ? {} : { didYouMean }) }
    return undefined
  }
}
