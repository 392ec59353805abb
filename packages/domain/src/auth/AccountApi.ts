import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { operation } from "../http/openapi/Operation.ts"
import { originRefused, refused } from "./AuthProblem.ts"
import { EmailAddress, NewPassword, Password, UserName } from "./Credentials.ts"
import { SessionAuthorization } from "./SessionAuthorization.ts"

const Done = Schema.Struct({ status: Schema.Boolean.annotate({ examples: [true] }) }).annotate({
  identifier: "AccountDone",
  description: "That it is done."
})

const MailOnItsWay = Schema.Struct({ status: Schema.Boolean.annotate({ examples: [true] }) }).annotate({
  identifier: "MailOnItsWay",
  description: "That a mail is on its way, if there is somebody to write to: the answer is always the same."
})

/** A code that a mail brought. */
const MailCode = Schema.String.annotate({ description: "The code of the mail.", examples: ["x2cVbZ3…"] })

const LandingPage = Schema.optionalKey(Schema.String.annotate({
  description: "Where the mail's link leads in the end: a page of an allowed origin. Without it, one of this service.",
  examples: ["https://app.example.com/welcome"]
}))

const noSession = "There is no live session."

/**
 * A person's own account, answered by Better Auth. A token for scripts is none
 * of its keys.
 */
export class AccountApi extends HttpApiGroup.make("account")
  .add(
    HttpApiEndpoint.post("changeName", "/update-user", {
      payload: Schema.Struct({ name: UserName }).annotate({
        identifier: "NameChange",
        examples: [{ name: "Ada Lovelace" }]
      }),
      success: Done,
      error: [refused(400), refused(401), refused(403)]
    }).middleware(SessionAuthorization).annotateMerge(operation({
      id: "changeName",
      summary: "Change the name",
      description: "Gives the account another name.",
      responses: { 200: "The name has changed.", 400: "The name is not valid.", 401: noSession, 403: originRefused }
    })),
    HttpApiEndpoint.post("changePassword", "/change-password", {
      payload: Schema.Struct({ currentPassword: Password, newPassword: NewPassword }).annotate({
        identifier: "PasswordChange",
        examples: [{ currentPassword: "correct horse battery staple", newPassword: "another horse, another battery" }]
      }),
      success: Schema.Struct({
        token: Schema.String.annotate({
          description: "The token of the session that takes the place of this one.",
          examples: ["rUbYpZK2b0…"]
        })
      }).annotate({ identifier: "PasswordChanged", description: "A new session, the only one there is now." }),
      error: [refused(400), refused(401), refused(403)]
    }).middleware(SessionAuthorization).annotateMerge(operation({
      id: "changePassword",
      summary: "Change the password",
      description: "Sets another password, ends every session, and starts a new one for who asks.",
      responses: {
        200: "The password has changed.",
        400: "The password is wrong, or the new one is not valid.",
        401: noSession,
        403: originRefused
      }
    })),
    HttpApiEndpoint.post("changeEmail", "/change-email", {
      payload: Schema.Struct({ newEmail: EmailAddress, password: Password, callbackURL: LandingPage }).annotate({
        identifier: "EmailChange",
        examples: [{ newEmail: "lovelace@example.com", password: "correct horse battery staple" }]
      }),
      success: MailOnItsWay,
      error: [refused(400), refused(401), refused(403)]
    }).middleware(SessionAuthorization).annotateMerge(operation({
      id: "changeEmail",
      summary: "Change the email address",
      description:
        "Sends a mail with a link to the new address. The address changes, and all other sessions end, when the link is used. For an address that has an account the answer is the same, and nothing changes.",
      responses: {
        200: "A mail is on its way.",
        400: "The address is not valid, or the password is wrong.",
        401: noSession,
        403: originRefused
      }
    })),
    HttpApiEndpoint.post("deleteAccount", "/delete-user", {
      payload: Schema.Struct({ password: Password }).annotate({
        identifier: "AccountDeletion",
        examples: [{ password: "correct horse battery staple" }]
      }),
      success: Schema.Struct({ success: Schema.Boolean.annotate({ examples: [true] }) }).annotate({
        identifier: "AccountDeleted",
        description: "That the account is gone."
      }),
      error: [refused(400), refused(401), refused(403)]
    }).middleware(SessionAuthorization).annotateMerge(operation({
      id: "deleteAccount",
      summary: "Delete the account",
      description: "Deletes the account with everything in it, at once and for good: tasks, tokens and sessions.",
      responses: { 200: "The account is gone.", 400: "The password is wrong.", 401: noSession, 403: originRefused }
    })),
    HttpApiEndpoint.post("requestPasswordReset", "/request-password-reset", {
      payload: Schema.Struct({ email: EmailAddress, redirectTo: LandingPage }).annotate({
        identifier: "PasswordResetRequest",
        examples: [{ email: "ada@example.com" }]
      }),
      success: MailOnItsWay,
      error: [refused(400), refused(403)]
    }).annotateMerge(operation({
      id: "requestPasswordReset",
      summary: "Ask for a new password",
      description: "Sends a mail with a link and a code, good for an hour, to the address if it has an account.",
      responses: { 200: "A mail is on its way.", 400: "The address is not valid.", 403: originRefused }
    })),
    HttpApiEndpoint.post("resetPassword", "/reset-password", {
      payload: Schema.Struct({ token: MailCode, newPassword: NewPassword }).annotate({
        identifier: "PasswordReset",
        examples: [{ token: "x2cVbZ3…", newPassword: "another horse, another battery" }]
      }),
      success: Done,
      error: [refused(400), refused(403)]
    }).annotateMerge(operation({
      id: "resetPassword",
      summary: "Set a new password",
      description: "Sets the password with the code of a mail, once, and ends every session.",
      responses: {
        200: "The password is set.",
        400: "The code is wrong or too old, or the password is not valid.",
        403: originRefused
      }
    })),
    HttpApiEndpoint.post("requestVerification", "/send-verification-email", {
      payload: Schema.Struct({ email: EmailAddress, callbackURL: LandingPage }).annotate({
        identifier: "VerificationRequest",
        examples: [{ email: "ada@example.com" }]
      }),
      success: MailOnItsWay,
      error: [refused(400), refused(403)]
    }).annotateMerge(operation({
      id: "requestVerification",
      summary: "Ask for a mail to confirm the address",
      description:
        "Sends a mail with a link and a code, good for an hour, to the address if its account has not confirmed it.",
      responses: { 200: "A mail is on its way.", 400: "The address is not valid.", 403: originRefused }
    })),
    HttpApiEndpoint.get("verifyEmail", "/verify-email", {
      query: { token: MailCode },
      success: Done,
      error: [refused(400), refused(401), refused(403)]
    }).annotateMerge(operation({
      id: "verifyEmail",
      summary: "Confirm the address",
      description: "Confirms with the code of a mail that the address is the user's, or makes it so after a change.",
      responses: {
        200: "The address is confirmed.",
        400: "There is no code.",
        401: "The code is wrong or too old.",
        403: originRefused
      }
    }))
  )
  .prefix("/api/auth")
  .annotateMerge(OpenApi.annotations({ title: "Account", description: "A person's own account, by Better Auth." }))
{}
