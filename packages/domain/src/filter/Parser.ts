import { Result } from "effect"
import { maxDepth, maxLength, maxSearches, maxTerms } from "./Bounds.ts"
import type { FilterDates } from "./DateValue.ts"
import type { FilterError } from "./FilterError.ts"
import { allOf, anyOf, type FilterTree, looksIntoText } from "./FilterTree.ts"
import { Scanner } from "./Scanner.ts"
import { takeTerm } from "./Terms.ts"

/** A filter, as it was read. */
export interface Parsed {
  readonly tree: FilterTree
}

/** Reads a filter. The work grows with the length of the text, and never more than that. */
export const parse = (text: string, dates: FilterDates): Result.Result<Parsed, FilterError> =>
  parseFrom(new Scanner(text, dates))

/** Reads a filter from a scanner, which says afterwards what that took. */
export const parseFrom = (scanner: Scanner): Result.Result<Parsed, FilterError> => {
  const tree = checkText(scanner) ? takeAll(scanner) : undefined
  return tree === undefined ? Result.fail(scanner.error!) : Result.succeed({ tree })
}

/** What cannot be stored cannot be looked for. */
const checkText = (scanner: Scanner): boolean => {
  const { text } = scanner
  const unreadable = text.search(/[\0\p{Cs}]/u)
  if (unreadable >= 0) scanner.fail("text without NUL and lone surrogates", undefined, unreadable)
  else if (text.length > maxLength && [...text].length > maxLength) {
    scanner.fail(`at most ${maxLength} characters`, undefined, maxLength)
  }
  return scanner.error === undefined
}

const takeAll = (scanner: Scanner): FilterTree | undefined => {
  let terms = 0
  let searches = 0

  const takeOr = (depth: number): FilterTree | undefined => {
    const parts: Array<FilterTree> = []
    do {
      const part = takeAnd(depth)
      if (part === undefined) return undefined
      parts.push(part)
    } while (scanner.take(or) !== undefined)
    return anyOf(parts)
  }

  const takeAnd = (depth: number): FilterTree | undefined => {
    const parts: Array<FilterTree> = []
    do {
      const part = takeNot(depth)
      if (part === undefined) return undefined
      parts.push(part)
      scanner.blanks()
    } while (scanner.take(and) !== undefined || !(scanner.ended || scanner.sees(endsAnd) !== undefined))
    return allOf(parts)
  }

  const takeNot = (depth: number): FilterTree | undefined => {
    scanner.blanks()
    const { at } = scanner
    const deeper = () =>
      depth < maxDepth || scanner.fail(`at most ${maxDepth} brackets and nots in one another`, undefined, at)
    if (scanner.take(not) !== undefined) {
      const part = deeper() ? takeNot(depth + 1) : undefined
      return part === undefined ? undefined : { not: part }
    }
    if (scanner.take(/\(/y) === undefined) return takeCounted()
    const inside = deeper() ? takeOr(depth + 1) : undefined
    if (inside === undefined || scanner.take(/\)/y) !== undefined) return inside
    return scanner.fail("a closing bracket", undefined, at)
  }

  const takeCounted = (): FilterTree | undefined => {
    const from = scanner.at
    const term = takeTerm(scanner)
    if (term === undefined) return undefined
    if (++terms > maxTerms) return scanner.fail(`at most ${maxTerms} terms`, undefined, from)
    if (looksIntoText(term) && ++searches > maxSearches) {
      return scanner.fail(`at most ${maxSearches} terms that search text or have a *`, undefined, from)
    }
    return term
  }

  const tree = takeOr(0)
  if (tree === undefined || scanner.ended) return tree
  return scanner.fail("an opening bracket before this")
}

const or = /\|\|?|or(?![^\s&|()"])/iy
const and = /&&?|and(?![^\s&|()"])/iy
const not = /!|not(?![^\s&|()"])/iy
const endsAnd = /[|)]|or(?![^\s&|()"])/iy
