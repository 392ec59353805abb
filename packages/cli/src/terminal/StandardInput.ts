import { Effect } from "effect"
import { type Failure, usage } from "../failures/Failure.ts"
import { decodeUtf8 } from "./Utf8.ts"

const decode = (bytes: Uint8Array): Effect.Effect<string, Failure> => {
  const text = decodeUtf8(bytes)
  return text === undefined ? Effect.fail(usage("What came in on stdin is not UTF-8")) : Effect.succeed(text)
}

const newline = 0x0a

/** What comes in, until it has so many lines or ends. */
const read = (lines: number): Effect.Effect<Uint8Array> =>
  Effect.promise(async () => {
    const chunks: Array<Uint8Array> = []
    let missing = lines
    for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
      chunks.push(chunk)
      missing -= chunk.filter((byte) => byte === newline).length
      if (missing <= 0) break
    }
    return Buffer.concat(chunks)
  })

/** Where the last of so many lines ends, which may be the end of all. */
const endOfLines = (bytes: Uint8Array, lines: number): number => {
  let end = -1
  for (let line = 0; line < lines; line++) {
    end = bytes.indexOf(newline, end + 1)
    if (end === -1) return bytes.length
  }
  return end
}

/** All of stdin, without the line break at its end that tools add. */
export const readAll: Effect.Effect<string, Failure> = Effect.flatMap(read(Infinity), decode).pipe(
  Effect.map((text) => text.replace(/\r?\n$/, ""))
)

/** A line of stdin. */
export interface Line {
  /** 1 for the first of all. */
  readonly number: number
  /** How far in it is, in columns. */
  readonly depth: number
  /** Whether it begins with `- `. */
  readonly isBullet: boolean
  readonly text: Effect.Effect<string, Failure>
}

const columnsOfTab = 4

const beginningOf = (line: string) => {
  const [, blanks = "", bullet] = /^([ \t]*)(-[ \t])?/.exec(line)!
  let depth = 0
  for (const blank of blanks) depth += blank === "\t" ? columnsOfTab - depth % columnsOfTab : 1
  return { depth, isBullet: bullet !== undefined }
}

/** Every line of stdin that is not blank. Each is decoded by itself: one that is no UTF-8 does not spoil the others. */
export const readNonblankLines: Effect.Effect<ReadonlyArray<Line>> = Effect.map(read(Infinity), (bytes) =>
  // A byte is a character here, so that nothing is lost before lines are decoded.
  Buffer.from(bytes).toString("latin1").split("\n").flatMap((line, index) =>
    line.trim() === "" ? [] : [{ number: index + 1, ...beginningOf(line), text: decode(Buffer.from(line, "latin1")) }]
  ))

/** The first lines of stdin, without their line breaks, and as many as there are; what follows is not waited for. */
export const readLines = (count: number): Effect.Effect<ReadonlyArray<string>, Failure> =>
  Effect.flatMap(read(count), (bytes) => decode(bytes.subarray(0, endOfLines(bytes, count)))).pipe(
    Effect.map((text) => text.split("\n").map((line) => line.replace(/\r$/, "")))
  )

/** The first line of stdin. */
export const readLine: Effect.Effect<string, Failure> = Effect.map(readLines(1), ([line = ""]) => line)
