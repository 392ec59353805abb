import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { problemMembers } from "../http/Problem.ts"
import { UserId } from "../users/User.ts"
import { SessionAuthorization } from "./SessionAuthorization.ts"

/** A problem of Better Auth: `code` is one of its codes, `message` what its client library reads. */
export const AuthProblem = Schema.Struct({
  type: Schema.String,
  title: Schema.String,
  status: Schema.Int,
  detail: Schema.String,
  code: Schema.String.annotate({
    description: "A code of Better Auth.",
    examples: ["INVALID_EMAIL_OR_PASSWORD"]
  }),
  message: Schema.String.annotate({ description: "The same as `detail`, for Better Auth's client library." }),
  ...problemMembers
}).annotate({ identifier: "AuthProblem", description: "Why Better Auth refused." })
export interface AuthProblem extends Schema.Schema.Type<typeof AuthProblem> {}

const refused = (status: number, description: string) =>
  AuthProblem.annotate({ description }).pipe(
    HttpApiSchema.asJson({ contentType: "application/problem+json" }),
    HttpApiSchema.status(status)
  )

const Email = Schema.String.annotate({ description: "An email address.", examples: ["ada@example.com"] })
const Password = Schema.String.annotate({
  description: "8 to 128 characters.",
  examples: ["correct horse battery staple"]
})

const SignedIn = Schema.Struct({
  token: Schema.String.annotate({ description: "The session token. Keep it secret." }),
  user: Schema.Struct({ id: UserId, name: Schema.String, email: Schema.String })
}).annotate({ identifier: "SignedIn" })

/** A public key as RFC 7517 and RFC 8037 write it. */
const PublicKey = Schema.Struct({
  kid: Schema.String,
  alg: Schema.Literal("EdDSA"),
  kty: Schema.Literal("OKP"),
  crv: Schema.Literal("Ed25519"),
  x: Schema.String
}).annotate({ identifier: "PublicKey" })

/**
 * The part of Better Auth that clients need to sign people in and get JWTs.
 * Better Auth answers these; its own client library knows them and the rest.
 */
export class AuthApi extends HttpApiGroup.make("auth")
  .add(
    HttpApiEndpoint.post("signUp", "/sign-up/email", {
      payload: Schema.Struct({
        name: Schema.String.annotate({ description: "The name to greet the user by.", examples: ["Ada Lovelace"] }),
        email: Email,
        password: Password
      }).annotate({ identifier: "SignUp" }),
      success: SignedIn,
      error: [
        refused(400, "The address or the password is not valid."),
        refused(403, "The origin is not allowed."),
        refused(422, "There is an account with this address.")
      ]
    }).annotateMerge(OpenApi.annotations({
      summary: "Sign up",
      description: "Makes an account and signs it in."
    })),
    HttpApiEndpoint.post("signIn", "/sign-in/email", {
      payload: Schema.Struct({ email: Email, password: Password }).annotate({ identifier: "SignIn" }),
      success: SignedIn,
      error: [
        refused(400, "The address is not valid."),
        refused(401, "The address or the password is wrong."),
        refused(403, "The origin is not allowed.")
      ]
    }).annotateMerge(OpenApi.annotations({
      summary: "Sign in",
      description: "Starts a session and answers its token; a browser also gets the session cookie."
    })),
    HttpApiEndpoint.post("signOut", "/sign-out", {
      success: Schema.Struct({ success: Schema.Boolean }).annotate({ identifier: "SignedOut" }),
      error: [refused(403, "The origin is not allowed.")]
    }).middleware(SessionAuthorization).annotateMerge(OpenApi.annotations({
      summary: "Sign out",
      description: "Ends the session. Its JWTs are refused from then on."
    })),
    HttpApiEndpoint.get("token", "/token", {
      success: Schema.Struct({
        token: Schema.String.annotate({ description: "A JWT for the `Authorization: Bearer` header." })
      }).annotate({ identifier: "AccessToken" }),
      error: [refused(401, "There is no live session."), refused(403, "The origin is not allowed.")]
    }).middleware(SessionAuthorization).annotateMerge(OpenApi.annotations({
      summary: "Get a JWT",
      description: "A JWT for the session, good for five minutes. Get a new one when it expires."
    })),
    HttpApiEndpoint.get("jwks", "/jwks", {
      success: Schema.Struct({ keys: Schema.Array(PublicKey) }).annotate({ identifier: "JsonWebKeySet" })
    }).annotateMerge(OpenApi.annotations({
      summary: "Public keys",
      description: "The keys (RFC 7517) that verify the JWTs of this service."
    }))
  )
  .prefix("/api/auth")
  .annotateMerge(OpenApi.annotations({ title: "Auth", description: "Accounts and sessions, by Better Auth." }))
{}
