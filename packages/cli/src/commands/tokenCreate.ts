import { MadeScriptToken, NewScriptToken, type ScriptTokenScope } from "@todo/domain/tokens/ScriptToken"
import { DateTime, Effect, Schema } from "effect"
import { ApiClient } from "../ApiClient.ts"
import { lenient } from "../LenientAnswer.ts"
import { Output } from "../Output.ts"
import { Settings } from "../Settings.ts"
import { validate } from "../Validation.ts"

const madeTokenJson = Schema.encodeSync(lenient(MadeScriptToken))

export const tokenCreate = Effect.fn("tokenCreate")(function*(input: {
  readonly name: string
  readonly scopes: ReadonlyArray<ScriptTokenScope>
  readonly expiresInDays: number
}) {
  const { columns } = yield* Settings
  const output = yield* Output
  const payload = yield* validate(NewScriptToken, input)
  const tokens = yield* (yield* ApiClient).tokens
  const made = yield* tokens.create({ headers: {}, payload })
  // stdout has the secret alone, so that `TODO_TOKEN=$(todo token create …)` works.
  yield* output.result({
    json: () => madeTokenJson(made),
    quiet: () => [made.secret],
    human: () => [made.secret]
  })
  if (columns === undefined) return
  yield* output.note(
    `This is the token ${made.name}, for ${made.scopes.join(" and ")}, until ${DateTime.formatIso(made.expiresAt)}.`
  )
  yield* output.note("Keep it now: it is not shown again.")
  yield* output.note("Use it with TODO_TOKEN=… todo list")
})
