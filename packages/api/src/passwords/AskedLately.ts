/** How long it counts that somebody has asked: this long at least, twice as long at most. */
const memoryMillis = 60_000

/** How many are remembered for so long; with more of them, for less. */
const memorySize = 10_000

/** How often each of many has asked in this minute, and in the one before. */
export class AskedLately {
  private readonly now: () => number
  private asked = new Map<string, number>()
  private askedBefore = new Map<string, number>()
  private since: number

  constructor(now: () => number) {
    this.now = now
    this.since = now()
  }

  add(who: string): void {
    this.forget()
    this.asked.set(who, (this.asked.get(who) ?? 0) + 1)
  }

  count(who: string): number {
    return (this.asked.get(who) ?? 0) + (this.askedBefore.get(who) ?? 0)
  }

  private forget(): void {
    const passed = this.now() - this.since
    if (passed < memoryMillis && this.asked.size < memorySize) return
    this.askedBefore = passed < 2 * memoryMillis ? this.asked : new Map()
    this.asked = new Map()
    this.since += passed
  }
}
