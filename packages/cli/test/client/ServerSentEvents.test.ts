import { describe, expect, it } from "@effect/vitest"
import * as fc from "fast-check"
import { EventParser } from "../../src/client/ServerSentEvents.ts"

const read = (...chunks: ReadonlyArray<string>) => {
  const parser = new EventParser()
  return chunks.flatMap((chunk) => parser.feed(chunk))
}

describe("a stream of events", () => {
  it("has events with names, ids and data", () => {
    expect(read("id: 1\nevent: start\ndata: {\n\n")).toEqual([{ event: "start", id: "1", data: "{" }])
    expect(read("data:a\ndata: b\ndata\n\n")).toEqual([{ event: "message", id: "", data: "a\nb\n" }])
  })

  it("keeps the id, and neither the name nor the data, for the next", () => {
    expect(read("id: 1\nevent: x\ndata: a\n\ndata: b\n\n")[1]).toEqual({ event: "message", id: "1", data: "b" })
  })

  it("has comments, fields that nobody knows, and events without data, which are none", () => {
    expect(read("\ufeff:\n\n: x\nfoo: bar\nid: 1\n\nevent: x\n\ndata: a\n\n")).toEqual([
      { event: "message", id: "1", data: "a" }
    ])
  })

  it("says when to come again", () => {
    const parser = new EventParser()
    parser.feed("retry: 1200\n\nretry: soon\n\n")
    expect(parser.retry).toBe(1200)
  })

  it("keeps what is not whole, and drops it at its end", () => {
    expect(read("data: a\n", "data: b")).toEqual([])
  })

  it("is the same however it is cut, and whatever ends its lines", () => {
    const text = (end: string) =>
      ["retry: 5", "id: 1", "event: e", "data: a", "data: b", "", ":", "", "data: c", "", ""].join(end)
    const expected = [{ event: "e", id: "1", data: "a\nb" }, { event: "message", id: "1", data: "c" }]
    fc.assert(fc.property(fc.constantFrom("\n", "\r\n", "\r"), fc.array(fc.nat(80)), (end, cuts) => {
      const whole = text(end)
      const places = [0, ...cuts.map((cut) => cut % whole.length).toSorted((one, other) => one - other), whole.length]
      const chunks = places.slice(1).map((place, index) => whole.slice(places[index], place))
      // A carriage return at the very end waits for what may be its second half.
      expect(read(...chunks, ":\n")).toEqual(expected)
    }))
  })

  it("refuses an event without an end", () => {
    const parser = new EventParser()
    expect(() => {
      for (let part = 0; part < 20; part++) parser.feed(`data: ${"x".repeat(1024 * 1024)}\n`)
    }).toThrow("without an end")
    expect(() => {
      for (let part = 0; part < 20; part++) new EventParser().feed("x".repeat(9 * 1024 * 1024))
    }).toThrow("without an end")
  })
})
