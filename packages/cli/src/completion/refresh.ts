import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { dirname } from "node:path"
import { writeAtomically } from "../client/AtomicFile.ts"
import { makeFolder } from "../client/MakeFolder.ts"
import { privateMode } from "../client/PrivateFile.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { notSignedIn } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { completedFor } from "./AfterChange.ts"
import { cacheFileOf, pruneBeside } from "./CompletionCache.ts"
import { refreshedValues } from "./RefreshedValues.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("refresh")
    .description(withExamples(
      "Ask the service anew for what is completed, which happens by itself",
      "todo completion refresh"
    ))
    .action(() => dispatch({}))

export const hintsOnLostResult = []

export const run = Effect.fn("completion.refresh")(function*(_input: {}) {
  const settings = yield* Settings
  const file = cacheFileOf(process.env, completedFor(settings))
  if (file === undefined) return yield* notSignedIn(settings.apiUrl)
  const values = yield* refreshedValues()
  yield* Effect.sync(() => {
    makeFolder(dirname(file), 0o700)
    writeAtomically(file, JSON.stringify(values), privateMode)
    pruneBeside(file)
  })
  const { open, projects, tags, views } = values
  yield* (yield* Output).result({
    json: () => ({ projects: projects.length, tags: tags.length, views: views.length, tasks: open.length }),
    quiet: () => [],
    human: () => [
      `What is completed: ${projects.length} projects, ${tags.length} tags, ${views.length} views, ${open.length} open tasks`
    ]
  })
})
