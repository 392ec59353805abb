import { Effect } from "effect"
import { type Failure, usage } from "./Failure.ts"

const decode = (bytes: Uint8Array): Effect.Effect<string, Failure> =>
  Effect.try({
    try: () => new TextDecoder("utf-8", { fatal: true }).decode(bytes),
    catch: () => usage("What came in on stdin is not UTF-8")
  })

const read = (isEnough: (chunk: Uint8Array) => boolean): Effect.Effect<Uint8Array> =>
  Effect.promise(async () => {
    const chunks: Array<Uint8Array> = []
    for await (const chunk of process.stdin) {
      chunks.push(chunk)
      if (isEnough(chunk)) break
    }
    return Buffer.concat(chunks)
  })

const newline = 0x0a

/** All of stdin, without the line break at its end that tools add. */
export const readAll: Effect.Effect<string, Failure> = Effect.flatMap(read(() => false), decode).pipe(
  Effect.map((text) => text.replace(/\r?\n$/, ""))
)

/** The first line of stdin, without its line break; what follows is not waited for. */
export const readLine: Effect.Effect<string, Failure> = Effect.flatMap(
  read((chunk) => chunk.includes(newline)),
  (bytes) => {
    const end = bytes.indexOf(newline)
    return decode(end === -1 ? bytes : bytes.subarray(0, end))
  }
).pipe(Effect.map((line) => line.replace(/\r$/, "")))
