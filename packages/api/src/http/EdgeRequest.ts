import { IncomingMessage, type ServerResponse } from "node:http"
import type { BodyBudget } from "./BodyBudget.ts"

/** How much of a body is taken before anybody wants it; then the connection is not read any more. */
const windowBytes = 16 * 1024
/** Up to how many pieces of a body may be of any size. */
const anyPieces = 1024
/** What pieces have on the average where there are more. */
const leastPieceBytes = 32

/**
 * Why a body will not be there: it is longer than it may be, it came in pieces that cost more than they carry, it is no
 * HTTP, or others need the room.
 */
export type BodyRefusal = "TooLong" | "TinyPieces" | "Malformed" | "NoRoom"

type Budget = Pick<BodyBudget["Service"], "take" | "leave">

/**
 * A request whose body is one buffer, no longer than whoever wants it allows. Node would keep each piece as an object
 * of its own, many times as large as a byte, and read all of it for whoever sends it, be there an operation or not
 * (docs/adr/0019).
 *
 * Until the body is wanted there is no more of it than was read from the connection at once. It can be had from
 * `known` and `receive` alone: as a stream, the request is empty.
 */
export class EdgeRequest extends IncomingMessage {
  /** What there is of the body; the buffer may be longer. */
  private buffer: Buffer | undefined = undefined
  private length = 0
  private pieces = 0
  /** How long it may be, once it is wanted. */
  private limit: number | undefined = undefined
  private refusal: BodyRefusal | undefined = undefined
  private done: ((body: Buffer | BodyRefusal) => void) | undefined = undefined
  /** Whether it is, or has been, in the budget. */
  private isCounted = false
  /** Where the client is told to go on with its body (RFC 9110, 10.1.1), if it waits for that. */
  expecting: ServerResponse | undefined = undefined

  /** The body, or why there will be none, where that is known without waiting. */
  known(limit: number): Buffer | BodyRefusal | undefined {
    const announced = Number(this.headers["content-length"] ?? 0)
    if (this.refusal === undefined && Math.max(announced, this.length) > limit) this.refuse("TooLong")
    return this.refusal ?? (this.complete ? this.body() : undefined)
  }

  /** Goes on reading where the body is not known, and hands it over when it is. To be called once. */
  receive(limit: number, done: (body: Buffer | BodyRefusal) => void) {
    this.limit = limit
    this.done = done
    this.expecting?.writeContinue()
    this.expecting = undefined
    // It may have been paused when there was more than anybody wanted.
    if (this.socket.readable) this.socket.resume()
    this.weigh()
  }

  /** Whether somebody waits for the body, which has not come yet. */
  get isAwaited(): boolean {
    return this.done !== undefined
  }

  /** Gives up what has not come yet: the connection cannot be used any more. Whether there was anything. */
  abandon(refusal: BodyRefusal = "NoRoom"): boolean {
    const isUnread = isIncomplete(this)
    if (isUnread) this.refuse(refusal)
    return isUnread
  }

  /** Node's parser gives what it has read of the body, then null. */
  override push(piece: Buffer | null): boolean {
    if (piece === null) return this.finish()
    if (this.refusal !== undefined) return false
    this.append(piece)
    if (this.pieces > anyPieces && this.length < this.pieces * leastPieceBytes) this.refuse("TinyPieces")
    else if (this.length > (this.limit ?? Infinity)) this.refuse("TooLong")
    else if (this.limit !== undefined || this.length >= windowBytes) this.weigh()
    return this.refusal === undefined && (this.limit !== undefined || this.length < windowBytes)
  }

  protected get budget(): Budget {
    throw new Error("It is of no server")
  }

  private append(piece: Buffer) {
    this.pieces++
    const length = this.length + piece.length
    if (this.buffer === undefined) {
      this.buffer = piece
    } else {
      if (length > this.buffer.length) {
        // Twice as long each time: what was announced need not come, and memory is what has.
        const longer = Math.max(length, Math.min(2 * this.buffer.length, this.limit ?? windowBytes))
        const { buffer } = this
        this.buffer = Buffer.allocUnsafeSlow(longer)
        buffer.copy(this.buffer, 0, 0, this.length)
      }
      piece.copy(this.buffer, this.length)
    }
    this.length = length
  }

  /** Takes what it weighs from the budget, which may have it give way at once. */
  private weigh() {
    if (!this.isCounted) this.once("close", () => this.budget.leave(this))
    this.isCounted = true
    this.budget.take(this, this.buffer?.length ?? 0)
  }

  giveWay() {
    this.refuse("NoRoom")
  }

  private body(): Buffer {
    return this.buffer?.subarray(0, this.length) ?? Buffer.alloc(0)
  }

  private finish(): boolean {
    if (this.isCounted) this.budget.leave(this)
    const { done } = this
    this.done = undefined
    const pushed = super.push(null)
    done?.(this.body())
    return pushed
  }

  private refuse(refusal: BodyRefusal) {
    if (this.isCounted) this.budget.leave(this)
    const { done } = this
    this.refusal = refusal
    this.buffer = undefined
    this.done = undefined
    done?.(refusal)
  }
}

/** A class of such requests, for Node's server, which share a budget. */
export const requestsWithin = (budget: Budget): typeof EdgeRequest =>
  class extends EdgeRequest {
    protected override get budget() {
      return budget
    }
  }

/** Whether there is more of the request to come than has been read. */
const isIncomplete = ({ complete, headers }: IncomingMessage): boolean =>
  !complete && ((headers["content-length"] ?? "0") !== "0" || headers["transfer-encoding"] !== undefined)
