import { Sse } from "effect/encoding"

/** An event of a stream, as it came. */
export interface Received {
  readonly event: string
  readonly id: string
  /** Its data, as JSON. */
  // oxlint-disable-next-line no-explicit-any
  readonly data: any
}

/** A stream of events, read as it comes. */
export class EventSource {
  readonly response: Response
  /** What has come and was not taken yet. */
  readonly events: Array<Received> = []
  /** What came first, as it was sent. */
  beginning = ""
  /** Whether the service has ended it. */
  isEnded = false
  private readonly abort: AbortController
  private changed: () => void = () => {}

  private constructor(response: Response, abort: AbortController) {
    this.response = response
    this.abort = abort
    void this.read()
  }

  /** Asks for the events of whoever has this token, until the signal; `path` has the query. */
  static async open(
    url: string,
    token: string,
    path = "",
    headers: Record<string, string> = {},
    until: AbortSignal = new AbortController().signal
  ) {
    const abort = new AbortController()
    const response = await fetch(`${url}/api/v1/events${path}`, {
      headers: { authorization: `Bearer ${token}`, ...headers },
      signal: AbortSignal.any([abort.signal, until])
    })
    if (response.status !== 200) throw new Error(`The stream was answered ${response.status}: ${await response.text()}`)
    return new EventSource(response, abort)
  }

  private async read() {
    const parser = Sse.makeParser((event) => {
      if (event._tag === "Event") this.events.push({ event: event.event, id: event.id!, data: JSON.parse(event.data) })
    })
    try {
      for await (const chunk of this.response.body!.pipeThrough(new TextDecoderStream())) {
        this.beginning ||= chunk
        parser.feed(chunk)
        this.changed()
      }
    } catch {
      // Aborted, or cut.
    }
    this.isEnded = true
    this.changed()
  }

  /** Waits until it is so. */
  async until(is: () => boolean): Promise<void> {
    while (!is()) await new Promise<void>((resolve) => this.changed = resolve)
  }

  /** The next events, so many of them. */
  async take(count: number): Promise<ReadonlyArray<Received>> {
    await this.until(() => this.events.length >= count || this.isEnded)
    if (this.events.length < count) throw new Error(`The stream has ended after ${JSON.stringify(this.events)}`)
    return this.events.splice(0, count)
  }

  /** Waits until the service has ended it. */
  ended(): Promise<void> {
    return this.until(() => this.isEnded)
  }

  close(): void {
    this.abort.abort()
  }
}
