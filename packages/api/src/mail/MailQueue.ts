/** How many go out at the same time. */
const atOnce = 4

/** How many of these go to one domain, so that a server which is slow to answer for it holds up no other. */
const atOnceOfDomain = 2

/** A mail that waits for its first try, or for another one. */
export interface Waiting {
  /** The one of the recipient (`domainOf`). */
  readonly domain: string
  /** How often it has been tried. */
  readonly tries: number
  /** When it may be tried, in the time of `now`. */
  readonly dueAt: number
}

/** The last two labels: who has a domain makes as many below it as he likes. Those of one country's `co` share a turn. */
export const domainOf = (address: string): string =>
  address.slice(address.lastIndexOf("@") + 1).toLowerCase().split(".").slice(-2).join(".")

/**
 * Mails that wait. Domains take turns, within a domain it is first come, first served, and whatever was not tried yet
 * goes before what failed: recipients whom a server refuses do not hold up the others.
 */
export class MailQueue<Mail extends Waiting> {
  private readonly places: number
  private readonly now: () => number
  /** In the order of their turns. */
  private waiting: Array<Mail> = []
  /** The domains of those that go out, each as often as it has a turn. */
  private readonly busy: Array<string> = []

  constructor(places: number, now: () => number = () => performance.now()) {
    this.places = places
    this.now = now
  }

  /** Adds a mail; answers the one that has no place: of the domain that has most, and one that failed before a new one. */
  add(mail: Mail): Mail | undefined {
    this.waiting.push(mail)
    if (this.waiting.length <= this.places) return undefined
    const counts = new Map<string, number>()
    for (const { domain } of this.waiting) counts.set(domain, (counts.get(domain) ?? 0) + 1)
    const most = Math.max(...counts.values())
    const greediest = this.waiting.filter(({ domain }) => counts.get(domain) === most)
    const { domain } = greediest.find(hasFailed) ?? greediest[0]!
    const ofDomain = greediest.filter((one) => one.domain === domain)
    const last = ofDomain.findLast(hasFailed) ?? ofDomain.at(-1)!
    this.waiting.splice(this.waiting.indexOf(last), 1)
    return last
  }

  /** Takes the next mail out, which has its turn until `done`; none where all turns are taken. */
  next(): Mail | undefined {
    if (this.busy.length >= atOnce) return undefined
    const now = this.now()
    const ready = this.waiting.filter(({ domain, dueAt }) => dueAt <= now && this.turnsOf(domain) < atOnceOfDomain)
    const mail = ready.find((one) => !hasFailed(one)) ?? ready[0]
    if (mail === undefined) return undefined
    this.busy.push(mail.domain)
    const ofOthers = this.waiting.filter(({ domain }) => domain !== mail.domain)
    const ofDomain = this.waiting.filter((one) => one.domain === mail.domain && one !== mail)
    this.waiting = [...ofOthers, ...ofDomain]
    return mail
  }

  /** Ends the turn of a mail. */
  done({ domain }: Mail): void {
    this.busy.splice(this.busy.indexOf(domain), 1)
  }

  private turnsOf(domain: string): number {
    return this.busy.filter((one) => one === domain).length
  }
}

const hasFailed = ({ tries }: Waiting) => tries > 0
