import { NewTask, TaskTitle } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../ApiClient.ts"
import { readDescription } from "../Description.ts"
import { missingArgument } from "../Failure.ts"
import { Output } from "../Output.ts"
import { askText } from "../Prompt.ts"
import { Settings } from "../Settings.ts"
import { headline, taskJson } from "../TaskOutput.ts"
import { objectionTo, validate } from "../Validation.ts"

const askTitle = Effect.gen(function*() {
  const { interactive } = yield* Settings
  return interactive ? yield* askText("What is to be done?", objectionTo(TaskTitle)) : yield* missingArgument("title")
})

export const add = Effect.fn("add")(function*(input: {
  readonly title: string | undefined
  readonly description: string | undefined
}) {
  const title = input.title ?? (yield* askTitle)
  const description = yield* readDescription(input.description)
  const payload = yield* validate(NewTask, {
    title,
    ...(description === undefined ? {} : { description })
  })
  const tasks = yield* (yield* ApiClient).tasks
  const { body: task } = yield* tasks.create({ headers: {}, payload })
  yield* (yield* Output).result({
    json: () => taskJson(task),
    quiet: () => [String(task.number)],
    human: () => [headline("Added", task)]
  })
})
