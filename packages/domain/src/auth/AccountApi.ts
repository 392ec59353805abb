import { Schema } from "effect"
import { HttpApi, HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { operation } from "../http/openapi/Operation.ts"
import { AuthContract } from "./AuthContract.ts"
import { originRefused, refused } from "./AuthProblem.ts"
import { EmailAddress, LandingPage, MailCode, NewPassword, Password, UserImage, UserName } from "./Credentials.ts"
import { SessionAuthorization } from "./SessionAuthorization.ts"

const AccountChanged = Schema.Struct({
  status: Schema.Boolean.annotate({ description: "Always true.", examples: [true] })
}).annotate({
  identifier: "AccountChanged",
  description: "That it is done."
})

const MailRequested = Schema.Struct({
  status: Schema.Boolean.annotate({ description: "Always true.", examples: [true] })
}).annotate({
  identifier: "MailRequested",
  description: "That a mail is on its way, if there is somebody to write to: the answer is always the same."
})

const noSession = "There is no live session."

/**
 * A person's own account, answered by Better Auth. A token for scripts is none
 * of its keys.
 */
export class AccountApi extends HttpApiGroup.make("account")
  .add(
    HttpApiEndpoint.post("changeName", "/update-user", {
      payload: Schema.Struct({ name: Schema.optionalKey(UserName), image: Schema.optionalKey(UserImage) }).annotate({
        identifier: "NameChange",
        description: "Another name, or picture; one of them at the least.",
        examples: [{ name: "Ada Lovelace" }]
      }),
      success: AccountChanged,
      error: [refused(401), refused(403)]
    }).middleware(SessionAuthorization).annotateMerge(operation({
      id: "changeName",
      limit: "anything",
      summary: "Change the name",
      description: "Gives the account another name, or picture.",
      headers: { 200: ["Set-Auth-Token", "Set-Cookie"] },
      responses: {
        200: "The name has changed.",
        400: "The name is not valid, or there is nothing to change.",
        401: noSession,
        403: originRefused
      }
    })),
    HttpApiEndpoint.post("changePassword", "/change-password", {
      payload: Schema.Struct({
        currentPassword: Password,
        newPassword: NewPassword,
        revokeOtherSessions: Schema.optionalKey(
          Schema.Boolean.annotate({ description: "For Better Auth's client: the other sessions end in any case." })
        )
      }).annotate({
        identifier: "PasswordChange",
        description: "The password as it is, and as it shall be.",
        examples: [{ currentPassword: "correct horse battery staple", newPassword: "another horse, another battery" }]
      }),
      success: Schema.Struct({
        token: Schema.String.annotate({
          description: "The token of the session that takes the place of this one.",
          examples: ["rUbYpZK2b0…"]
        })
      }).annotate({ identifier: "PasswordChanged", description: "A new session, the only one there is now." }),
      error: [refused(401), refused(403)]
    }).middleware(SessionAuthorization).annotateMerge(operation({
      id: "changePassword",
      limit: "confirmation",
      summary: "Change the password",
      description: "Sets another password, ends every session, and starts a new one for who asks.",
      headers: { 200: ["Set-Auth-Token", "Set-Cookie"] },
      responses: {
        200: "The password has changed.",
        400: "The password is wrong, or the new one is not valid.",
        401: noSession,
        403: originRefused
      }
    })),
    HttpApiEndpoint.post("changeEmail", "/change-email", {
      payload: Schema.Struct({
        newEmail: EmailAddress,
        password: Password,
        callbackURL: Schema.optionalKey(LandingPage)
      }).annotate({
        identifier: "EmailChange",
        description: "Another address, and the password as proof.",
        examples: [{ newEmail: "lovelace@example.com", password: "correct horse battery staple" }]
      }),
      success: MailRequested,
      error: [refused(401), refused(403)]
    }).middleware(SessionAuthorization).annotateMerge(operation({
      id: "changeEmail",
      limit: "changeEmail",
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
        description: "The password, as proof.",
        examples: [{ password: "correct horse battery staple" }]
      }),
      success: Schema.Struct({ success: Schema.Boolean.annotate({ description: "Always true.", examples: [true] }) })
        .annotate({
          identifier: "AccountDeleted",
          description: "That the account is gone."
        }),
      error: [refused(401), refused(403)]
    }).middleware(SessionAuthorization).annotateMerge(operation({
      id: "deleteAccount",
      limit: "confirmation",
      summary: "Delete the account",
      description: "Deletes the account with everything in it, at once and for good: tasks, tokens and sessions.",
      headers: { 200: ["Set-Cookie"] },
      responses: { 200: "The account is gone.", 400: "The password is wrong.", 401: noSession, 403: originRefused }
    })),
    HttpApiEndpoint.post("requestPasswordReset", "/request-password-reset", {
      payload: Schema.Struct({ email: EmailAddress, redirectTo: Schema.optionalKey(LandingPage) }).annotate({
        identifier: "PasswordResetRequest",
        description: "Whose password is to be set anew.",
        examples: [{ email: "ada@example.com" }]
      }),
      success: MailRequested,
      error: [refused(403)]
    }).annotateMerge(operation({
      id: "requestPasswordReset",
      limit: "mail",
      summary: "Ask for a new password",
      description: "Sends a mail with a link and a code, good for an hour, to the address if it has an account.",
      responses: { 200: "A mail is on its way.", 400: "The address is not valid.", 403: originRefused }
    })),
    HttpApiEndpoint.post("resetPassword", "/reset-password", {
      payload: Schema.Struct({ token: MailCode, newPassword: NewPassword }).annotate({
        identifier: "PasswordReset",
        description: "The code of the mail, and the password to set.",
        examples: [{ token: "x2cVbZ3…", newPassword: "another horse, another battery" }]
      }),
      success: AccountChanged,
      error: [refused(403)]
    }).annotateMerge(operation({
      id: "resetPassword",
      limit: "mailCode",
      summary: "Set a new password",
      description: "Sets the password with the code of a mail, once, and ends every session.",
      responses: {
        200: "The password is set.",
        400: "The code is wrong or too old, or the password is not valid.",
        403: originRefused
      }
    })),
    HttpApiEndpoint.post("requestVerification", "/send-verification-email", {
      payload: Schema.Struct({ email: EmailAddress, callbackURL: Schema.optionalKey(LandingPage) }).annotate({
        identifier: "VerificationRequest",
        description: "Which address is to be confirmed.",
        examples: [{ email: "ada@example.com" }]
      }),
      success: MailRequested,
      error: [refused(403)]
    }).annotateMerge(operation({
      id: "requestVerification",
      limit: "mail",
      summary: "Ask for a mail to confirm the address",
      description:
        "Sends a mail with a link and a code, good for an hour, to the address if its account has not confirmed it.",
      responses: { 200: "A mail is on its way.", 400: "The address is not valid.", 403: originRefused }
    })),
    HttpApiEndpoint.post("verifyEmail", "/verify-email", {
      payload: Schema.Struct({ token: MailCode }).annotate({
        identifier: "AddressConfirmation",
        description: "The code of the mail.",
        examples: [{ token: "AZqPx0b7dH2k…" }]
      }),
      success: AccountChanged,
      error: [refused(401), refused(403)]
    }).annotateMerge(operation({
      id: "verifyEmail",
      limit: "mailCode",
      summary: "Confirm the address",
      description:
        "Confirms with the code of a mail that the address is the user's, or makes it so after a change: then every session ends but the one whose token the request carries.",
      responses: {
        200: "The address is confirmed.",
        401: "The code is wrong or too old.",
        403: originRefused
      }
    })),
    HttpApiEndpoint.get("openVerification", "/verify-email", {
      query: { token: Schema.optionalKey(MailCode), callbackURL: Schema.optionalKey(LandingPage) },
      success: HttpApiSchema.WithHeaders(HttpApiSchema.Empty(303), {
        location: Schema.String.annotate({ description: "The page.", examples: ["/verify-email?token=AZqPx0b7dH2k…"] })
      })
    })
      // What gateways add to the links of mails changes nothing.
      .annotate(HttpApi.QueryParseOptions, { onExcessProperty: "ignore" })
      .annotateMerge(operation({
        id: "openVerification",
        limit: "anything",
        summary: "Go to the page that confirms an address",
        description:
          "Leads to the page with the button that confirms. It confirms nothing itself: programs that look at mails follow links.",
        responses: { 303: "To the page.", 400: "A parameter is repeated, or is no text." }
      }))
  )
  .middleware(AuthContract)
  .prefix("/api/auth")
  .annotateMerge(OpenApi.annotations({ title: "Account", description: "A person's own account, by Better Auth." }))
{}
