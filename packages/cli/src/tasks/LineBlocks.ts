import { maxQuickLength, maxQuickLines } from "@todo/domain/quick/Quick"
import { Effect } from "effect"
import type { Line } from "../terminal/StandardInput.ts"

/** A line with those below it, which are further in, or begin with `- ` below one that does not. A blank line ends it. */
export const blocksOf = (lines: ReadonlyArray<Line>): ReadonlyArray<readonly [Line, ...Array<Line>]> => {
  const blocks: Array<[Line, ...Array<Line>]> = []
  for (const line of lines) {
    const block = blocks.at(-1)
    const isBelow = block !== undefined && block.at(-1)!.number === line.number - 1 &&
      (line.depth > block[0].depth || (line.depth === block[0].depth && line.isBullet && !block[0].isBullet))
    if (isBelow) block.push(line)
    else blocks.push([line])
  }
  return blocks
}

/** The lines of a block as they are sent: the first one at the top, whatever the others before it are like. */
export const textsOf = Effect.fnUntraced(function*([first, ...below]: readonly [Line, ...Array<Line>]) {
  const plain = (text: string) => text.trimStart().replace(/\r$/, "")
  const texts = [
    first.isBullet ? plain(yield* first.text).replace(/^-\s+/, "") : plain(yield* first.text),
    ...yield* Effect.forEach(
      below,
      ({ depth, text }) => Effect.map(text, (text) => " ".repeat(depth - first.depth) + plain(text))
    )
  ]
  // A line is a task here: none goes on in the next one.
  return texts.map((text) => text.endsWith("\\") ? `${text} ` : text)
})

/** A block with the texts of its lines. */
export interface Block {
  readonly lines: readonly [Line, ...Array<Line>]
  readonly texts: ReadonlyArray<string>
}

/** As many blocks as one request may have. */
export const requestsOf = (blocks: ReadonlyArray<Block>): ReadonlyArray<ReadonlyArray<Block>> => {
  const requests: Array<Array<Block>> = []
  let [lines, length] = [0, 0]
  for (const block of blocks) {
    const more = block.texts.join("\n").length + 1
    const fits = lines + block.texts.length <= maxQuickLines && length + more <= maxQuickLength
    if (requests.length === 0 || !fits) {
      requests.push([])
      lines = length = 0
    }
    requests.at(-1)!.push(block)
    lines += block.texts.length
    length += more
  }
  return requests
}
