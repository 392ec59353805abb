import type { DateOnly } from "@todo/domain/dates/DateOnly"
import type { TimeOfDay } from "@todo/domain/dates/TimeOfDay"
import { NewQuick, ReadTask, TextToRead } from "@todo/domain/quick/Quick"
import type { Occurrence } from "@todo/domain/repetition/Occurrence"
import { Effect, Schema } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { asFailure } from "../client/HttpFailure.ts"
import { repeatable } from "../client/IdempotencyKey.ts"
import { lenient } from "../client/LenientAnswer.ts"
import { type Given, validate } from "../client/Validation.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { saidDue } from "./DueWords.ts"
import { headline, taskJson } from "./TaskOutput.ts"
import { descriptionsOf, otherReadings, projectsOf, understood } from "./Understood.ts"

const readTaskJson = Schema.encodeSync(lenient(ReadTask))

/** Makes the tasks that a text is, by one request; `beside` is what options say of them. */
export const quickly = Effect.fnUntraced(function*(
  text: string,
  beside: Given<NonNullable<typeof NewQuick.Encoded.task>>,
  { idempotencyKey, key, project }: {
    readonly idempotencyKey: string
    readonly key: string
    /** The project that an option names, which goes before that of the words. */
    readonly project: string | undefined
  }
) {
  const task: NewQuick["task"] = Object.fromEntries(Object.entries(beside).filter(([, value]) => value !== undefined))
  const payload = yield* validate(NewQuick, {
    text,
    create: undefined,
    task: Object.keys(task).length > 0 ? task : undefined
  })
  const { quick } = yield* ApiClient
  const headers = { "idempotency-key": idempotencyKey }
  const { body: { parsed, tasks } } = yield* repeatable(quick.quick({ headers, payload }), key)
  const projects = projectsOf(text, parsed)
  const descriptions = descriptionsOf(text, parsed)
  const lines = yield* Effect.forEach(
    tasks,
    (task, index) =>
      Effect.map(
        understood({
          ...task,
          project: task.projectId === null ? null : project ?? projects[index] ?? null,
          description: descriptions[index] ?? null
        }),
        (words) => headline("Added", task) + words
      )
  )
  return { tasks, lines: [...lines, ...otherReadings(text, parsed)] }
})

/** Prints tasks that were made of words, of which each is told in a line. */
export const printAdded = Effect.fnUntraced(function*(
  { lines, tasks }: Effect.Success<ReturnType<typeof quickly>>,
  isOne: boolean
) {
  const json = tasks.map((task) => taskJson(task))
  yield* (yield* Output).result({
    json: () => isOne && json.length === 1 ? json[0] : json,
    quiet: () => tasks.map(({ number }) => String(number)),
    human: () => lines
  })
})

const occurrenceWords = (occurrence: Occurrence): string => {
  const [date, time] = occurrence.split("T")
  const day = { date: date as DateOnly }
  return saidDue(time === undefined ? day : { ...day, time: time as TimeOfDay, timeZone: null })
}

/** Prints what a text would make, and makes nothing. */
export const readOnly = Effect.fnUntraced(function*(text: string) {
  const payload = yield* validate(TextToRead, { text })
  const { quick } = yield* ApiClient
  const { parsed, tasks } = yield* asFailure(quick.parse({ headers: {}, payload }))
  const lines = yield* Effect.forEach(tasks, (task) =>
    Effect.map(understood(task), (words) => [
      `Would add ${printable(task.title)}${words}`,
      ...task.project !== null && task.projectId === null
        ? [`  You have no one project #${printable(task.project)}: nothing would be added`]
        : [],
      ...task.problems.map((problem) => `  ${printable(problem)}: nothing would be added`),
      ...task.occurrences.length > 1 ? [`  then on ${task.occurrences.slice(1).map(occurrenceWords).join(", ")}`] : []
    ]))
  yield* (yield* Output).result({
    json: () => tasks.map((task) => readTaskJson(task)),
    quiet: () => tasks.map(({ title }) => printable(title)),
    human: () => [...lines.flat(), ...otherReadings(text, parsed)]
  })
})
