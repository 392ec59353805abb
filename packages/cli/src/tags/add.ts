import type { Command } from "@commander-js/extra-typings"
import { TagName } from "@todo/domain/tags/TagName"
import { Effect, Schema } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { validate } from "../client/Validation.ts"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { namedOrPickedTask } from "../tasks/PickTask.ts"
import { forEachTaskAtOnce } from "../tasks/TaskBatch.ts"
import { printTasks } from "../tasks/TaskOutput.ts"
import { makeTaskResolver } from "../tasks/TaskResolver.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("add")
    .description(withExamples("Give tasks a tag, whatever others they have", "todo tag add home 7 8"))
    .argument("<tag>", "the tag's name; a new one is made")
    .argument("[ref...]", refs)
    .action((tag, refs) => dispatch({ tag, refs }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tags.add")(function*({ refs: typed, tag }: {
  readonly tag: string
  readonly refs: ReadonlyArray<string>
}) {
  const { tasks } = yield* ApiClient
  const { name } = yield* validate(Schema.Struct({ name: TagName }), { name: tag })
  const { isOne, refs } = yield* namedOrPickedTask(typed, { state: "open", question: "Tag which task?" })
  yield* forEachTaskAtOnce(refs, {
    resolve: yield* makeTaskResolver,
    single: ({ id }) => Effect.map(tasks.tag({ params: { id, name }, headers: {} }), ({ body }) => body),
    operation: ({ id }) => ({ op: "task.tag", id, name }),
    finish: printTasks("Tagged", isOne)
  })
})
