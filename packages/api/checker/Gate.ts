/** Lets work through, or has it wait while something is done in peace. */
export class Gate {
  readonly #atWork = new Set<Promise<void>>()
  #closing: Promise<void> = Promise.resolve()

  /** Does a piece of work when the gate is open. */
  async pass(work: () => Promise<void>): Promise<void> {
    await this.#closing
    const done = work()
    this.#atWork.add(done)
    await done.finally(() => this.#atWork.delete(done))
  }

  /** Waits until nobody is at work any more, and does it before anybody is again. */
  async closed(work: () => Promise<void>): Promise<void> {
    const alone = Promise.withResolvers<void>()
    this.#closing = alone.promise
    try {
      await Promise.all(this.#atWork)
      await work()
    } finally {
      alone.resolve()
    }
  }
}
