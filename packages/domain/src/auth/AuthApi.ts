import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, OpenApi } from "effect/http-api"
import { instant } from "../http/Instant.ts"
import { operation } from "../http/openapi/Operation.ts"
import { SessionId } from "../users/CurrentUser.ts"
import { UserId } from "../users/User.ts"
import { AuthContract } from "./AuthContract.ts"
import { originRefused, refused } from "./AuthProblem.ts"
import { EmailAddress, LandingPage, NewPassword, Password, UserImage, UserName } from "./Credentials.ts"
import { SessionAuthorization } from "./SessionAuthorization.ts"

const SessionToken = Schema.String.annotate({
  description: "The session token. Keep it secret.",
  examples: ["rUbYpZK2b0…"]
})

/** A user as Better Auth answers one. A client takes what it needs: the rest may be absent. */
const AccountHolder = Schema.Struct({
  id: UserId,
  name: Schema.String.annotate({ description: "The name to greet the user by.", examples: ["Ada Lovelace"] }),
  email: Schema.String.annotate({ description: "The address of the account.", examples: ["ada@example.com"] }),
  emailVerified: Schema.optionalKey(Schema.Boolean.annotate({ description: "Whether the address is confirmed." })),
  image: Schema.optionalKey(UserImage),
  createdAt: Schema.optionalKey(instant("When the account was made.")),
  updatedAt: Schema.optionalKey(instant("When the account last changed."))
}).annotate({ identifier: "AccountHolder", description: "The user of an account." })

const SignedIn = Schema.Struct({
  token: SessionToken,
  user: AccountHolder,
  redirect: Schema.optionalKey(
    Schema.Boolean.annotate({ description: "Whether `callbackURL` was given: Better Auth's client goes there." })
  ),
  url: Schema.optionalKey(Schema.String.annotate({ description: "`callbackURL`, if it was given." }))
}).annotate({
  identifier: "SignedIn",
  description: "A session and its user."
})

const CurrentSession = Schema.NullOr(
  Schema.Struct({
    session: Schema.Struct({
      id: SessionId,
      userId: UserId,
      expiresAt: instant("When it ends, unless it is used before."),
      createdAt: instant("When it began."),
      updatedAt: instant("When it was last renewed."),
      ipAddress: Schema.optionalKey(
        Schema.NullOr(Schema.String).annotate({ description: "The address that it began at." })
      ),
      userAgent: Schema.optionalKey(
        Schema.NullOr(Schema.String).annotate({ description: "The program that it began in, as it named itself." })
      )
    }).annotate({ description: "The session, without its token." }),
    user: AccountHolder
  })
).annotate({
  identifier: "CurrentSession",
  description: "The session and its user, without the token; null where there is no live session."
})

const rememberMe = Schema.optionalKey(
  Schema.Boolean.annotate({
    description: "false: the session ends after a day, and a browser's cookie with the browser. true when absent."
  })
)

const SignedUp = Schema.Struct({
  token: Schema.NullOr(SessionToken).annotate({
    description: "The session token; null where the address has to be confirmed before the first sign-in."
  }),
  user: AccountHolder
}).annotate({
  identifier: "SignedUp",
  description: "The account. Without a token it may be nobody's: the mail tells the owner of the address what is true."
})

const originWanted =
  "A program that is no browser but says `Sec-Fetch-Mode`, as Node's `fetch` does, has to send `Origin`: that of the service, or one of `CORS_ORIGINS`."

/** A public key as RFC 7517 and RFC 8037 write it. */
const PublicKey = Schema.Struct({
  kid: Schema.String.annotate({ description: "The key's id, as the header of a JWT names it." }),
  alg: Schema.Literal("EdDSA").annotate({ description: "The algorithm that it verifies." }),
  kty: Schema.Literal("OKP").annotate({ description: "The kind of key: an octet key pair (RFC 8037)." }),
  crv: Schema.Literal("Ed25519").annotate({ description: "Its curve." }),
  x: Schema.String.annotate({ description: "The public key, in base64url." })
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
        password: NewPassword,
        image: Schema.optionalKey(UserImage),
        callbackURL: Schema.optionalKey(LandingPage),
        rememberMe
      }).annotate({
        identifier: "SignUp",
        description: "An account to make.",
        examples: [{ name: "Ada Lovelace", email: "ada@example.com", password: "correct horse battery staple" }]
      }),
      success: SignedUp,
      error: [refused(403), refused(422)]
    }).annotateMerge(operation({
      id: "signUp",
      limit: "signUp",
      summary: "Sign up",
      description:
        "Makes an account and signs it in. Where addresses have to be confirmed first, it answers the same for an address that has an account, and the mail tells. " +
        originWanted,
      headers: { 200: ["Set-Auth-Token", "Set-Cookie"] },
      responses: {
        200: "The new account.",
        400: "The name, the address or the password is not valid.",
        403: originRefused,
        422: "There is an account with this address; never where addresses have to be confirmed first."
      }
    })),
    HttpApiEndpoint.post("signIn", "/sign-in/email", {
      payload: Schema.Struct({
        email: EmailAddress,
        password: Password,
        callbackURL: Schema.optionalKey(LandingPage),
        rememberMe
      }).annotate({
        identifier: "SignIn",
        description: "Who signs in.",
        examples: [{ email: "ada@example.com", password: "correct horse battery staple" }]
      }),
      success: SignedIn,
      error: [refused(401), refused(403)]
    }).annotateMerge(operation({
      id: "signIn",
      limit: "signIn",
      summary: "Sign in",
      description: "Starts a session and answers its token; a browser also gets the session cookie. " + originWanted,
      headers: { 200: ["Set-Auth-Token", "Set-Cookie"] },
      responses: {
        200: "The new session.",
        400: "The address is not valid.",
        401: "The address or the password is wrong.",
        403: originRefused
      }
    })),
    HttpApiEndpoint.post("signOut", "/sign-out", {
      success: Schema.Struct({ success: Schema.Boolean.annotate({ description: "Always true.", examples: [true] }) })
        .annotate({
          identifier: "SignedOut",
          description: "That the session has ended."
        }),
      error: [refused(401), refused(403)]
    }).middleware(SessionAuthorization).annotateMerge(operation({
      id: "signOut",
      limit: "anything",
      summary: "Sign out",
      description:
        "Ends the session. Its JWTs are refused from then on. A token for scripts is revoked by `DELETE /api/v1/tokens/{id}`.",
      headers: { 200: ["Set-Cookie"] },
      responses: {
        200: "The session has ended.",
        401: "The bearer token is a token for scripts, which goes on working.",
        403: originRefused
      }
    })),
    HttpApiEndpoint.get("getSession", "/get-session", {
      query: {
        disableCookieCache: Schema.optionalKey(
          Schema.Literals(["true", "false"]).annotate({
            description: "For Better Auth's client: there is no such cache."
          })
        ),
        disableRefresh: Schema.optionalKey(
          Schema.Literals(["true", "false"]).annotate({ description: "true: the session is not renewed by this." })
        )
      },
      success: CurrentSession,
      error: [refused(403)]
    }).middleware(SessionAuthorization).annotateMerge(operation({
      id: "getCurrentSession",
      limit: "anything",
      summary: "Who is signed in",
      description:
        "The session that the cookie or the bearer token belongs to, as Better Auth's client asks for it; null without one.",
      headers: { 200: ["Set-Auth-Token", "Set-Cookie"] },
      responses: { 200: "The session, or null.", 403: originRefused }
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
      id: "getAccessToken",
      limit: "token",
      summary: "Get a JWT",
      description:
        "A JWT for the session, or for the token for scripts whose secret is the bearer token; good for five minutes. Get a new one when it expires.",
      headers: { 200: ["Set-Auth-Token", "Set-Cookie"], 401: ["Set-Cookie"] },
      responses: { 200: "A JWT.", 401: "There is no live session, or the secret is not good.", 403: originRefused }
    })),
    HttpApiEndpoint.get("jwks", "/jwks", {
      success: Schema.Struct({
        keys: Schema.Array(PublicKey).annotate({ description: "The newest first; what the service still takes." })
      }).annotate({
        identifier: "JsonWebKeySet",
        description: "Public keys (RFC 7517)."
      })
    }).annotateMerge(operation({
      id: "getJwks",
      limit: "anything",
      summary: "Public keys",
      description: "The keys (RFC 7517) that verify the JWTs of this service.",
      responses: { 200: "The keys." }
    }))
  )
  .middleware(AuthContract)
  .prefix("/api/auth")
  .annotateMerge(OpenApi.annotations({ title: "Auth", description: "Accounts and sessions, by Better Auth." }))
{}
