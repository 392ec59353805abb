import { MadeScriptToken, NewScriptToken, type ScriptTokenScope } from "@todo/domain/tokens/ScriptToken"
import { Clock, Effect, Schema } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { lenient } from "../client/LenientAnswer.ts"
import { objectionTo, validate } from "../client/Validation.ts"
import { Settings } from "../Settings.ts"
import { givenOrAsked } from "../terminal/Missing.ts"
import { renderMoment } from "../terminal/Moment.ts"
import { Output } from "../terminal/Output.ts"

const madeTokenJson = Schema.encodeSync(lenient(MadeScriptToken))

export const tokenCreate = Effect.fn("tokenCreate")(function*(input: {
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
  const tokens = yield* (yield* ApiClient).tokens
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
