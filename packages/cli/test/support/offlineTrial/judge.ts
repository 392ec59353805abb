/** A task that a process has added, the first of which is at 0; unless it is known to have been said, the client was killed. */
export interface Write {
  readonly name: number
  readonly place: number
  readonly isKnown: boolean
}

const titleOf = ({ name, place }: Pick<Write, "name" | "place">) => `worker ${name} place ${place}`

/** What is wrong with the titles that there are, in the order in which they were made. */
export const judge = (said: ReadonlyArray<Write>, titles: ReadonlyArray<string>): ReadonlyArray<string> => {
  const counts = new Map<string, number>()
  for (const title of titles) counts.set(title, (counts.get(title) ?? 0) + 1)
  const violations: Array<string> = []
  for (const write of said) {
    const count = counts.get(titleOf(write)) ?? 0
    if (count > 1) violations.push(`there ${count} times: ${titleOf(write)}`)
    if (count === 0 && write.isKnown) violations.push(`lost: ${titleOf(write)}`)
    counts.delete(titleOf(write))
  }
  for (const title of counts.keys()) violations.push(`nobody added: ${title}`)
  // A client that was killed may have had its request on the way, to be done whenever.
  const known = new Set(said.filter(({ isKnown }) => isKnown).map(titleOf))
  const last = new Map<string, number>()
  for (const title of titles) {
    if (!known.has(title)) continue
    const [, name = "", place = ""] = /^worker (\d+) place (\d+)$/.exec(title) ?? []
    const before = last.get(name) ?? -1
    if (Number(place) < before) violations.push(`out of order: ${title} behind ${before}`)
    last.set(name, Number(place))
  }
  return violations
}
