import { assert, describe, it } from "@effect/vitest"
import { FairQueue } from "../../src/passwords/FairQueue.ts"

const all = <Job>(queue: FairQueue<Job>) => {
  const jobs: Array<Job> = []
  while (queue.size > 0) jobs.push(queue.next()!)
  return jobs
}

/** Adds jobs that are named after their network; answers those that have no place. */
const addTo = (queue: FairQueue<string>, ...jobs: ReadonlyArray<string>) =>
  jobs.flatMap((job) => queue.add(job[0]!, job) ?? [])

describe("a queue of many networks", () => {
  it("has first come, first served within a network, and first those who ask for least", () => {
    const queue = new FairQueue<string>(10)
    addTo(queue, "a1", "a2", "a3", "b1", "c1", "c2")
    assert.deepStrictEqual(all(queue), ["b1", "c1", "c2", "a1", "a2", "a3"])
    assert.isUndefined(queue.next())
  })

  it("puts who has not asked lately before all who ask again and again, with or without success", () => {
    const queue = new FairQueue<string>(10)
    const flood = Array.from({ length: 30 }, (_, index) => `flood ${index}`)
    for (let round = 0; round < 5; round++) for (const network of flood) queue.add(network, network)
    assert.strictEqual(queue.size, 10)
    assert.match(queue.add("somebody", "somebody")!, /^flood/)
    assert.strictEqual(queue.next(), "somebody")
  })

  it("has a place for everybody while one has more than one, and all places for who is alone", () => {
    const queue = new FairQueue<string>(4)
    assert.deepStrictEqual(addTo(queue, "a1", "a2", "a3", "a4", "a5"), ["a5"])
    assert.deepStrictEqual(addTo(queue, "b1", "c1", "d1"), ["a4", "a3", "a2"])
    assert.deepStrictEqual(addTo(queue, "a6"), ["a6"])
    assert.deepStrictEqual(all(queue), ["d1", "c1", "b1", "a1"])
  })

  it("prefers the latest of those alike, and has the first of them give way", () => {
    const queue = new FairQueue<string>(3)
    assert.deepStrictEqual(addTo(queue, "a1", "b1", "c1", "d1", "e1"), ["a1", "b1"])
    assert.deepStrictEqual(all(queue), ["e1", "d1", "c1"])
  })

  it("forgets within two minutes", () => {
    let now = 0
    const queue = new FairQueue<string>(10, () => now)
    const order = () => {
      addTo(queue, "a", "b")
      return all(queue).join("")
    }
    addTo(queue, "b", "b")
    all(queue)
    assert.strictEqual(order(), "ab")
    now = 60_000
    assert.strictEqual(order(), "ab")
    now = 180_000
    assert.strictEqual(order(), "ba")
  })

  it("has somebody of an office go before accounts that come again and again, each from its own network", () => {
    let now = 0
    const queue = new FairQueue<string>(40, () => now)
    for (let colleague = 0; colleague < 10; colleague++) queue.add("office", "colleague", `colleague ${colleague}`)
    all(queue)
    const answers: Array<string> = []
    // 120 of them a second, three times what can be answered.
    for (let tick = 0; tick < 1200; tick++) {
      now += 25
      for (let each = 0; each < 3; each++) {
        const attacker = (tick * 3 + each) % 120
        queue.add(`${attacker}`, "attacker", `attacker ${attacker}`)
      }
      if (tick % 240 === 120) queue.add("office", "owner", "owner")
      answers.push(queue.next()!)
    }
    assert.lengthOf(answers.filter((job) => job === "owner"), 5)
  })

  it("counts the askers of a network together where they ask more than one address can", () => {
    const queue = new FairQueue<string>(40)
    for (let account = 0; account < 2400; account++) queue.add("flood", "flood", `account ${account}`)
    for (let slip = 0; slip < 5; slip++) {
      assert.strictEqual(queue.add("home", "owner", "owner"), "flood")
      assert.strictEqual(queue.next(), "owner")
      queue.add("flood", "flood", `account ${slip}`)
    }
  })

  it("remembers no more networks than it has room for", () => {
    const queue = new FairQueue<number>(1, () => 0)
    for (let network = 0; network < 30_000; network++) queue.add(`${network}`, network)
    queue.add("7", 7)
    // It has asked once as far as anybody remembers.
    assert.strictEqual(queue.next(), 7)
  })
})
