import { NewTask, TaskTitle } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { keyFor, repeatable } from "../client/IdempotencyKey.ts"
import { objectionTo, validate } from "../client/Validation.ts"
import { givenOrAsked } from "../terminal/Missing.ts"
import { Output } from "../terminal/Output.ts"
import { readDescription } from "./Description.ts"
import { headline, taskJson } from "./TaskOutput.ts"

export const add = Effect.fn("add")(function*(input: {
  readonly title: string | undefined
  readonly description: string | undefined
  readonly idempotencyKey: string | undefined
}) {
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
