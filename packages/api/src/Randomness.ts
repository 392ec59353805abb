import { Layer } from "effect"
import { SecureRandom } from "effect/crypto"
import { randomFillSync } from "node:crypto"

/** How much is drawn from the operating system at a time: a draw costs the same, however little it is for (docs/adr/0017). */
const poolSize = 4096

const pool = new Uint8Array(poolSize)
let used = poolSize

/** Random bytes that nobody gets twice. */
const draw = (size: number): Uint8Array => {
  if (size > poolSize) return randomFillSync(new Uint8Array(size))
  if (used + size > poolSize) {
    randomFillSync(pool)
    used = 0
  }
  const bytes = pool.slice(used, used + size)
  pool.fill(0, used, used += size)
  return bytes
}

const random = SecureRandom.make(draw)

/** Effect's secure random, drawn from the operating system's in bulk. */
export const layer = Layer.succeed(SecureRandom.SecureRandom, random)
