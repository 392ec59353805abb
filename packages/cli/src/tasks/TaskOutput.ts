import { Task } from "@todo/domain/tasks/Task"
import { Effect, Schema } from "effect"
import { lenient } from "../client/LenientAnswer.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"

/** A task as the API's JSON has it. */
export const taskJson = Schema.encodeSync(lenient(Task))

/** What a task goes by: its number, or the sign that it has until the service knows it. */
export const called = (number: number): string => number < 0 ? `+${-number}` : String(number)

/** One line that names a task, after what happened to it: `Done 7  Buy milk`. */
export const headline = (word: string, { number, title }: Pick<Task, "number" | "title">): string =>
  `${word} ${called(number)}  ${printable(title)}`

/**
 * Prints what became of the tasks that a command was given: in JSON one task
 * where one was named, and an array where several were. `more` is what is said to people of each behind its title.
 */
export const printTasks = <R = never>(
  word: string | ((task: Task) => string),
  isOne: boolean,
  more?: (tasks: ReadonlyArray<Task>) => Effect.Effect<(task: Task) => string, never, R>
) =>
  Effect.fnUntraced(function*(tasks: ReadonlyArray<Task>) {
    const output = yield* Output
    const { json, quiet } = yield* Settings
    const behind = more === undefined || json || quiet ? () => "" : yield* more(tasks)
    yield* output.result({
      json: () => isOne ? tasks.map((task) => taskJson(task))[0] : tasks.map((task) => taskJson(task)),
      quiet: () => tasks.map(({ number }) => called(number)),
      human: () => tasks.map((task) => headline(typeof word === "string" ? word : word(task), task) + behind(task))
    })
  })

/** Prints which tasks were done away with. */
export const printDeleted = (word: string) =>
  Effect.fnUntraced(function*(deleted: ReadonlyArray<Pick<Task, "id" | "number" | "title">>) {
    const output = yield* Output
    yield* output.result({
      json: () => ({ deleted: deleted.map(({ id, number }) => ({ id, number })) }),
      quiet: () => deleted.map(({ number }) => called(number)),
      human: () => deleted.map((task) => headline(word, task))
    })
  })
