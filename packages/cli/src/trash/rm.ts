import type { Command } from "@commander-js/extra-typings"
import type { TrashedTask } from "@todo/domain/trash/TrashedTask"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { forEachRef } from "../refs/ForEach.ts"
import { headline, printDeleted } from "../tasks/TaskOutput.ts"
import { agreement } from "../terminal/Agreement.ts"
import { allTrash } from "./AllTrash.ts"
import { goneAlong } from "./GoneAlong.ts"
import { namedOrPickedTrash } from "./PickTrash.ts"
import { makeTrashResolver } from "./TrashResolver.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("rm")
    .description(withExamples(
      "Delete tasks of the trash for good, which nothing undoes; asks on a terminal",
      "todo trash rm 7",
      "todo trash rm --yes 7 8"
    ))
    .argument("[ref...]", refs)
    .option("-y, --yes", "do not ask")
    .action((refs, { yes }) => dispatch({ refs, yes: yes === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("trash.rm")(function*({ refs, yes }: {
  readonly refs: ReadonlyArray<string>
  readonly yes: boolean
}) {
  const { tasks } = yield* ApiClient
  const named = yield* namedOrPickedTrash(refs, "Delete which task for good?")
  const gone = goneAlong(named.length > 1 ? yield* allTrash() : [])
  yield* forEachRef(
    named,
    yield* makeTrashResolver,
    Effect.fnUntraced(function*(task: TrashedTask) {
      if (gone.has(task)) return task
      yield* tasks.remove({ params: { id: task.id }, query: { permanent: true }, headers: {} })
      gone.note(task.id)
      return task
    }),
    printDeleted("Deleted for good:"),
    yield* agreement<TrashedTask>({ yes, verb: "Delete for good:", things: "tasks", headline })
  )
})
