import { Schema } from "effect"

/** The address of an account; upper and lower case are the same. */
export const EmailAddress = Schema.String.annotate({
  description: "An email address.",
  format: "email",
  examples: ["ada@example.com"]
})

/** How a person wants to be called. */
export const UserName = Schema.String.annotate({
  description: "The name to greet the user by: 1 to 100 characters.",
  examples: ["Ada Lovelace"]
})

/** A password to set. */
export const NewPassword = Schema.String.annotate({
  description: "8 to 128 characters (Unicode code points, after NFKC). It is the same however a keyboard makes them.",
  format: "password",
  examples: ["correct horse battery staple"]
})

/** The password of the account, as proof. */
export const Password = Schema.String.annotate({
  description: "The account's password.",
  format: "password",
  examples: ["correct horse battery staple"]
})
