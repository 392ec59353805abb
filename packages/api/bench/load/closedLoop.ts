import autocannon from "autocannon"
import type { Load } from "./Load.ts"
import type { Recorder } from "./Recorder.ts"
import type { Script, Step } from "./Script.ts"

/** Each connection sends its next request when it has the answer to the one before. */
export const closedLoop = async (
  load: Load,
  scripts: ReadonlyArray<Script>,
  start: () => Recorder
): Promise<Recorder> => {
  const recorder = start()
  let connection = 0
  const { promise, reject, resolve } = Promise.withResolvers<void>()
  const running = autocannon({
    url: load.url,
    connections: load.connections,
    duration: Math.ceil((recorder.until - performance.now()) / 1000),
    timeout: 10,
    setupClient: (client) => {
      const script = scripts[connection++]!
      let step: Step
      client.setRequests([{
        setupRequest: (defaults) => {
          step = script.next()
          return { ...defaults, ...step }
        },
        onResponse: (status, body) => {
          if (status < 300 && !step.accepts(body)) recorder.failure("wrong body")
        }
      }])
      // A connection that ends without an answer is opened again without a word.
      let waiting = false
      const emitter: NodeJS.EventEmitter = client
      emitter.on("request", () => {
        if (waiting) recorder.failure("no answer")
        waiting = true
      })
      client.on("response", () => {
        waiting = false
      })
    }
  }, (error) => error ? reject(error) : resolve())
  running.on("response", (_client, status, _bytes, millis) => recorder.answer(status, millis))
  running.on("reqError", (error: Error) => recorder.failure(error.message))
  await promise
  return recorder
}
