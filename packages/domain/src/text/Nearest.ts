import { editDistance } from "./EditDistance.ts"

/** Longer words are no slips of the pen, and comparing them costs the product of the lengths. */
const longest = 40

/** What may have been meant by a word that nobody knows: what it begins, or else the nearest with one letter of three wrong. */
export const nearest = (word: string, candidates: ReadonlyArray<string>): string | undefined => {
  if (word.length > longest) return undefined
  const begun = word.length > 1 ? candidates.find((candidate) => candidate.startsWith(word)) : undefined
  if (begun !== undefined) return begun
  let found: { readonly candidate: string; readonly wrong: number } | undefined
  for (const candidate of candidates) {
    const wrong = editDistance(word, candidate)
    const near = wrong * 3 <= Math.max(word.length, candidate.length)
    if (near && (found === undefined || wrong < found.wrong)) found = { candidate, wrong }
  }
  return found?.candidate
}
