/**
 * Does the one and the other in turn, `times` times, beginning with the other
 * every second time: what else the machine does falls on both.
 */
export const interleave = async <A, B>(
  times: number,
  one: () => Promise<A>,
  other: () => Promise<B>
): Promise<ReadonlyArray<readonly [A, B]>> => {
  const pairs: Array<readonly [A, B]> = []
  for (let i = 0; i < times; i++) {
    if (i % 2 === 0) {
      pairs.push([await one(), await other()])
    } else {
      const second = await other()
      pairs.push([await one(), second])
    }
  }
  return pairs
}
