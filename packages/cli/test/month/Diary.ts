/** A command line of a diary. */
export interface Command {
  /** As it is typed, after `todo`. */
  readonly line: string
  readonly stdin: string
  readonly exitCode: number
  /** Where it stands in the file, for who looks for it. */
  readonly place: number
}

/** What somebody does at one time, in one place. */
export interface Sitting {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly timeZone: string
  readonly commands: ReadonlyArray<Command>
}

/** The instant at which clocks of a zone show a time: of two the first. */
const instantOf = (wall: string, timeZone: string): number => {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" })
  const shown = (instant: number) => Date.parse(`${format.format(instant).replace(" ", "T")}Z`)
  const meant = Date.parse(`${wall.replace(" ", "T")}Z`)
  const offsets = [-1, 1].map((days) => shown(meant + days * 86_400_000) - (meant + days * 86_400_000))
  const found = offsets.map((offset) => meant - offset).filter((instant) => shown(instant) === meant)
  if (found.length === 0) throw new Error(`${timeZone} has no ${wall}`)
  return Math.min(...found)
}

const word = /(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g

/** The words of a command line, as a shell parts them. */
export const wordsOf = (line: string): ReadonlyArray<string> => {
  if (line.replace(word, "").trim() !== "") throw new Error(`A quote has no end: ${line}`)
  return [...line.matchAll(word)].map(([quoted]) =>
    quoted.replace(
      /"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g,
      (_whole, double?: string, single?: string, escaped?: string) =>
        double?.replace(/\\(["\\$])/g, "$1") ?? single ?? escaped ?? ""
    )
  )
}

const heading = /^(?:\w{3} )?(\d{4}-\d\d-\d\d \d\d:\d\d) (\S+)$/
const typed = /^(?:\[(\d+)\] )?todo(?: (.*))?$/

/**
 * Reads a diary: sittings that begin with their time and zone, and in each of them command lines, with the exit code in
 * front of one that fails, and below it what comes in on stdin, behind `>`. `#` begins a remark.
 */
export const readDiary = (text: string): ReadonlyArray<Sitting> => {
  const sittings: Array<Sitting & { readonly commands: Array<Command> }> = []
  for (const [index, line] of text.split("\n").entries()) {
    const place = index + 1
    const [, wall, timeZone] = heading.exec(line) ?? []
    const [isCommand, exitCode = "0", rest = ""] = typed.exec(line) ?? []
    const commands = sittings.at(-1)?.commands
    const last = commands?.at(-1)
    if (line === "" || line.startsWith("#")) continue
    if (wall !== undefined && timeZone !== undefined) {
      sittings.push({ at: instantOf(wall, timeZone), timeZone, commands: [] })
    } else if (isCommand !== undefined && commands !== undefined) {
      commands.push({ line: rest, stdin: "", exitCode: Number(exitCode), place })
    } else if (line.startsWith("> ") && last !== undefined) {
      commands!.splice(-1, 1, { ...last, stdin: `${last.stdin}${line.slice(2)}\n` })
    } else throw new Error(`Line ${place} is nothing that a diary has: ${line}`)
  }
  return sittings
}
