import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { operation } from "../http/openapi/Operation.ts"
import { UserId } from "../users/User.ts"
import { originRefused, refused } from "./AuthProblem.ts"
import { EmailAddress, NewPassword, Password, UserName } from "./Credentials.ts"
import { SessionAuthorization } from "./SessionAuthorization.ts"

const SessionToken = Schema.String.annotate({
  description: "The session token. Keep it secret.",
  examples: ["rUbYpZK2b0…"]
})

const AccountHolder = Schema.Struct({ id: UserId, name: UserName, email: EmailAddress })

const SignedIn = Schema.Struct({ token: SessionToken, user: AccountHolder }).annotate({
  identifier: "SignedIn",
  description: "A session and its user."
})

const SignedUp = Schema.Struct({
  token: Schema.NullOr(SessionToken).annotate({
    description: "The session token; null where the address has to be confirmed before the first sign-in."
  }),
  user: AccountHolder
}).annotate({
  identifier: "SignedUp",
  description: "The account. Without a token it may be nobody's: the mail tells the owner of the address what is true."
})

/** A public key as RFC 7517 and RFC 8037 write it. */
const PublicKey = Schema.Struct({
  kid: Schema.String,
  alg: Schema.Literal("EdDSA"),
  kty: Schema.Literal("OKP"),
  crv: Schema.Literal("Ed25519"),
  x: Schema.String
}).annotate({ identifier: "PublicKey", description: "A public key (RFC 7517, RFC 8037)." })

/**
 * The part of Better Auth that clients need to sign people in and get JWTs.
 * Better Auth answers these; its own client library knows them and the rest.
 */
export class AuthApi extends HttpApiGroup.make("auth")
  .add(
    HttpApiEndpoint.post("signUp", "/sign-up/email", {
      payload: Schema.Struct({
        name: UserName,
        email: EmailAddress,
        password: NewPassword
      }).annotate({
        identifier: "SignUp",
        description: "An account to make.",
        examples: [{ name: "Ada Lovelace", email: "ada@example.com", password: "correct horse battery staple" }]
      }),
      success: SignedUp,
      error: [
        refused(400),
        refused(403),
        refused(422)
      ]
    }).annotateMerge(operation({
      id: "signUp",
      summary: "Sign up",
      description:
        "Makes an account and signs it in. Where addresses have to be confirmed first, it answers the same for an address that has an account, and the mail tells.",
      responses: {
        200: "The new account.",
        400: "The name, the address or the password is not valid.",
        403: originRefused,
        422: "There is an account with this address; never where addresses have to be confirmed first."
      }
    })),
    HttpApiEndpoint.post("signIn", "/sign-in/email", {
      payload: Schema.Struct({ email: EmailAddress, password: Password }).annotate({
        identifier: "SignIn",
        description: "Who signs in.",
        examples: [{ email: "ada@example.com", password: "correct horse battery staple" }]
      }),
      success: SignedIn,
      error: [
        refused(400),
        refused(401),
        refused(403)
      ]
    }).annotateMerge(operation({
      id: "signIn",
      summary: "Sign in",
      description: "Starts a session and answers its token; a browser also gets the session cookie.",
      responses: {
        200: "The new session.",
        400: "The address is not valid.",
        401: "The address or the password is wrong.",
        403: originRefused
      }
    })),
    HttpApiEndpoint.post("signOut", "/sign-out", {
      success: Schema.Struct({ success: Schema.Boolean.annotate({ examples: [true] }) }).annotate({
        identifier: "SignedOut",
        description: "That the session has ended."
      }),
      error: [refused(403)]
    }).middleware(SessionAuthorization).annotateMerge(operation({
      id: "signOut",
      summary: "Sign out",
      description: "Ends the session. Its JWTs are refused from then on.",
      responses: { 200: "The session has ended.", 403: originRefused }
    })),
    HttpApiEndpoint.get("token", "/token", {
      success: Schema.Struct({
        token: Schema.String.annotate({
          description: "A JWT for the `Authorization: Bearer` header.",
          examples: ["eyJhbGciOiJFZERTQSJ9…"]
        })
      }).annotate({ identifier: "AccessToken", description: "A JWT." }),
      error: [refused(401), refused(403)]
    }).middleware(SessionAuthorization).annotateMerge(operation({
      id: "getToken",
      summary: "Get a JWT",
      description:
        "A JWT for the session, or for the token for scripts whose secret is the bearer token; good for five minutes. Get a new one when it expires.",
      responses: { 200: "A JWT.", 401: "There is no live session, or the secret is not good.", 403: originRefused }
    })),
    HttpApiEndpoint.get("jwks", "/jwks", {
      success: Schema.Struct({ keys: Schema.Array(PublicKey) }).annotate({
        identifier: "JsonWebKeySet",
        description: "Public keys (RFC 7517)."
      })
    }).annotateMerge(operation({
      id: "getKeys",
      summary: "Public keys",
      description: "The keys (RFC 7517) that verify the JWTs of this service.",
      responses: { 200: "The keys." }
    }))
  )
  .prefix("/api/auth")
  .annotateMerge(OpenApi.annotations({ title: "Auth", description: "Accounts and sessions, by Better Auth." }))
{}
