import type { Command } from "@commander-js/extra-typings"
import { NewComment } from "@todo/domain/comments/Comment"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { validate } from "../client/Validation.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { TextArgument } from "../commandLine/TodoCommand.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { commentJson } from "../comments/CommentOutput.ts"
import { given, givenOrAsked } from "../terminal/Missing.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { readDescription } from "./Description.ts"
import { namedOrPickedTask } from "./PickTask.ts"
import { makeTaskResolver } from "./TaskResolver.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("comment")
    .description(withExamples(
      "Say something about a task; todo show has it",
      "todo comment 7 They close at six",
      "date | todo comment 7 -"
    ))
    .argument("[ref]", "a task's number (7), its id, or the first 6 or more characters of its id")
    .addArgument(new TextArgument("[text...]", "what is said; words are joined, - reads it from stdin"))
    .action((ref, words) => dispatch({ ref, text: words.length === 0 ? undefined : words.join(" ") }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tasks.comment")(function*({ ref, text }: {
  readonly ref: string | undefined
  readonly text: string | undefined
}) {
  const output = yield* Output
  const { comments } = yield* ApiClient
  const named = yield* namedOrPickedTask(given(ref), { state: "all", question: "Comment on which task?" })
  const [one] = named.refs
  if (one === undefined) return
  const said = yield* givenOrAsked(text, {
    missing: "argument 'text'",
    question: "What is to be said?",
    objection: () => undefined
  })
  const payload = yield* validate(NewComment, { id: undefined, text: yield* readDescription<undefined>(said) })
  const task = yield* (yield* makeTaskResolver)(one)
  const { body } = yield* comments.create({ params: { id: task.id }, payload, headers: {} })
  yield* output.result({
    json: () => commentJson(body),
    quiet: () => [body.id],
    human: () => [`Commented on ${task.number}  ${printable(task.title)}`]
  })
})
