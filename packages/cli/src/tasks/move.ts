import { type Command, Option } from "@commander-js/extra-typings"
import { Move } from "@todo/domain/tasks/Move"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { validate } from "../client/Validation.ts"
import { refs, withExamples } from "../commandLine/HelpText.ts"
import { ownOptions } from "../commandLine/OwnOptions.ts"
import { endOf, placeOptions } from "../commandLine/PlaceOptions.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { projectIdOf } from "../projects/ProjectOption.ts"
import { movesOf } from "../refs/Moves.ts"
import { Output } from "../terminal/Output.ts"
import { namedOrPickedTask } from "./PickTask.ts"
import { taskIdOf } from "./TaskIds.ts"
import { headline } from "./TaskOutput.ts"
import { makeTaskResolver } from "./TaskResolver.ts"

const places = placeOptions("ref", "task")

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("move")
    .description(withExamples(
      "Put tasks in order, or below another",
      "todo move 7 --before 3",
      "todo move 7 8 9 --after 3",
      "todo move 7 --first",
      "todo move 7 8 --parent 5",
      "todo move 7 --no-parent",
      "todo move 7 8 --project Work --first"
    ))
    .argument("[ref...]", `${refs}; in the order in which they are to stand`)
    .addOption(places.before)
    .addOption(places.after)
    .addOption(places.first)
    .addOption(places.last)
    .addOption(
      new Option("--parent <ref>", "below this task, as the last unless --first is given").conflicts([
        "before",
        "after"
      ])
    )
    .option("--no-parent", "below no task")
    .addOption(
      new Option("--project <project>", "into this project, as the last unless --first is given").conflicts([
        "before",
        "after"
      ])
    )
    .option("--no-project", "into the Inbox")
    .action((refs, options, command) => {
      const { after, before, first, last, parent, project } = options
      const given = command.options.some((option) => command.getOptionValueSource(option.attributeName()) === "cli")
      return given
        ? dispatch({
          refs,
          at: endOf({ first, last }),
          ...ownOptions({ after, before, parent, project })
        })
        : command.error("Missing --before, --after, --first, --last, --parent or --project")
    })

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tasks.move")(function*({ after, at, before, parent, project, refs }: {
  readonly refs: ReadonlyArray<string>
  readonly before?: string | undefined
  readonly after?: string | undefined
  readonly at: "first" | "last" | undefined
  readonly parent?: string | null | undefined
  readonly project?: string | null | undefined
}) {
  const { tasks } = yield* ApiClient
  const named = yield* namedOrPickedTask(refs, { state: "open", question: "Move which task?" })
  if (named.refs.length === 0) return
  const { moved, where } = yield* movesOf(yield* makeTaskResolver, named.refs, { before, after, at })
  const payload = yield* validate(Move, {
    ...where,
    projectId: yield* projectIdOf(project),
    parentId: yield* taskIdOf(parent)
  })
  const { body: { items } } = yield* tasks.move({ headers: {}, payload })
  yield* (yield* Output).result({
    json: () => items,
    quiet: () => items.map(({ number }) => String(number)),
    human: () => moved.map((task) => headline("Moved", task))
  })
})
