import { Effect } from "effect"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { Offline } from "./Offline.ts"
import type { QueuedWrite } from "./QueuedWrite.ts"

/** A write in the words of a person: the tasks that it makes, or else what was typed. */
export const wordsOf = ({ command, tasks }: QueuedWrite): ReadonlyArray<string> =>
  tasks.length === 0
    ? [printable(command)]
    : tasks.map(({ label, title }) => `+${label}  ${printable(title)}`)

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const

/** Day and time on the clock of this machine, as in `26 Nov 14:02`. */
const clockOf = (millis: number): string => {
  const date = new Date(millis)
  const [hours, minutes] = [date.getHours(), date.getMinutes()].map((part) => String(part).padStart(2, "0"))
  return `${date.getDate()} ${months[date.getMonth()]} ${hours}:${minutes}`
}

/** Whatever was asked for: a script that takes what was for what is has it in its log. */
const remark = (text: string) => Effect.sync(() => void process.stderr.write(`${text}\n`))

const plural = (count: number, one: string, several: string): string => count === 1 ? `1 ${one}` : `${count} ${several}`

/** A write as JSON tells it. */
export const writeJson = ({ at, command, key, refusal, tasks }: QueuedWrite) => ({
  key,
  command,
  at,
  refusal,
  tasks: tasks.map(({ id, label, title }) => ({ ref: `+${label}`, id, title }))
})

const tellQueued = Effect.fnUntraced(function*(queued: ReadonlyArray<QueuedWrite>, isAway: boolean) {
  const { format, json } = yield* Settings
  const lines = queued.flatMap((write) => wordsOf(write).map((words) => `Queued  ${words}`))
  const why = isAway
    ? "the service cannot be reached; it is sent when it is back"
    : "it is sent after what waits already"
  const told = [...lines.slice(0, -1), `${lines.at(-1)} (${why})`]
  if (json && format.kind !== "json" && format.kind !== "ndjson") {
    return yield* Effect.forEach(told, remark, { discard: true })
  }
  yield* (yield* Output).result({
    json: () => ({ queued: true, writes: queued.map(writeJson) }),
    quiet: () => queued.flatMap(({ tasks }) => tasks.map(({ label }) => `+${label}`)),
    human: () => told
  })
})

/** Says what a command has done without the service, and what was sent before it. */
export const tellWithout = Effect.gen(function*() {
  const { asOf, isAway, queue, queued, sent } = (yield* Offline).without()
  if (queue === undefined) return
  const output = yield* Output
  const { json, quiet } = yield* Settings
  if (sent !== undefined && sent.done.length > 0) {
    const tasks = sent.done.flatMap((write) => write.tasks)
    yield* output.note(`Sent ${plural(sent.done.length, "queued write", "queued writes")}`)
    for (const { id, label, title } of tasks) {
      const number = sent.numbers.get(id)
      if (number !== undefined) yield* output.note(`  +${label} is ${number}  ${title}`)
    }
  }
  if (queued.length > 0) yield* tellQueued(queued, isAway)
  if (asOf !== undefined) {
    const waiting = queue.pending().flatMap(({ write }) => wordsOf(write))
    if (queued.length === 0 && waiting.length > 0 && !json && !quiet) {
      yield* output.result({
        json: () => [],
        quiet: () => [],
        human: () => waiting.map((words) => `Queued  ${words}`)
      })
    }
    if (queued.length === 0) yield* remark(`As of ${clockOf(asOf)}: the service cannot be reached`)
  }
  const refused = queue.put().length
  if (refused > 0) {
    yield* output.note(
      `${plural(refused, "queued write was", "queued writes were")} refused by the service: \`todo queue\` shows why.`
    )
  }
  const unreadable = queue.unreadable().length
  if (unreadable > 0) {
    yield* output.note(
      `${plural(unreadable, "queued write", "queued writes")} cannot be read: \`todo queue\` shows where.`
    )
  }
})
