/** What a byte of a body costs, in bytes of answers: it is read, looked through, parsed, checked, and complained of. */
const costOfBodyByte = 2
/** What a member or an element of a body costs, in bytes of answers, where there are many: an operation of a batch has six. */
const costOfValue = 600
/** A body of so many values costs what its bytes do. */
export const ordinaryValues = 64
/** An answer of so many bytes is like any other; what is longer has to be rested for. */
const ordinaryBytes = 65_536
/** How long a user rests for each byte more, in milliseconds: eight times as long as it takes the event loop. */
const restPerByte = 56 / 1_048_576
/** From how many users on whose requests wait each rests longer, so that all of them have half of the time. */
const crowd = 4

/**
 * How long a user has to rest for what its requests have cost, in bytes of answers: in proportion to what is longer than
 * usual, so that whoever sends or asks for long ones only has an eighth of the time (docs/adr/0020).
 */
export class Rest {
  /** Until when nothing of the user's begins, in milliseconds of `performance.now`; 0: no need to look at the clock. */
  private until = 0
  /** The most that a body or an answer has cost, since it was last noted, and before that; 0: there was none. */
  private dearest = 0
  private dearestBefore = 0

  /** Whether nothing of the user's may begin now. */
  get isOn(): boolean {
    return this.until > 0 && performance.now() < this.until
  }

  /** For how long, in milliseconds; not above zero where it is over. */
  get left(): number {
    return this.until - performance.now()
  }

  /** What the next request will cost. Who is not known yet is taken to have ordinary answers. */
  get expectedBytes(): number {
    return Math.max(this.dearest, this.dearestBefore) || ordinaryBytes
  }

  /** Begins or goes on where an answer is longer than usual; the longer the more users' requests wait. */
  chargeAnswer(bytes: number, waitedFor: number) {
    this.dearest = Math.max(this.dearest, bytes)
    this.add(bytes, waitedFor)
  }

  /** The same for a body. */
  chargeBody(bytes: number, waitedFor: number) {
    this.chargeAnswer(bytes * costOfBodyByte, waitedFor)
  }

  /** The same for what is in a body, where it is more than usual. */
  chargeValues(values: number, waitedFor: number) {
    this.chargeAnswer(values * costOfValue, waitedFor)
  }

  /** The same for a cost that is only guessed: the next request is not taken to have it. */
  add(bytes: number, waitedFor: number) {
    if (bytes <= ordinaryBytes) return
    const millis = (bytes - ordinaryBytes) * restPerByte * Math.max(1, waitedFor / crowd)
    this.until = Math.max(this.until, performance.now()) + millis
  }

  /** Forgets what is longer ago than the last time that this was called; answers whether that was all. */
  forget(now: number): boolean {
    this.dearestBefore = this.dearest
    this.dearest = 0
    if (this.until < now) this.until = 0
    return this.dearestBefore === 0
  }
}
