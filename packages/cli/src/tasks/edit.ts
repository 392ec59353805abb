import type { Command } from "@commander-js/extra-typings"
import { entityTag } from "@todo/domain/http/EntityTag"
import { type Task, TaskPatch } from "@todo/domain/tasks/Task"
import { Effect, Schema, Struct } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { asFailure } from "../client/HttpFailure.ts"
import { type Given, validate } from "../client/Validation.ts"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import { ownOptions, refuseSettingAndClearing } from "../commandLine/OwnOptions.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { usage } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { editInEditor } from "../terminal/Editor.ts"
import { unasked } from "../terminal/Unasked.ts"
import { readDescription } from "./Description.ts"
import { forEachTask } from "./ForEachTask.ts"
import { namedOrPickedTask } from "./PickTask.ts"
import { changesIn, renderDraft } from "./TaskDraft.ts"
import { printTasks } from "./TaskOutput.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) => {
  const edit = parent.command("edit")
    .description(withExamples(
      "Change tasks: by options, or in your editor",
      "todo edit 7",
      "todo edit 7 --title \"Buy oat milk\"",
      "todo edit 7 --no-description"
    ))
    .argument("[ref...]", refs)
    .option("-t, --title <title>", "the new title")
    .option("-d, --description <text>", "the new description; - reads stdin")
    .option("--no-description", "remove the description")
    .action((refs, options) => dispatch({ refs, changes: ownOptions(options) }))
  refuseSettingAndClearing(edit)
}

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tasks.edit")(function*({ changes, refs }: {
  readonly refs: ReadonlyArray<string>
  readonly changes: Changes
}) {
  const { interactive } = yield* Settings
  const named = yield* namedOrPickedTask(refs, { state: "all", question: "Change which task?" })
  if (Object.values(changes).some((change) => change !== undefined)) return yield* editByOptions(named, changes)
  if (interactive) return yield* editByHand(named)
  return yield* unasked(`Missing ${choices.slice(0, -1).join(", ")} or ${choices.at(-1)}`)
})

/** What options say of a task; it is done by other verbs. */
type Changes = Omit<Given<typeof TaskPatch.Encoded>, "completed">

/** The options that change something. */
const choices = Object.entries(Struct.omit(TaskPatch.fields, ["completed"])).flatMap(([member, schema]) => {
  const name = member.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return [`--${name}`, ...Schema.is(schema)(null) ? [`--no-${name}`] : []]
})

/** Changes every task in the same way. */
const editByOptions = Effect.fnUntraced(function*(refs: ReadonlyArray<string>, changes: Changes) {
  const tasks = yield* (yield* ApiClient).tasks
  const description = yield* readDescription(changes.description)
  // As much as it takes to lose a text: a command that fails before a pipe, or Ctrl-D at once.
  if (changes.description === "-" && description === "") {
    return yield* usage("The description on stdin is empty", "--no-description removes the one there is.")
  }
  const payload = yield* validate(TaskPatch, { ...changes, description })
  yield* forEachTask(
    refs,
    ({ id }) => Effect.map(tasks.update({ params: { id }, headers: {}, payload }), ({ body }) => body),
    printTasks("Changed", refs)
  )
})

/** Opens every task in the editor. A change that somebody else made meanwhile is not overwritten (`If-Match`). */
const editByHand = Effect.fnUntraced(function*(refs: ReadonlyArray<string>) {
  const tasks = yield* (yield* ApiClient).tasks
  const unchanged = new Set<Task>()
  const save = (task: Task) =>
    Effect.fnUntraced(function*(text: string) {
      const changes = changesIn(text, task)
      if (Object.keys(changes).length === 0) {
        unchanged.add(task)
        return task
      }
      const payload = yield* validate(TaskPatch, changes)
      const headers = { "if-match": entityTag(task.version) }
      return (yield* tasks.update({ params: { id: task.id }, headers, payload })).body
    }, asFailure)
  yield* forEachTask(
    refs,
    (task) => editInEditor(`task-${task.number}.txt`, renderDraft(task), save(task)),
    printTasks((task) => unchanged.has(task) ? "Unchanged" : "Changed", refs)
  )
})
