import { FairQueue } from "./FairQueue.ts"
import type { Lane } from "./PasswordLane.ts"

/** How many wait in each lane, which takes them a second or so; more are told to come back. */
const places = 40

/** How many turns those who are known have for one of a stranger, when both wait. */
const turnsOfKnown = 7

/**
 * Passwords that wait for their turn: those whom the service knows first, then strangers, so that a flood of these does
 * not close sign-in for the others. An account that does not exist has no clients that are known: who asks for it
 * waits exactly as a stranger does who asks for one that exists.
 */
export class PasswordQueue<Job> {
  private readonly known = new FairQueue<Job>(places)
  private readonly strangers = new FairQueue<Job>(places)
  private inARow = 0

  /** Adds a job; answers the one that has no place, which may be it. */
  add({ asker, known, network }: Lane, job: Job): Job | undefined {
    return (known ? this.known : this.strangers).add(network, job, asker)
  }

  /** Takes the next job out. */
  next(): Job | undefined {
    if (this.known.size > 0 && (this.strangers.size === 0 || this.inARow < turnsOfKnown)) {
      this.inARow++
      return this.known.next()
    }
    this.inARow = 0
    return this.strangers.next()
  }
}
