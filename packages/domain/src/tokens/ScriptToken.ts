import { Schema } from "effect"
import { instant } from "../http/Instant.ts"
import { oneLine, Text } from "../http/Text.ts"

/** The id of a token for scripts. */
export const ScriptTokenId = Schema.String.check(Schema.isUUID()).pipe(Schema.brand("ScriptTokenId")).annotate({
  identifier: "ScriptTokenId",
  description: "The token's id, a UUID of version 7. Not the secret.",
  examples: ["0198c0de-7a5c-7000-8000-0000000000b1" as never]
})
export type ScriptTokenId = typeof ScriptTokenId.Type

/** What a token for scripts may be for: tasks, never the account. */
export const ScriptTokenScope = Schema.Literals(["tasks:read", "tasks:write"])
export type ScriptTokenScope = typeof ScriptTokenScope.Type

const scopes = Schema.Array(ScriptTokenScope).check(Schema.isMinLength(1), Schema.isMaxLength(2), Schema.isUnique())
  .annotate({ description: "What it may be used for.", examples: [["tasks:read", "tasks:write"]] })

/** A token for scripts, without its secret. */
export const ScriptToken = Schema.Struct({
  id: ScriptTokenId,
  name: Schema.String.annotate({ description: "What the user calls it.", examples: ["ci"] }),
  scopes,
  createdAt: instant("When it was made."),
  expiresAt: instant("When it ends."),
  lastUsedAt: Schema.NullOr(instant("When it was last exchanged for a JWT.")).annotate({
    description: "When it was last exchanged for a JWT; null if never."
  })
}).annotate({ identifier: "ScriptToken", description: "A token for scripts, without its secret." })
export interface ScriptToken extends Schema.Schema.Type<typeof ScriptToken> {}

/** The most live tokens that a user may have; the function `create_script_token` counts them. */
export const mostScriptTokens = 50

/** A token to make. */
export const NewScriptToken = Schema.Struct({
  name: Text.check(
    // An empty one is too short.
    Schema.makeFilter((name: string) => name === "" || /\S/.test(name) || "Expected a name that is not blank", {
      title: "not blank"
    }),
    Schema.isBetweenCodePoints(1, 100, { message: "Expected a name of 1 to 100 characters" }),
    Schema.isPattern(oneLine, { message: "Expected a name without control characters" })
  ).annotate({
    description: "What to call it: 1 to 100 characters on one line, not blank.",
    examples: ["ci"]
  }),
  scopes,
  expiresInDays: Schema.Int.check(
    Schema.isBetween({ minimum: 1, maximum: 366 }, { message: "Expected between 1 and 366 days" })
  ).annotate({ description: "In how many days it ends: 1 to 366.", examples: [90] })
}).annotate({
  identifier: "NewScriptToken",
  description: "A token to make.",
  examples: [{ name: "ci", scopes: ["tasks:read", "tasks:write"], expiresInDays: 90 }]
})
export interface NewScriptToken extends Schema.Schema.Type<typeof NewScriptToken> {}

/**
 * What a secret looks like, for secret scanners: a prefix, 30 random
 * characters and a checksum of 6.
 */
export const scriptTokenPattern = /^todo_[0-9A-Za-z]{36}$/u

/** A token just made, with its secret: it is not shown again. */
export const MadeScriptToken = Schema.Struct({
  ...ScriptToken.fields,
  secret: Schema.String.check(Schema.isPattern(scriptTokenPattern)).annotate({
    description: "The secret. Keep it now: only its hash is stored.",
    examples: ["todo_abcdefghijklmnopqrstuvwxyzABCDEFGHIJ"]
  })
}).annotate({ identifier: "MadeScriptToken", description: "A token just made, with its secret." })
export interface MadeScriptToken extends Schema.Schema.Type<typeof MadeScriptToken> {}
