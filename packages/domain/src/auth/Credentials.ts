import { type JsonSchema, Schema } from "effect"
import { oneLine, Text } from "../http/Text.ts"
import { maxNameLength } from "./DisplayName.ts"
import { maxAddressLength } from "./EmailAddress.ts"
import { passwordLimits } from "./Password.ts"

/*
 * What the contract lets through to the rules of accounts and to Better Auth: text that is well formed, and not longer
 * than anything they could want. The rules themselves (`AccountRules` of the service) answer with codes of their own.
 * `rule` is what the document tells of them.
 */
const member = (rule: JsonSchema.JsonSchema = {}) =>
  Text.check(Schema.isMaxLength(2048, {
    message: "Expected at most 2048 characters",
    toJsonSchema: () => ({ maxLength: 2048, ...rule })
  }))

/** The address of an account; upper and lower case are the same. */
export const EmailAddress = member({ maxLength: maxAddressLength }).annotate({
  description: "An email address of at most 254 characters.",
  format: "email",
  examples: ["ada@example.com"]
})

/** How a person wants to be called. */
export const UserName = member({ minLength: 1, maxLength: maxNameLength, pattern: oneLine.source }).annotate({
  description: "The name to greet the user by: 1 to 100 characters, on one line.",
  examples: ["Ada Lovelace"]
})

/** A password to set. */
export const NewPassword = member({ minLength: passwordLimits.min, maxLength: passwordLimits.max }).annotate({
  description: "8 to 128 characters (Unicode code points, after NFKC). It is the same however a keyboard makes them.",
  format: "password",
  examples: ["correct horse battery staple"]
})

/** The password of the account, as proof. */
export const Password = member().annotate({
  description: "The account's password.",
  format: "password",
  examples: ["correct horse battery staple"]
})

/** A picture of the user. */
export const UserImage = Schema.NullOr(member()).annotate({
  description: "A picture of the user: an http or https URL, or null.",
  examples: [null]
})

/** A page of a frontend. */
export const LandingPage = member().annotate({
  description: "Where the mail's link leads in the end: a page of an allowed origin. Without it, one of this service.",
  examples: ["https://app.example.com/welcome"]
})

/** A code that a mail brought. */
export const MailCode = member().annotate({
  description: "The code of the mail, good for an hour.",
  examples: ["AZqPx0b7dH2k…"]
})
