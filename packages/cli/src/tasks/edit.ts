import type { Command } from "@commander-js/extra-typings"
import { entityTag } from "@todo/domain/http/EntityTag"
import { type Task, TaskPatch } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { asFailure } from "../client/HttpFailure.ts"
import { type Given, validate } from "../client/Validation.ts"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import { ownOptions, refuseSettingAndClearing } from "../commandLine/OwnOptions.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { usage } from "../failures/Failure.ts"
import { projectIdOf } from "../projects/ProjectOption.ts"
import { Settings } from "../Settings.ts"
import { editInEditor } from "../terminal/Editor.ts"
import { unasked } from "../terminal/Unasked.ts"
import {
  type DateOptions,
  dueOption,
  missedOption,
  repeatFromOption,
  repeatOption,
  startOption
} from "./DateOptions.ts"
import { datesOfEach } from "./DatesOfEach.ts"
import { readDescription } from "./Description.ts"
import { draftMembers, patchOf } from "./DraftMembers.ts"
import type { Named } from "./ExpandedRefs.ts"
import { forEachTask } from "./ForEachTask.ts"
import { knownToService } from "./NewTaskRef.ts"
import { sayOtherReadings } from "./OptionReadings.ts"
import { namedOrPickedTask } from "./PickTask.ts"
import { priorityOption } from "./PriorityOption.ts"
import { readDates } from "./ReadDates.ts"
import { type Selection, selectionOptions } from "./SelectionOptions.ts"
import { changedTags, noTagOption, type TagChanges, tagOption } from "./TagOptions.ts"
import { forEachTaskAtOnce } from "./TaskBatch.ts"
import { changesIn, type DraftMember, renderDraft } from "./TaskDraft.ts"
import { taskIdOf } from "./TaskIds.ts"
import { printTasks } from "./TaskOutput.ts"
import { makeTaskResolver } from "./TaskResolver.ts"
import { wouldBe } from "./WouldBe.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) => {
  const edit = parent.command("edit")
    .description(withExamples(
      "Change tasks: by options, or in your editor",
      "todo edit 7",
      "todo edit 7 --title \"Buy oat milk\"",
      "todo edit 7 --due tomorrow",
      "todo edit 7 --no-description",
      "todo edit 7 8 --project Work --tag code --no-tag later"
    ))
    .argument("[ref...]", refs)
    .option(...selectionOptions.filter)
    .option(...selectionOptions.dryRun)
    .option("-t, --title <title>", "the new title")
    .option("-d, --description <text>", "the new description; - reads stdin")
    .option("--no-description", "remove the description")
    .addOption(priorityOption)
    .option("--no-priority", "remove the priority")
    .addOption(startOption)
    .option("--no-start", "remove the start")
    .addOption(dueOption)
    .option("--no-due", "remove the date")
    .addOption(repeatOption)
    .addOption(repeatFromOption)
    .addOption(missedOption)
    .option("--no-repeat", "repeat it no more")
    .option("--project <project>", "the project that it is to be in")
    .option("--no-project", "put it into the Inbox")
    .option("--parent <ref>", "the task below which it is, where it is the last")
    .option("--no-parent", "take it out from below another task")
    .addOption(tagOption)
    .addOption(noTagOption)
    .action((refs, { dryRun, filter, ...options }) => dispatch({ refs, filter, dryRun, changes: ownOptions(options) }))
  refuseSettingAndClearing(edit)
}

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tasks.edit")(function*({ changes, dryRun, filter, refs }: Selection & {
  readonly refs: ReadonlyArray<string>
  readonly changes: Changes
}) {
  const { interactive } = yield* Settings
  const named = yield* namedOrPickedTask(refs, { filter, state: "all", question: "Change which task?" })
  if (dryRun === true) return yield* wouldBe("Would be changed", named)
  if (Object.values(changes).some((change) => change !== undefined)) return yield* editByOptions(named, changes)
  if (interactive) return yield* editByHand(named)
  return yield* unasked("Nothing to change: say what, as with --title or --due", "`todo help edit` lists all of it.")
})

/** What options say of a task; it is done by other verbs, and what scripts call it, and keep with it, is theirs. */
type Changes =
  & Omit<
    Given<typeof TaskPatch.Encoded>,
    "completed" | "externalId" | "extra" | "projectId" | "parentId" | "blockedBy" | "tags" | keyof DateOptions
  >
  & DateOptions
  & {
    readonly parent?: string | null | undefined
    readonly project?: string | null | undefined
    readonly tag?: TagChanges | null | undefined
  }

/** Changes every task in the same way. Tags come to those that each has, which nobody may have changed meanwhile. */
const editByOptions = Effect.fnUntraced(function*(
  { isOne, refs }: Named,
  { parent, project, tag, ...changes }: Changes
) {
  const { tasks } = yield* ApiClient
  const description = yield* readDescription(changes.description)
  // As much as it takes to lose a text: a command that fails before a pipe, or Ctrl-D at once.
  if (changes.description === "-" && description === "") {
    return yield* usage("The description on stdin is empty", "--no-description removes the one there is.")
  }
  const { due, missed, repeat, repeatFrom, start, ...others } = changes
  const projectId = yield* projectIdOf(project)
  const parentId = yield* taskIdOf(parent)
  const { tags, ...payload } = yield* validate(TaskPatch, {
    ...others,
    ...yield* readDates({ due, missed, repeat, repeatFrom, start }),
    description,
    projectId,
    parentId,
    tags: tag?.add
  })
  const { json } = yield* Settings
  const isDated = [due, repeat, start].some((date) => date !== undefined)
  const changed = (task: Task): TaskPatch =>
    tag == null ? payload : { ...payload, tags: changedTags(task.tags, { ...tag, add: tags ?? [] }) }
  const resolve = yield* makeTaskResolver
  yield* forEachTaskAtOnce(refs, {
    resolve: tag == null ? resolve : knownToService(resolve, "The tags are not known of"),
    single: (task) =>
      Effect.map(
        tasks.update({
          params: { id: task.id },
          headers: tag == null ? {} : { "if-match": entityTag(task.version) },
          payload: changed(task)
        }),
        ({ body }) => body
      ),
    operation: (task) => ({
      op: "task.update",
      id: task.id,
      ...tag != null && { version: task.version },
      body: changed(task)
    }),
    isReadAnew: () => json || payload.title !== undefined || isDated,
    finish: printTasks("Changed", isOne, isDated ? datesOfEach : undefined)
  })
  yield* sayOtherReadings({ due, repeat, start })
})

/** Opens every task in the editor. A change that somebody else made meanwhile is not overwritten (`If-Match`). */
const editByHand = Effect.fnUntraced(function*({ isOne, refs }: Named) {
  const { tasks } = yield* ApiClient
  const unchanged = new Set<Task>()
  const save = (task: Task, members: ReadonlyArray<DraftMember>) =>
    Effect.fnUntraced(function*(text: string) {
      const { members: changed, ...texts } = changesIn(text, task, members)
      if (changed.size === 0 && Object.keys(texts).length === 0) {
        unchanged.add(task)
        return task
      }
      const payload = yield* validate(TaskPatch, { ...texts, ...yield* patchOf(changed, members) })
      const headers = { "if-match": entityTag(task.version) }
      return (yield* tasks.update({ params: { id: task.id }, headers, payload })).body
    }, asFailure)
  yield* forEachTask(
    refs,
    (task) =>
      Effect.flatMap(
        draftMembers(task),
        (members) => editInEditor(`task-${task.number}.txt`, renderDraft(task, members), save(task, members))
      ),
    printTasks((task) => unchanged.has(task) ? "Unchanged" : "Changed", isOne)
  )
})
