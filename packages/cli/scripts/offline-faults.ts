/*
 * Shows that the trial of the queue has teeth: plants one fault after another in the client, each of a kind that would lose
 * a write, do it twice or out of order, runs the trial, and puts everything back. Ends with 1 when a fault lived. What only two
 * that come at the same moment show, `Queue.test.ts` finds each time.
 *
 *   node packages/cli/scripts/offline-faults.ts [part of the name of a fault]
 */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { offlineTrial } from "../test/support/offlineTrial/OfflineTrial.ts"

interface Edit {
  readonly file: string
  readonly find: string
  readonly replace: string
}

interface Fault {
  readonly name: string
  readonly edits: ReadonlyArray<Edit>
}

const faults: ReadonlyArray<Fault> = [
  {
    name: "neither the key nor the ids are kept",
    edits: [
      { file: "Replay.ts", find: "\"idempotency-key\": key", replace: "\"idempotency-key\": crypto.randomUUID()" },
      {
        file: "Queueable.ts",
        find: "if (method !== \"POST\" || body === null) return nothing",
        replace: "if (path !== \"\") return nothing"
      }
    ]
  },
  {
    name: "a write is removed before it is sent",
    edits: [{ file: "Replay.ts", find: "beforeEach()\n", replace: "beforeEach()\n    queue.done(kept)\n" }]
  },
  {
    name: "the last is sent first",
    edits: [{ file: "QueueFolder.ts", find: ".toSorted()", replace: ".toSorted().toReversed()" }]
  },
  {
    name: "nothing is sent before a command",
    edits: [
      { file: "Offline.ts", find: "yield* asTransportError(request)(first)", replace: "yield* Effect.void" },
      { file: "Offline.ts", find: "&& there.queue.pending().length === 0", replace: "" }
    ]
  },
  {
    name: "what cannot be sent is put aside",
    edits: [{
      file: "Replay.ts",
      find: "if (isAway(outcome) || Result.isFailure(outcome)) return outcome",
      replace:
        "if (Result.isFailure(outcome)) {\n      queue.refuse(kept, { status: 503, code: \"away\", message: \"away\", at: \"\" })\n      return undefined\n    }"
    }]
  },
  {
    name: "what fails does not stop the rest",
    edits: [{ file: "Replay.ts", find: "if (stopped !== undefined) break", replace: "" }]
  },
  {
    name: "everything has the same place",
    edits: [{ file: "QueueFolder.ts", find: "String(last + 1)", replace: "String(1)" }]
  },
  {
    name: "a write counts as queued before it is written",
    edits: [{
      file: "Queue.ts",
      find: "putLast(this.waiting, write(labels)).write)",
      replace:
        "{\n      const one = write(labels)\n      if (Math.random() < 0.7) putLast(this.waiting, one)\n      return one\n    })"
    }]
  },
  {
    name: "any answer counts as done",
    edits: [{
      file: "Replay.ts",
      find: "if (isAway(outcome) || Result.isFailure(outcome)) return outcome",
      replace: "if (Result.isFailure(outcome)) {\n      queue.done(kept)\n      return outcome\n    }"
    }]
  }
]

/** Makes an edit; answers what undoes it. */
const plant = (name: string, { file, find, replace }: Edit) => {
  const path = join(import.meta.dirname, "../src/offline", file)
  const original = readFileSync(path, "utf8")
  if (!original.includes(find)) throw new Error(`${file} has no longer what the fault "${name}" replaces`)
  writeFileSync(path, original.replace(find, () => replace))
  return () => writeFileSync(path, original)
}

/** So often is looked for a fault that shows by chance. */
const mostTrials = 3

// An exit puts the fault back that is planted; an interruption is one too.
process.once("SIGINT", () => process.exit(130))

const wanted = process.argv[2] ?? ""
let lived = 0
for (const { edits, name } of faults.filter(({ name }) => name.includes(wanted))) {
  const undo: Array<() => void> = []
  const restore = () => {
    for (const one of undo.splice(0).toReversed()) one()
  }
  process.once("exit", restore)
  let found: string | undefined
  try {
    for (const edit of edits) undo.push(plant(name, edit))
    for (let trial = 0; trial < mostTrials && found === undefined; trial++) {
      ;[found] = (await offlineTrial({ writes: 60, processes: 6, killedClients: 10 })).violations
    }
  } finally {
    restore()
    process.off("exit", restore)
  }
  if (found === undefined) lived++
  process.stdout.write(`${found === undefined ? "LIVED" : "found"}  ${name}\n       ${found?.slice(0, 200) ?? ""}\n`)
}
process.exitCode = lived === 0 ? 0 : 1
