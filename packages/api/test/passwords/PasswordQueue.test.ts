import { assert, describe, it } from "@effect/vitest"
import { PasswordQueue } from "../../src/passwords/PasswordQueue.ts"

const known = { known: true, network: "192.0.2.0/24", asker: "owner" }
const stranger = (index: number) => ({ known: false, network: `${index}`, asker: `${index}` })

describe("passwords that wait", () => {
  it("of those who are known go first, and strangers still have one turn in eight", () => {
    const queue = new PasswordQueue<string>()
    for (let index = 0; index < 40; index++) queue.add(stranger(index), "stranger")
    const turns = Array.from({ length: 80 }, () => {
      queue.add(known, "known")
      return queue.next()!
    })
    assert.lengthOf(turns.filter((who) => who === "stranger"), 10)
    assert.deepStrictEqual(turns.slice(0, 8), [...Array.from({ length: 7 }, () => "known"), "stranger"])
  })

  it("of strangers take no place of those who are known, and the other way round", () => {
    const queue = new PasswordQueue<string>()
    for (let index = 0; index < 40; index++) {
      assert.isUndefined(queue.add(stranger(index), "stranger"))
      assert.isUndefined(queue.add(known, "known"))
    }
    assert.strictEqual(queue.add(stranger(0), "one more"), "one more")
    assert.strictEqual(queue.add(known, "one more"), "one more")
    const turns = Array.from({ length: 80 }, () => queue.next())
    assert.lengthOf(turns.filter((who) => who === "known"), 40)
    assert.isUndefined(queue.next())
  })
})
