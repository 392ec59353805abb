import { NewTask } from "@todo/domain/tasks/Task"
import { Effect } from "effect"
import { ApiClient } from "../ApiClient.ts"
import { readDescription } from "../Description.ts"
import { keyFor, repeatable } from "../IdempotencyKey.ts"
import { Output } from "../Output.ts"
import { headline, taskJson } from "../TaskOutput.ts"
import { validate } from "../Validation.ts"

export const add = Effect.fn("add")(function*(input: {
  readonly title: string
  readonly description: string | undefined
  readonly idempotencyKey: string | undefined
}) {
  const key = yield* keyFor(input.idempotencyKey)
  const description = yield* readDescription(input.description)
  const payload = yield* validate(NewTask, {
    title: input.title,
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
