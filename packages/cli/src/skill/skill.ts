import type { Command } from "@commander-js/extra-typings"
import { Effect } from "effect"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { Output } from "../terminal/Output.ts"
import { guideText } from "./GuideText.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("skill")
    .description(withExamples(
      "Print a short guide for coding agents",
      "todo skill",
      "mkdir -p .claude/skills/todo && todo skill > .claude/skills/todo/SKILL.md"
    ))
    .action(() => dispatch({}))

export const hintsOnLostResult = []

export const run = Effect.fn("skill.skill")(function*(_input: {}) {
  const text = yield* guideText
  yield* (yield* Output).result({
    json: () => ({ text }),
    quiet: () => text.trimEnd().split("\n"),
    human: () => text.trimEnd().split("\n")
  })
})
