import { readFileSync } from "node:fs"

const text = readFileSync(new URL("../../../../README.md", import.meta.url), "utf8")

/** A block of code, and the file that the text before it names, if it names one. */
export interface Block {
  readonly language: string
  readonly code: string
  readonly file: string | undefined
}

/** What stands below a heading of the README, up to the next of its level. */
export const sectionOf = (heading: string): string => {
  const level = /^#+/.exec(heading)![0]
  const from = text.indexOf(`\n${heading}\n`)
  if (from < 0) throw new Error(`The README has no ${heading}`)
  const to = text.indexOf(`\n${level} `, from + 1)
  return text.slice(from, to < 0 ? undefined : to)
}

/** The blocks of a section. */
export const blocksOf = (section: string): ReadonlyArray<Block> => {
  let before = 0
  return [...section.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(
    ({ 0: block, 1: language = "", 2: code = "", index }) => {
      const file = [...section.slice(before, index).matchAll(/`(src\/[\w.]+)`/g)].at(-1)?.[1]
      before = index + block.length
      return { language, code, file }
    }
  )
}
