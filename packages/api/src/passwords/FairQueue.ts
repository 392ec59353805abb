import { AskedLately } from "./AskedLately.ts"

/** How much a network may have asked lately until that counts against each asker in it: what the limits let one address. */
const freeOfNetwork = 100

interface Waiting<Job> {
  readonly network: string
  readonly asker: string
  readonly job: Job
}

/**
 * Jobs that wait, of many askers. Next is the one who has asked least lately; when all places are taken, the one who has
 * asked most gives way. So those who come again and again, one or hundreds of them, keep nobody else out, and where
 * nobody else comes all places are theirs. An asker is a network, or an account in one: an office is then many, and how
 * much it asks counts only where it is more than one address can. For an asker it is first come, first served. Of askers
 * alike the latest comes first: it is better to answer some soon than all too late.
 */
export class FairQueue<Job> {
  private readonly places: number
  /** In the order in which they came. */
  private readonly waiting: Array<Waiting<Job>> = []
  private readonly networks: AskedLately
  private readonly askers: AskedLately

  constructor(places: number, now: () => number = () => performance.now()) {
    this.places = places
    this.networks = new AskedLately(now)
    this.askers = new AskedLately(now)
  }

  get size(): number {
    return this.waiting.length
  }

  /** Adds a job; answers the one that has no place, which may be it. */
  add(network: string, job: Job, asker = network): Job | undefined {
    this.networks.add(network)
    this.askers.add(asker)
    const added = { network, asker, job }
    this.waiting.push(added)
    if (this.waiting.length <= this.places) return undefined
    let greediest = added
    let most = 0
    for (const one of this.waiting) {
      const greed = this.greedOf(one)
      if (greed <= most) continue
      greediest = one
      most = greed
    }
    return this.remove(this.waiting.findLastIndex((one) => isSame(one, greediest)))
  }

  /** Takes the next job out. */
  next(): Job | undefined {
    let humblest: Waiting<Job> | undefined
    let least = Infinity
    for (const one of this.waiting) {
      const greed = this.greedOf(one)
      if (greed > least) continue
      humblest = one
      least = greed
    }
    return humblest === undefined ? undefined : this.remove(this.waiting.findIndex((one) => isSame(one, humblest)))
  }

  private greedOf({ asker, network }: Waiting<Job>): number {
    return this.askers.count(asker) + Math.max(0, this.networks.count(network) - freeOfNetwork)
  }

  private remove(index: number): Job {
    return this.waiting.splice(index, 1)[0]!.job
  }
}

const isSame = (one: Waiting<unknown>, other: Waiting<unknown>) =>
  one.asker === other.asker && one.network === other.network
