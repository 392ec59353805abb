import { Result } from "effect"
import { nearest } from "../text/Nearest.ts"
import { noDates } from "./DateValue.ts"
import type { FilterError } from "./FilterError.ts"
import { Scanner } from "./Scanner.ts"

/** What a list can be put in order by. `priority` is p1 first, `relevance` is the best hit first. */
const sortKeys = [
  "number",
  "created",
  "changed",
  "completed",
  "start",
  "due",
  "priority",
  "title",
  "position",
  "relevance"
] as const
type SortName = typeof sortKeys[number]

/** A key of an order. What has none is last in both directions. */
export interface SortKey {
  readonly key: SortName
  readonly descending: boolean
}

/** Reads an order, `due,-priority`: keys by comma, each once, the other way round behind a `-`. */
export const parseSort = (text: string): Result.Result<ReadonlyArray<SortKey>, FilterError> => {
  const scanner = new Scanner(text, noDates)
  const keys = takeKeys(scanner)
  return keys === undefined ? Result.fail(scanner.error!) : Result.succeed(keys)
}

const takeKeys = (scanner: Scanner): ReadonlyArray<SortKey> | undefined => {
  const keys: Array<SortKey> = []
  do {
    scanner.blanks()
    const descending = scanner.take(/-/y) !== undefined
    const position = scanner.at
    const word = scanner.take(/[^\s,]+/y)?.toLowerCase()
    if (word === undefined) return scanner.fail(expected)
    const key = sortKeys.find((name) => name === word)
    if (key === undefined) return scanner.fail(expected, nearest(word, sortKeys), position)
    if (keys.some((other) => other.key === key)) return scanner.fail("each key once", undefined, position)
    keys.push({ key, descending })
    scanner.blanks()
  } while (scanner.take(/,/y) !== undefined)
  return scanner.ended ? keys : scanner.fail("a comma between keys")
}

const expected = `a key: ${sortKeys.join(", ")}, each with - before it for the other way round`

/** Writes an order. */
export const printSort = (keys: ReadonlyArray<SortKey>): string =>
  keys.map(({ descending, key }) => `${descending ? "-" : ""}${key}`).join(",")
