import type { Command } from "@commander-js/extra-typings"
import type { ScriptToken } from "@todo/domain/tokens/ScriptToken"
import { Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import { changesAreMade, type Dispatch } from "../commandLine/Verb.ts"
import { forEachRef } from "../refs/ForEach.ts"
import { makeResolver } from "../refs/Resolver.ts"
import { agreement } from "../terminal/Agreement.ts"
import { namedOrPicked } from "../terminal/Missing.ts"
import { Output } from "../terminal/Output.ts"
import { printable } from "../terminal/TerminalText.ts"
import { allTokens } from "./AllTokens.ts"

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("revoke")
    .description(withExamples(
      "End tokens at once; asks first on a terminal",
      "todo token revoke ci",
      "todo token revoke --yes 0198c0de"
    ))
    .argument("[token...]", "its name, its id, or the first 6 or more characters of its id, if only one has it")
    .option("-y, --yes", "do not ask")
    .action((refs, { yes }) => dispatch({ refs, yes: yes === true }))

export const hintsOnLostResult = changesAreMade

export const run = Effect.fn("tokens.revoke")(function*({ refs, yes }: {
  readonly refs: ReadonlyArray<string>
  readonly yes: boolean
}) {
  const output = yield* Output
  const { tokens } = yield* ApiClient
  const items = yield* Effect.cached(allTokens())
  const named = yield* namedOrPicked(refs, {
    missing: "argument 'token'",
    question: "Revoke which token?",
    none: "There are no tokens.",
    choices: Effect.map(items, (all) => all.map(({ id, name }) => ({ value: id, label: `${printable(name)}  ${id}` })))
  })
  if (named.length === 0) return
  const all = Effect.succeed(yield* items)
  yield* forEachRef(
    named,
    yield* makeResolver({ word: "token", lister: "todo token list", label: nameOf, nameOf, all }),
    (named) => Effect.as(tokens.revoke({ params: { id: named.id }, headers: {} }), named),
    (revoked) =>
      output.result({
        json: () => ({ revoked: revoked.map(({ id, name }) => ({ id, name })) }),
        quiet: () => revoked.map(({ id }) => id),
        human: () => revoked.map((named) => headline("Revoked", named))
      }),
    yield* agreement<ScriptToken>({ yes, verb: "Revoke", things: "tokens", headline })
  )
})

const nameOf = ({ name }: ScriptToken): string => name

const headline = (word: string, { id, name }: ScriptToken): string => `${word} ${printable(name)}  ${id}`
