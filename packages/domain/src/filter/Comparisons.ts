import { Schema } from "effect"
import { nearest } from "../text/Nearest.ts"
import { dateValue, maxDateLength } from "./DateValue.ts"
import { type Field, fields, type Kind, kinds, type Operator } from "./Field.ts"
import type { Comparison, Term } from "./FilterTree.ts"
import type { Scanner } from "./Scanner.ts"
import { takeQuoted, takeWord, type Word } from "./Words.ts"

/** How operators may be written; the words need no quotes in a shell. */
const signs: Readonly<Record<string, Operator>> = {
  "=": "=",
  "!=": "!=",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
  on: "=",
  before: "<",
  until: "<=",
  after: ">",
  from: ">="
}

/** What others write. */
const otherwise: Readonly<Record<string, string>> = { "==": "=", "=<": "<=", "=>": ">=", "<>": "!=", "!": "!=" }

const sign = /[=<>!:]+|[A-Za-z]+(?![^\s&|()"])/y

/** Takes what a field is compared with. */
export const takeComparison = (scanner: Scanner, field: Field): Term | undefined => {
  const kind = fields[field]
  scanner.blanks()
  const position = scanner.at
  const found = scanner.take(sign)?.toLowerCase() ?? ""
  const allowed: ReadonlyArray<Operator> = kinds[kind].operators
  const op = found === ":" ? kinds[kind].colon : signs[found]
  if (op === undefined || !allowed.includes(op)) {
    const spellings = [":", ...Object.keys(signs).filter((spelling) => allowed.includes(signs[spelling]!))]
    const meant = otherwise[found] ?? nearest(found, spellings.filter((spelling) => /\w/.test(spelling)))
    return scanner.fail(
      `${field} compared by one of ${spellings.join(" ")}`,
      meant,
      found === "" ? undefined : position
    )
  }
  scanner.blanks()
  const presence = found === ":" ? scanner.take(/(?:none|any)(?![^\s&|()"])/iy) : undefined
  if (presence !== undefined) return { field, has: presence.toLowerCase() === "any" }
  const value = kind === "date" ? takeDate(scanner) : takeValue(scanner, kind)
  // The tables of kinds and fields say which values and operators belong together; the compiler cannot follow them.
  return value === undefined ? undefined : { field, op, value } as Comparison
}

const takeDate = (scanner: Scanner): string | undefined => {
  const { dates } = scanner
  const { expected } = kinds.date
  const word = takeQuoted(scanner)
  if (word !== undefined) {
    const text = word.text.trim()
    return text.length <= maxDateLength && dates.lengthOf(text) === text.length
      ? dateValue(text)
      : scanner.fail(expected, dates.nearest(text), word.position)
  }
  const phrase = scanner.sees(/[^&|()"]{1,100}/y) ?? ""
  const length = dates.lengthOf(phrase)
  if (length === undefined) return scanner.fail(expected, dates.nearest(/^\S*/.exec(phrase)![0]))
  scanner.last = scanner.at
  scanner.at += length
  return dateValue(phrase.slice(0, length))
}

const takeValue = (scanner: Scanner, kind: Exclude<Kind, "date">): string | number | undefined => {
  const { expected, value: schema } = kinds[kind]
  const word = takeWord(scanner)
  const value = word === undefined ? undefined : valueOf(word, kind)
  return value !== undefined && Schema.is(schema)(value)
    ? value
    : scanner.fail(expected, word === undefined ? undefined : meantBy(word.text, kind), word?.position)
}

const valueOf = ({ text }: Word, kind: Kind): string | number =>
  (kind === "number" || kind === "task") && /^[1-9]\d*$/.test(text)
    ? Number(text)
    : kind === "priority"
    ? text.toLowerCase()
    : text

const meantBy = (text: string, kind: Kind): string | undefined =>
  kind === "priority" && /^[1-3]$/.test(text) ? `p${text}` : undefined
