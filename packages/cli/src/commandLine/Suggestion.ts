import { editDistance } from "@todo/domain/text/EditDistance"

/** What of a word is compared: case tells no words apart. */
const bareOf = (word: string): string => word.replace(/^-+/, "").toLowerCase()

/** What may have been meant by a word that nobody knows: what it begins, or else the nearest with one letter of three wrong. */
const similar = (word: string, candidates: ReadonlyArray<string>): ReadonlyArray<string> => {
  const bare = bareOf(word)
  const begun = bare.length > 1 ? candidates.filter((candidate) => bareOf(candidate).startsWith(bare)) : []
  if (begun.length > 0) return begun
  const alike = candidates
    .map((candidate) => ({ candidate, wrong: editDistance(bare, bareOf(candidate)) }))
    .filter(({ candidate, wrong }) => wrong * 3 <= Math.max(bare.length, bareOf(candidate).length))
  const least = Math.min(...alike.map(({ wrong }) => wrong))
  return alike.filter(({ wrong }) => wrong === least).map(({ candidate }) => candidate)
}

/** A line that says what may have been meant, or nothing. */
export const suggestion = (word: string, candidates: ReadonlyArray<string>): string | undefined => {
  const found = similar(word, [...new Set(candidates)]).toSorted()
  if (found.length === 0) return undefined
  return `(Did you mean ${found.length === 1 ? "" : "one of "}${found.join(", ")}?)`
}
