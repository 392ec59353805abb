import type { Command } from "@commander-js/extra-typings"
import { ChangeCursor } from "@todo/domain/changes/Change"
import { Effect, Schema } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure, usage } from "../failures/Failure.ts"
import { AlreadyReported } from "../refs/ForEach.ts"
import { Settings } from "../Settings.ts"
import { endOfWatching } from "../terminal/Ending.ts"
import { execInShell } from "../terminal/Exec.ts"
import { Output } from "../terminal/Output.ts"
import { printableJson } from "../terminal/TerminalText.ts"
import { follow, type Place } from "./Following.ts"
import { type Happening, happeningJson, happeningRef, renderHappening } from "./Happening.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("watch")
    .description(withExamples(
      "Print what happens as it does, until Ctrl-C",
      "todo watch",
      "todo watch --json | jq --unbuffered -r .value.title",
      "todo watch --exec 'jq -r .value.title >> titles.txt'",
      "todo watch --json --since \"$(tail -n 1 changes.ndjson | jq -r .cursor)\" >> changes.ndjson"
    ))
    .option("--since <cursor>", "first what has happened since: the `cursor` of a change; an empty one is now")
    .option("--exec <command>", "run it in the shell for each change, which is JSON on its stdin; print nothing")
    .action(({ exec, since }) => dispatch({ exec, since: since === "" ? undefined : since }))

export const hintsOnLostResult = []

export const run = Effect.fn("changes.watch")(function*({ exec, since }: {
  readonly exec: string | undefined
  readonly since: string | undefined
}) {
  const settings = yield* Settings
  const output = yield* Output
  if (since !== undefined && !isCursor(since)) return yield* usage("--since takes the `cursor` of a change")
  const place: Place = { cursor: since }
  const goOn = () => place.cursor === undefined ? [] : [`\`todo watch --since ${place.cursor}\` goes on from there.`]

  const handle = (happening: Happening) =>
    exec === undefined
      ? output.result({
        json: () => happeningJson(happening),
        quiet: () => [happeningRef(happening)],
        human: () => [renderHappening(happening, settings)]
      })
      : Effect.mapError(
        execInShell(exec, `${printableJson(happeningJson(happening))}\n`),
        // The change counts as not handled: nothing is passed over.
        (failure) => new Failure({ ...failure, message: failure.message, hints: goOn() })
      )

  if (settings.columns !== undefined) yield* output.note("Watching; Ctrl-C ends it.")
  const exitCode = yield* Effect.raceFirst(endOfWatching, follow(place, handle))
  if (exitCode === ExitCode.done) return
  for (const line of goOn()) yield* output.note(line)
  return yield* new AlreadyReported({ exitCode })
})

const isCursor = Schema.is(ChangeCursor)
