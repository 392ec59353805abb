/** How long it counts that a network has asked: this long at least, twice as long at most. */
const memoryMillis = 60_000

/** How many networks are remembered for so long; with more of them, for less. */
const memorySize = 10_000

interface Waiting<Job> {
  readonly network: string
  readonly job: Job
}

/**
 * Jobs that wait, of many networks. Next is the network that has asked least lately; when all places are taken, the one
 * that has asked most gives way. So those who come again and again, from one network or from hundreds, keep nobody else
 * out, and where nobody else comes all places are theirs. Within a network it is first come, first served. Of networks
 * alike the latest comes first: it is better to answer some soon than all too late.
 */
export class FairQueue<Job> {
  private readonly places: number
  private readonly now: () => number
  /** In the order in which they came. */
  private readonly waiting: Array<Waiting<Job>> = []
  /** How often networks have asked in this minute, and in the one before. */
  private asked = new Map<string, number>()
  private askedBefore = new Map<string, number>()
  private since: number

  constructor(places: number, now: () => number = () => performance.now()) {
    this.places = places
    this.now = now
    this.since = now()
  }

  get size(): number {
    return this.waiting.length
  }

  /** Adds a job; answers the one that has no place, which may be it. */
  add(network: string, job: Job): Job | undefined {
    this.forget()
    this.asked.set(network, (this.asked.get(network) ?? 0) + 1)
    this.waiting.push({ network, job })
    if (this.waiting.length <= this.places) return undefined
    let greediest = network
    let most = 0
    for (const { network } of this.waiting) {
      const asked = this.askedBy(network)
      if (asked <= most) continue
      greediest = network
      most = asked
    }
    return this.remove(this.waiting.findLastIndex((one) => one.network === greediest))
  }

  /** Takes the next job out. */
  next(): Job | undefined {
    let humblest: string | undefined
    let least = Infinity
    for (const { network } of this.waiting) {
      const asked = this.askedBy(network)
      if (asked > least) continue
      humblest = network
      least = asked
    }
    return humblest === undefined ? undefined : this.remove(this.waiting.findIndex((one) => one.network === humblest))
  }

  private askedBy(network: string): number {
    return (this.asked.get(network) ?? 0) + (this.askedBefore.get(network) ?? 0)
  }

  private remove(index: number): Job {
    return this.waiting.splice(index, 1)[0]!.job
  }

  private forget(): void {
    const passed = this.now() - this.since
    if (passed < memoryMillis && this.asked.size < memorySize) return
    this.askedBefore = passed < 2 * memoryMillis ? this.asked : new Map()
    this.asked = new Map()
    this.since += passed
  }
}
