import { bashQuoting, type TypedWord, typedWords } from "../commandLine/TypedWords.ts"
import { printable } from "../terminal/TerminalText.ts"
import { pad, truncate, widest } from "../terminal/TextWidth.ts"
import type { Candidate, Candidates } from "./Candidates.ts"
import { quotedForBash, quotedForPowershell } from "./Quoted.ts"

/** The first line says what comes behind a value; the others are one each. */
const textOf = ({ files, values }: Candidates, lines: ReadonlyArray<string>): string => {
  const what = files ? "files" : values.some(({ goesOn }) => goesOn) ? "nospace" : "space"
  return [what, ...lines].map((line) => `${line}\n`).join("")
}

/** Value, tab and what it is: for fish. */
export const replyToFish = (candidates: Candidates): string =>
  textOf(
    candidates,
    candidates.values.map(({ about, value }) => about === "" ? value : `${value}\t${printable(about)}`)
  )

const leastColumns = 20

/** A list as a person reads it, no wider than the terminal. */
const listed = (values: ReadonlyArray<Candidate>, names: ReadonlyArray<string>, columns: number) => {
  const width = widest(names)
  return names.map((name, index) => {
    const about = printable(values[index]?.about ?? "")
    return about === "" ? name : truncate(`${pad(name, width)}  ${about}`, Math.max(leastColumns, columns - 1))
  })
}

/** Value, tab and what is shown of it: for zsh, which quotes values itself. */
export const replyToZsh = (candidates: Candidates, columns: number): string => {
  const { values } = candidates
  const shown = listed(values, values.map(({ value }) => value), columns)
  return textOf(candidates, values.map(({ value }, index) => `${value}\t${shown[index]}`))
}

/** What bash says of the word that is being typed. */
export interface BashWord {
  readonly word: TypedWord
  /** The part of it that bash puts a value in the place of: what is behind the last character that parts words for it. */
  readonly replaced: string
  /** Whether several values are listed, and none of them is put there. */
  readonly isList: boolean
  readonly columns: number
}

/** The part of a word that bash leaves as it is. */
const keptOf = ({ replaced, word: { raw } }: BashWord): string => {
  const ends = Array.from({ length: replaced.length + 1 }, (_, index) => replaced.slice(0, replaced.length - index))
  return raw.slice(0, raw.length - (ends.find((end) => raw.endsWith(end)) ?? "").length)
}

/** Values as they stand in a command line of bash; a list says what they are, too. */
export const replyToBash = ({ files, values }: Candidates, typed: BashWord): string => {
  const { length } = typedWords(keptOf(typed), bashQuoting)[1].text
  const written = values.map(({ value }) => quotedForBash(value.slice(length), typed.word.quote))
  const lines = typed.isList && values.length > 1 ? listed(values, written, typed.columns) : written
  return textOf({ files, values }, lines)
}

/** What is put there, what is listed and what is said of it, with tabs between them: for PowerShell. */
export const replyToPowershell = (candidates: Candidates): string =>
  textOf(
    candidates,
    candidates.values.map(({ about, value }) => {
      const said = printable(about)
      return [quotedForPowershell(value), said === "" ? value : `${value}  ${said}`, said || value].join("\t")
    })
  )
