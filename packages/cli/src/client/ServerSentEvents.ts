/** An event of a stream, with the id that it has or that of the one before it. */
export interface ServerSentEvent {
  readonly event: string
  readonly id: string
  readonly data: string
}

/** The longest event, in UTF-16 units: far more than a task can have. */
const longestEvent = 8 * 1024 * 1024

/**
 * Reads Server-Sent Events (HTML, 9.2.6) as they come: `feed` takes text and answers the events that are whole with it.
 * It throws where one has no end.
 */
export class EventParser {
  /** After how many milliseconds to come again, where the stream has said so. */
  retry: number | undefined
  private id = ""
  private event = ""
  private data: Array<string> = []
  private length = 0
  private rest = ""
  private isFirst = true

  feed(text: string): ReadonlyArray<ServerSentEvent> {
    // A carriage return may be the first half of a line's end.
    const all = this.rest + (this.isFirst ? text.replace(/^\ufeff/, "") : text)
    this.isFirst = false
    const isSplit = all.endsWith("\r")
    const lines = (isSplit ? all.slice(0, -1) : all).split(/\r\n|\n|\r/)
    this.rest = (lines.pop() ?? "") + (isSplit ? "\r" : "")
    if (this.rest.length + this.length > longestEvent) throw new Error("The stream has an event without an end")
    return lines.flatMap((line) => this.line(line))
  }

  private line(line: string): ReadonlyArray<ServerSentEvent> {
    if (line === "") return this.dispatch()
    const [, field, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? []
    if (field === "data") {
      this.data.push(value)
      this.length += value.length
    } else if (field === "event") this.event = value
    else if (field === "id" && !value.includes("\0")) this.id = value
    else if (field === "retry" && /^\d+$/.test(value)) this.retry = Number(value)
    return []
  }

  private dispatch(): ReadonlyArray<ServerSentEvent> {
    const event = { event: this.event === "" ? "message" : this.event, id: this.id, data: this.data.join("\n") }
    const isEmpty = this.data.length === 0
    this.event = ""
    this.data = []
    this.length = 0
    return isEmpty ? [] : [event]
  }
}
