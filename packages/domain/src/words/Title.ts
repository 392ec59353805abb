import type { Range, Span } from "./Reading.ts"
import { isBlank } from "./Tokens.ts"

/**
 * What of a line is left when its spans are taken out, each with the blanks before it, and what was quoted is put in its
 * place. Without spans it is the line, to the character, but for blanks around it.
 */
export const titleOf = (
  text: string,
  line: Range,
  spans: ReadonlyArray<Span>
): { readonly title: string; readonly unused: ReadonlyArray<Range> } => {
  let title = ""
  let at = line.from
  const unused: Array<Range> = []
  const add = (to: number) => {
    let [from, end] = [at, to]
    while (from < end && isBlank(text.charCodeAt(from))) from++
    while (end > from && isBlank(text.charCodeAt(end - 1))) end--
    if (from < end) unused.push({ from, to: end })
  }
  for (const span of spans) {
    if (span.from < line.from) continue
    add(span.from)
    const before = text.slice(at, span.from)
    title += span.kind === "literal" ? before + span.value : before.trimEnd()
    if (span.kind === "literal") unused.push({ from: span.from, to: span.to })
    at = span.to
  }
  add(line.to)
  return { title: (title + text.slice(at, line.to)).trim(), unused }
}
