import type { Command } from "@commander-js/extra-typings"
import { NewTask, TaskTitle } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { keyFor, repeatable } from "../client/IdempotencyKey.ts"
import { objectionTo, validate } from "../client/Validation.ts"
import { withExamples } from "../commandLine/HelpText.ts"
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
    .action((words, { description, idempotencyKey }, command) => {
      const title = words.length === 0 ? undefined : words.join(" ")
      if (words[0] === "-" && words.length > 1) {
        return command.error(
          "- stands alone, for the lines of stdin; a title that starts with it is one argument: -- \"- x\""
        )
      }
      return title === "-" && description !== undefined
        ? command.error("option '-d, --description <text>' goes with one task, and - adds one for each line of stdin")
        : dispatch({ title, description, idempotencyKey })
    })

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tasks.add")(function*(input: {
  readonly title: string | undefined
  readonly description: string | undefined
  readonly idempotencyKey: string | undefined
}) {
  if (input.title === "-") return yield* addLines(input)
  const key = yield* keyFor(input.idempotencyKey)
  const title = yield* givenOrAsked(input.title, {
    missing: "argument 'title'",
    question: "What is to be done?",
    objection: objectionTo(TaskTitle)
  })
  const description = yield* readDescription(input.description)
  const payload = yield* validate(NewTask, {
    title,
    ...(description === undefined ? {} : { description })
  })
  const tasks = yield* (yield* ApiClient).tasks
  const { body: task } = yield* repeatable(tasks.create({ headers: { "idempotency-key": key }, payload }), key)
  yield* (yield* Output).result({
    json: () => taskJson(task),
    quiet: () => [String(task.number)],
    human: () => [headline("Added", task)]
  })
})
