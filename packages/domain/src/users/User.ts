import { Schema } from "effect"
import { instant } from "../http/Instant.ts"

/** The id of a user: a UUID, given at sign-up. */
export const UserId = Schema.String.check(Schema.isUUID()).pipe(Schema.brand("UserId")).annotate({
  identifier: "UserId",
  description: "The user's id, a UUID.",
  examples: ["0198c0de-0000-7000-8000-00000000abba" as never]
})
export type UserId = typeof UserId.Type

/** A person with an account, as that person sees it. */
export const User = Schema.Struct({
  id: UserId,
  name: Schema.String.annotate({ description: "The name to greet the user by.", examples: ["Ada Lovelace"] }),
  email: Schema.String.annotate({
    description: "The address to sign in with.",
    format: "email",
    examples: ["ada@example.com"]
  }),
  emailVerified: Schema.Boolean.annotate({
    description: "Whether the user proved to own the address.",
    examples: [false]
  }),
  createdAt: instant("When the account was made.")
}).annotate({ identifier: "User", description: "The signed-in user." })
export interface User extends Schema.Schema.Type<typeof User> {}
