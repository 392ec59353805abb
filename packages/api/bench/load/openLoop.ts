import { setTimeout } from "node:timers/promises"
import { Client, type Dispatcher } from "undici"
import type { Load } from "./Load.ts"
import type { Recorder } from "./Recorder.ts"
import type { Script, Step } from "./Script.ts"

/**
 * Sends at a fixed rate, whatever the answers do, the connections taking
 * turns. Latency counts from the moment a request was due, so that one which
 * had to wait for its connection counts in full (no "coordinated omission",
 * which load generators with closed loops have).
 */
export const openLoop = async (
  load: Load,
  rate: number,
  scripts: ReadonlyArray<Script>,
  start: () => Recorder
): Promise<Recorder> => {
  const clients = scripts.map(() => new Client(load.url, { headersTimeout: 10_000, bodyTimeout: 10_000 }))
  await connect(clients)
  const recorder = start()
  const startedAt = performance.now()
  const dueAt = (request: number) => startedAt + request * 1000 / rate
  let sent = 0
  while (performance.now() < recorder.until) {
    while (dueAt(sent) <= performance.now()) {
      const connection = sent % clients.length
      const step = scripts[connection]!.next()
      clients[connection]!.dispatch(step, new Answer(step, dueAt(sent), recorder))
      sent++
    }
    await setTimeout(1)
  }
  await Promise.all(clients.map((client) => client.destroy()))
  return recorder
}

/** Opens the connections, a few at a time: Node accepts one in each turn of its event loop. */
const connect = async (clients: ReadonlyArray<Client>) => {
  for (let i = 0; i < clients.length; i += 20) {
    await Promise.all(
      clients.slice(i, i + 20).map(async (client) => {
        const { body } = await client.request({ method: "GET", path: "/" })
        await body.dump()
      })
    )
  }
}

class Answer implements Dispatcher.DispatchHandler {
  readonly #step: Step
  readonly #dueAt: number
  readonly #recorder: Recorder
  readonly #chunks: Array<Buffer> = []
  #status = 0

  constructor(step: Step, dueAt: number, recorder: Recorder) {
    this.#step = step
    this.#dueAt = dueAt
    this.#recorder = recorder
  }

  onRequestStart() {}

  onResponseStart(_controller: Dispatcher.DispatchController, status: number) {
    this.#status = status
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer) {
    this.#chunks.push(chunk)
  }

  onResponseEnd() {
    this.#recorder.answer(this.#status, performance.now() - this.#dueAt)
    if (this.#status < 300 && !this.#step.accepts(Buffer.concat(this.#chunks).toString())) {
      this.#recorder.failure("wrong body")
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error) {
    this.#recorder.failure(error.message)
  }
}
