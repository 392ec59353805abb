import { type Command, InvalidArgumentError } from "@commander-js/extra-typings"
import { MadeScriptToken, NewScriptToken, type ScriptTokenScope } from "@todo/domain/tokens/ScriptToken"
import { Clock, Effect, Schema } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { lenient } from "../client/LenientAnswer.ts"
import { objectionTo, validate } from "../client/Validation.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Dispatch } from "../commandLine/Verb.ts"
import { Settings } from "../Settings.ts"
import { givenOrAsked } from "../terminal/Missing.ts"
import { renderMoment } from "../terminal/Moment.ts"
import { Output } from "../terminal/Output.ts"

/** Every scope, as the type sees to: the contract's own list is not loaded for `--help`. */
const scopes: Readonly<Record<ScriptTokenScope, true>> = { "tasks:read": true, "tasks:write": true }

const isScope = (text: string): text is ScriptTokenScope => Object.hasOwn(scopes, text)

const knownScopes: ReadonlyArray<ScriptTokenScope> = Object.keys(scopes).filter(isScope)

/** Each `--scope` adds to those before it. */
const anotherScope = (
  text: string,
  previous: ReadonlyArray<ScriptTokenScope> | undefined = []
): ReadonlyArray<ScriptTokenScope> => {
  if (!isScope(text)) throw new InvalidArgumentError(`Expected ${knownScopes.join(" or ")}.`)
  return previous.includes(text) ? previous : [...previous, text]
}

const maxDays = 366

const days = (text: string): number => {
  const [, count, unit] = /^(\d+)([dw])$/.exec(text) ?? []
  const value = Number(count) * (unit === "w" ? 7 : 1)
  if (!(value >= 1 && value <= maxDays)) {
    throw new InvalidArgumentError(`Expected days or weeks, as in 90d or 12w, of 1 to ${maxDays} days.`)
  }
  return value
}

export const command = (parent: Command, dispatch: Dispatch<typeof run>) =>
  parent.command("create")
    .description(withExamples(
      "Make a token and print its secret, this once",
      "todo token create --name ci",
      "todo token create --name report --scope tasks:read --expires 4w",
      "todo token create --name ci --quiet | gh secret set TODO_TOKEN"
    ))
    .option("--name <name>", "what to call it")
    .option("--scope <scope>", `${knownScopes.join(" or ")}; repeat it for both, which is the default`, anotherScope)
    .option("--expires <time>", `days or weeks until it ends, up to ${maxDays} days (default: 90d)`, days)
    .action(({ expires = 90, name, scope = knownScopes }) => dispatch({ name, scopes: scope, expiresInDays: expires }))

/** Nobody has the secret, and nothing shows it again. */
export const hintsOnLostResult = [
  "The token was made, and its secret is lost: end it with `todo token revoke`, and make another."
]

export const run = Effect.fn("tokens.create")(function*(input: {
  readonly name: string | undefined
  readonly scopes: ReadonlyArray<ScriptTokenScope>
  readonly expiresInDays: number
}) {
  const { columns } = yield* Settings
  const output = yield* Output
  const name = yield* givenOrAsked(input.name, {
    missing: "option '--name <name>'",
    question: "Name of the token",
    objection: objectionTo(NewScriptToken.fields.name)
  })
  const payload = yield* validate(NewScriptToken, { ...input, name })
  const { tokens } = yield* ApiClient
  const made = yield* tokens.create({ headers: {}, payload })
  // stdout has the secret alone, so that `TODO_TOKEN=$(todo token create …)` works.
  yield* output.result({
    json: () => madeTokenJson(made),
    quiet: () => [made.secret],
    human: () => [made.secret]
  })
  if (columns === undefined) return
  const end = renderMoment(made.expiresAt, { columns, now: yield* Clock.currentTimeMillis })
  yield* output.note(`This is the token ${made.name}, for ${made.scopes.join(" and ")}, until ${end}.`)
  yield* output.note("Keep it now: it is not shown again.")
  yield* output.note("Use it with TODO_TOKEN=… todo list")
})

const madeTokenJson = Schema.encodeSync(lenient(MadeScriptToken))
