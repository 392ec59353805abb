import { readFile } from "node:fs/promises"
import { closedLoop } from "./closedLoop.ts"
import type { Load, Person } from "./Load.ts"
import { openLoop } from "./openLoop.ts"
import { Recorder } from "./Recorder.ts"
import { Script } from "./Script.ts"

// The load generator, a process of its own: what it costs is not counted as the service's.
process.once("message", async (load: Load) => {
  const people = JSON.parse(await readFile(load.people, "utf8")) as ReadonlyArray<Person>
  const scripts = Array.from({ length: load.connections }, (_, i) => new Script(load, people, i))
  const recorder = new Recorder(load)
  await (load.rate === undefined ? closedLoop(load, scripts, recorder) : openLoop(load, load.rate, scripts, recorder))
  process.send!(recorder.figures())
})
