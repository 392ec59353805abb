import { readFile } from "node:fs/promises"
import { closedLoop } from "./closedLoop.ts"
import type { Load, Person } from "./Load.ts"
import { openLoop } from "./openLoop.ts"
import { Recorder } from "./Recorder.ts"
import { Script } from "./Script.ts"

// The load generator, a process of its own: what it costs is not counted as the service's.
process.once("disconnect", () => process.exit())
process.once("message", async (load: Load) => {
  const people = JSON.parse(await readFile(load.people, "utf8")) as ReadonlyArray<Person>
  const scripts = Array.from({ length: load.connections }, (_, i) => new Script(load, people, i))
  const start = () => {
    process.send!("started")
    return new Recorder(load)
  }
  const recorder = load.rate === undefined
    ? await closedLoop(load, scripts, start)
    : await openLoop(load, load.rate, scripts, start)
  process.send!(recorder.figures())
})
