import type { Command } from "@commander-js/extra-typings"
import { NewTask, TaskTitle } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { keyFor, repeatable } from "../client/IdempotencyKey.ts"
import { type Given, objectionTo, validate } from "../client/Validation.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { ownOptions } from "../commandLine/OwnOptions.ts"
import { TextArgument } from "../commandLine/TodoCommand.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { givenOrAsked } from "../terminal/Missing.ts"
import { Output } from "../terminal/Output.ts"
import { addLines } from "./AddLines.ts"
import { readDescription } from "./Description.ts"
import { headline, taskJson } from "./TaskOutput.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("add")
    .description(withExamples(
      "Add a task; - adds one for each line of stdin",
      "todo add Buy milk",
      "todo add \"Call Bob\" -d \"About the boat\"",
      "git log -1 --format=%b | todo add Review the last commit -d -",
      "todo add - < tasks.txt",
      "todo add -- --a title that starts with a dash",
      "todo add \"Deploy $VERSION\" --idempotency-key \"deploy-$VERSION\""
    ))
    .addArgument(new TextArgument("[title...]", "what is to be done; words are joined"))
    .option("-d, --description <text>", "more about it; - reads stdin")
    .option("--idempotency-key <key>", "run again with the same key, it adds no second task")
    .action((words, options, command) => {
      const title = words.length === 0 ? undefined : words.join(" ")
      if (words[0] === "-" && words.length > 1) {
        return command.error(
          "- stands alone, for the lines of stdin; a title that starts with it is one argument: -- \"- x\""
        )
      }
      const { idempotencyKey, ...members } = ownOptions(options)
      const given = command.options.find((option) =>
        members[option.attributeName() as keyof typeof members] !== undefined
      )
      return title === "-" && given !== undefined
        ? command.error(`option '${given.flags}' goes with one task, and - adds one for each line of stdin`)
        : dispatch({ title, ...members, idempotencyKey })
    })

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tasks.add")(function*(
  { idempotencyKey, ...given }: Given<typeof NewTask.Encoded> & { readonly idempotencyKey?: string | undefined }
) {
  if (given.title === "-") return yield* addLines(idempotencyKey)
  const key = yield* keyFor(idempotencyKey)
  const title = yield* givenOrAsked(given.title, {
    missing: "argument 'title'",
    question: "What is to be done?",
    objection: objectionTo(TaskTitle)
  })
  const description = yield* readDescription(given.description)
  const payload = yield* validate(NewTask, { ...given, title, description })
  const tasks = yield* (yield* ApiClient).tasks
  const { body: task } = yield* repeatable(tasks.create({ headers: { "idempotency-key": key }, payload }), key)
  yield* (yield* Output).result({
    json: () => taskJson(task),
    quiet: () => [String(task.number)],
    human: () => [headline("Added", task)]
  })
})
