import type { Scope } from "@todo/domain/users/CurrentUser"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import type { AppConfig } from "../../src/Config.ts"
import { writeSession } from "../support/accountRows.ts"
import { bearer, origin, type Person, send, tokenOf } from "../support/requests.ts"
import type { TestService } from "../support/TestService.ts"
import { claimsOf, forge } from "../support/tokens.ts"

/** Whether it looks like the secret of a token for scripts. */
export const isSecret = ({ name }: Credential): boolean => name.startsWith("the secret of ")

/** Something that a request may carry as its bearer token. */
export interface Credential {
  readonly name: string
  /**
   * What it is: a JWT, live or signed by us for what has ended since, or a secret whose JWT is kept; the token of a
   * live session; the secret of a live token for scripts; or of no use.
   */
  readonly proves: "jwt" | "endedJwt" | "session" | "secret" | "nothing"
  /** Those of a JWT, or of what is exchanged for one. */
  readonly scopes: ReadonlyArray<Scope>
  /** Makes one of `owner`'s; the owner's own session and JWT stay as they are. */
  readonly make: (
    owner: Person
  ) => Effect.Effect<string | undefined, never, TestService | SqlClient.SqlClient | AppConfig>
}

const endedSession = Effect.fnUntraced(function*(owner: Person) {
  const session = yield* writeSession(owner.id)
  const jwt = yield* tokenOf(session)
  yield* send("/api/auth/sign-out", { method: "POST", headers: { ...bearer(session), ...origin } })
  return { session, jwt }
})

const scriptToken = (owner: Person, scopes: ReadonlyArray<Scope>) =>
  Effect.map(
    owner.json("POST", "/api/v1/tokens", { name: "matrix", scopes, expiresInDays: 1 }),
    ({ body }): { readonly id: string; readonly secret: string } => body
  )

/** One that has been used: when it last was is shown, and a refusal changes nothing. */
const usedToken = (owner: Person, scopes: ReadonlyArray<Scope>) =>
  Effect.tap(scriptToken(owner, scopes), ({ secret }) => send("/api/v1/tasks", { headers: bearer(secret) }))

const scriptJwt = (owner: Person, scopes: ReadonlyArray<Scope>) =>
  Effect.flatMap(scriptToken(owner, scopes), ({ secret }) => tokenOf(secret))

const revokedToken = Effect.fnUntraced(function*(owner: Person) {
  const { id, secret } = yield* scriptToken(owner, ["tasks:read", "tasks:write"])
  const jwt = yield* tokenOf(secret)
  yield* owner.json("DELETE", `/api/v1/tokens/${id}`, "")
  return { secret, jwt }
})

const useless = (name: string, make: Credential["make"]): Credential => ({ name, proves: "nothing", scopes: [], make })

/** Nothing at all: what the answers of an operation for everybody are compared with. */
export const noCredential = useless("no token", () => Effect.undefined)

/** Every kind of bearer token that this service knows, in every state that it can be in. */
export const credentials: ReadonlyArray<Credential> = [
  noCredential,
  useless("garbage", () => Effect.succeed("garbage")),
  useless("a JWT cut short", (owner) => Effect.succeed(owner.jwt.slice(0, -1))),
  useless(
    "an expired JWT",
    (owner) => Effect.orDie(forge(owner, { claims: { exp: Math.floor(Date.now() / 1000) - 1 } }))
  ),
  {
    name: "a JWT of an ended session",
    proves: "endedJwt",
    scopes: ["tasks:read", "tasks:write", "account"],
    make: (owner) => Effect.map(endedSession(owner), ({ jwt }) => jwt)
  },
  {
    name: "a JWT of a revoked token for scripts",
    proves: "endedJwt",
    scopes: ["tasks:read", "tasks:write"],
    make: (owner) => Effect.map(revokedToken(owner), ({ jwt }) => jwt)
  },
  useless("a session token cut short", (owner) => Effect.succeed(owner.session.slice(0, -1))),
  useless(
    "an expired session",
    Effect.fnUntraced(function*(owner) {
      const session = yield* writeSession(owner.id)
      const { sid } = claimsOf(yield* tokenOf(session))
      const sql = yield* SqlClient.SqlClient
      yield* Effect.orDie(sql`UPDATE auth."session" SET "expiresAt" = now() - interval '1 second' WHERE "id" = ${sid}`)
      return session
    })
  ),
  useless("an ended session", (owner) => Effect.map(endedSession(owner), ({ session }) => session)),
  useless(
    "the secret of a revoked token for scripts",
    (owner) => Effect.map(revokedToken(owner), ({ secret }) => secret)
  ),
  {
    name: "a JWT for reading only",
    proves: "jwt",
    scopes: ["tasks:read"],
    make: (owner) => scriptJwt(owner, ["tasks:read"])
  },
  {
    name: "a JWT of a token for scripts",
    proves: "jwt",
    scopes: ["tasks:read", "tasks:write"],
    make: (owner) => scriptJwt(owner, ["tasks:read", "tasks:write"])
  },
  {
    name: "the secret of a token for scripts that was used, and then revoked",
    proves: "endedJwt",
    scopes: ["tasks:read", "tasks:write"],
    make: Effect.fnUntraced(function*(owner) {
      const { id, secret } = yield* usedToken(owner, ["tasks:read", "tasks:write"])
      yield* owner.json("DELETE", `/api/v1/tokens/${id}`, "")
      return secret
    })
  },
  {
    name: "the secret of a token for reading only",
    proves: "secret",
    scopes: ["tasks:read"],
    make: (owner) => Effect.map(usedToken(owner, ["tasks:read"]), ({ secret }) => secret)
  },
  {
    name: "the secret of a token for scripts",
    proves: "secret",
    scopes: ["tasks:read", "tasks:write"],
    make: (owner) => Effect.map(usedToken(owner, ["tasks:read", "tasks:write"]), ({ secret }) => secret)
  },
  { name: "a session token", proves: "session", scopes: [], make: ({ id }) => writeSession(id) },
  {
    name: "a JWT",
    proves: "jwt",
    scopes: ["tasks:read", "tasks:write", "account"],
    make: (owner) => Effect.succeed(owner.jwt)
  }
]
