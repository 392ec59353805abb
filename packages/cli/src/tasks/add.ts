import type { Command } from "@commander-js/extra-typings"
import { maxTitleLength, NewTask, TaskTitle } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { keyFor, repeatable } from "../client/IdempotencyKey.ts"
import { type Given, objectionTo, validate } from "../client/Validation.ts"
import { collect } from "../commandLine/Collect.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { ownOptions } from "../commandLine/OwnOptions.ts"
import { TextArgument } from "../commandLine/TodoCommand.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { usage } from "../failures/Failure.ts"
import { projectIdOf } from "../projects/ProjectOption.ts"
import { Settings } from "../Settings.ts"
import { givenOrAsked } from "../terminal/Missing.ts"
import { Output } from "../terminal/Output.ts"
import { readAll } from "../terminal/StandardInput.ts"
import { printAdded, quickly, readOnly } from "./AddByWords.ts"
import { addLines } from "./AddLines.ts"
import {
  type DateOptions,
  dueOption,
  missedOption,
  repeatFromOption,
  repeatOption,
  startOption
} from "./DateOptions.ts"
import { readDescription } from "./Description.ts"
import { sayOtherReadings } from "./OptionReadings.ts"
import { priorityOption } from "./PriorityOption.ts"
import { readNewDates } from "./ReadDates.ts"
import { type TagChanges, tagOption } from "./TagOptions.ts"
import { taskIdOf, taskIdsOf } from "./TaskIds.ts"
import { headline, taskJson } from "./TaskOutput.ts"
import { understood } from "./Understood.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("add")
    .description(withExamples(
      "Add a task; - adds one for each line of stdin",
      "todo add Buy milk",
      "todo add Pay rent friday 9am every month \"#Home\" @bank p1",
      "todo add --literal Watch Tomorrow",
      "todo add \"Call Bob\" -d \"About the boat\" -p p1",
      "todo add Put the bins out --due fri --repeat \"FREQ=WEEKLY;INTERVAL=2\"",
      "todo add Review --project Work --tag code",
      "todo add \"Paint the wall\" --parent 7 --after 8",
      "git log -1 --format=%b | todo add Review the last commit -d -",
      "todo add - < tasks.txt",
      "todo add -- --a title that starts with a dash",
      "todo add \"Deploy $VERSION\" --idempotency-key \"deploy-$VERSION\""
    ))
    .addArgument(new TextArgument("[title...]", "what is to be done; words are joined"))
    .option("-d, --description <text>", "more about it; - reads stdin")
    .addOption(priorityOption)
    .addOption(startOption)
    .addOption(dueOption)
    .addOption(repeatOption)
    .addOption(repeatFromOption)
    .addOption(missedOption)
    .option("--literal", "take the words as they are, without dates and signs")
    .option("--dry-run", "say how the words are read, and add nothing")
    .option("--project <project>", "the project that it is in")
    .option("--parent <ref>", "the task below which it is, in its project")
    .option("--after <ref>", "a task that it waits for; may be given again", collect)
    .addOption(tagOption)
    .option("--idempotency-key <key>", "run again with the same key, it adds no second task")
    .action((words, options, command) => {
      const title = words.length === 0 ? undefined : words.join(" ")
      if (words[0] === "-" && words.length > 1) {
        return command.error(
          "- stands alone, for the lines of stdin; a title that starts with it is one argument: -- \"- x\""
        )
      }
      const { dryRun, literal, ...own } = options
      const { idempotencyKey, ...members } = ownOptions(own)
      const given = command.options.find((option) =>
        members[option.attributeName() as keyof typeof members] !== undefined
      )
      const isDry = dryRun === true
      const one = isDry
        ? "what is added: --dry-run reads words alone"
        : "one task, and - adds one for each line of stdin"
      return (isDry || title === "-") && given !== undefined
        ? command.error(`option '${given.flags}' goes with ${one}`)
        : dispatch({ title, ...members, idempotencyKey, literal, dryRun })
    })

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tasks.add")(function*(
  {
    after = [],
    dryRun = false,
    due,
    idempotencyKey,
    literal = false,
    missed,
    parent,
    project,
    repeat,
    repeatFrom,
    start,
    tag,
    ...given
  }:
    & Omit<Given<typeof NewTask.Encoded>, "projectId" | "parentId" | "blockedBy" | "tags" | keyof DateOptions>
    & DateOptions
    & {
      readonly after?: ReadonlyArray<string> | undefined
      readonly dryRun?: boolean | undefined
      readonly idempotencyKey?: string | undefined
      readonly literal?: boolean | undefined
      readonly parent?: string | undefined
      readonly project?: string | undefined
      readonly tag?: TagChanges | undefined
    }
) {
  const { words } = yield* Settings
  const reads = words && !literal
  if (dryRun && !reads) return yield* usage("--dry-run says how words are read, and they are taken as they are")
  if (given.title === "-") return yield* dryRun ? readOnly(yield* readAll) : addLines(idempotencyKey, reads)
  const key = yield* keyFor(idempotencyKey)
  const title = yield* givenOrAsked(given.title, {
    missing: "argument 'title'",
    question: "What is to be done?",
    objection: objectionTo(TaskTitle)
  })
  if (dryRun) return yield* readOnly(title)
  const description = yield* readDescription(given.description)
  const members = {
    ...given,
    ...yield* readNewDates({ due, missed, repeat, repeatFrom, start }),
    title: undefined,
    description,
    projectId: yield* projectIdOf(project),
    parentId: yield* taskIdOf(parent),
    blockedBy: after.length === 0 ? undefined : yield* taskIdsOf(after),
    tags: tag?.add
  }
  if (reads) {
    // What of it is the title is for the service to say, and whether that is too long.
    yield* validate(NewTask, { ...members, title: title.trim().slice(0, maxTitleLength) })
    yield* printAdded(yield* quickly(title, members, { idempotencyKey: key, key, project }), true)
    return yield* sayOtherReadings({ due, repeat, start })
  }
  const payload = yield* validate(NewTask, { ...members, title })
  const { tasks } = yield* ApiClient
  const { body: task } = yield* repeatable(tasks.create({ headers: { "idempotency-key": key }, payload }), key)
  const told = yield* understood({
    ...task,
    project: task.projectId === null ? null : project ?? null,
    description: null
  })
  yield* (yield* Output).result({
    json: () => taskJson(task),
    quiet: () => [String(task.number)],
    human: () => [headline("Added", task) + told]
  })
  yield* sayOtherReadings({ due, repeat, start })
})
