/** How many letters have to be added, left out, changed or swapped with the next to make one word of the other. */
const distance = (one: string, other: string): number => {
  let beforeLast: ReadonlyArray<number> = []
  let last: ReadonlyArray<number> = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      current.push(Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (beforeLast[column - 2] ?? 0) + 1 : Infinity
      ))
    }
    beforeLast = last
    last = current
  }
  return last[other.length] ?? 0
}

const withoutDashes = (word: string): string => word.replace(/^-+/, "")

/** What may have been meant by a word that nobody knows: what it begins, or else the nearest with one letter of three wrong. */
const similar = (word: string, candidates: ReadonlyArray<string>): ReadonlyArray<string> => {
  const bare = withoutDashes(word)
  const begun = bare.length > 1 ? candidates.filter((candidate) => withoutDashes(candidate).startsWith(bare)) : []
  if (begun.length > 0) return begun
  const alike = candidates
    .map((candidate) => ({ candidate, wrong: distance(bare, withoutDashes(candidate)) }))
    .filter(({ candidate, wrong }) => wrong * 3 <= Math.max(bare.length, withoutDashes(candidate).length))
  const least = Math.min(...alike.map(({ wrong }) => wrong))
  return alike.filter(({ wrong }) => wrong === least).map(({ candidate }) => candidate)
}

/** A line that says what may have been meant, or nothing. */
export const suggestion = (word: string, candidates: ReadonlyArray<string>): string | undefined => {
  const found = similar(word, [...new Set(candidates)]).toSorted()
  if (found.length === 0) return undefined
  return `(Did you mean ${found.length === 1 ? "" : "one of "}${found.join(", ")}?)`
}
