import { NodeServices } from "@effect/platform-node"
import { assert } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { BetterAuth } from "../../src/accounts/BetterAuth.ts"
import { Passwords } from "../../src/accounts/Passwords.ts"
import { SigningKeys } from "../../src/keys/SigningKeys.ts"
import { operations } from "../isolation/Operations.ts"
import { assertProblem, bearer, newPerson, origin, send } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

/**
 * What the installed Better Auth has and this service does not: all of it would answer around the contract, with
 * no schema, no limits and no rules. An update that adds one makes this test fail: read what it does, then add it here,
 * or to the contract.
 */
const notMounted = [
  "/account-info",
  "/callback/:id",
  "/delete-user/callback",
  "/error",
  "/get-access-token",
  "/link-social",
  "/list-accounts",
  "/list-sessions",
  "/ok",
  "/refresh-token",
  "/reset-password/:token",
  "/revoke-other-sessions",
  "/revoke-session",
  "/revoke-sessions",
  "/sign-in/social",
  "/unlink-account",
  "/update-session",
  "/verify-password"
]

const base = "/api/auth"

/** The methods of the contract for a path of Better Auth's. */
const contracted = (path: string) =>
  operations.filter((operation) => operation.path === base + path).map(({ method }) => method)

const betterAuth = BetterAuth.layer.pipe(Layer.provide([SigningKeys.layer, Passwords.layer, NodeServices.layer]))

suite("below /api/auth", (it) => {
  it.effect("what Better Auth has is in the contract, or known not to be", () =>
    Effect.gen(function*() {
      const { paths } = yield* BetterAuth
      // Its own, and those of each plugin.
      for (const path of ["/sign-in/email", "/jwks", "/device/code"]) assert.include(paths, path)
      assert.deepStrictEqual(
        paths.filter((path) => contracted(path).length === 0).toSorted(),
        notMounted,
        "Better Auth has other endpoints than this test knows: is each new one kept out, or in the contract?"
      )
      const ours = operations.filter(({ path }) => path.startsWith(`${base}/`)).map(({ path }) =>
        path.slice(base.length)
      )
      assert.deepStrictEqual(ours.filter((path) => !paths.includes(path)), [], "Better Auth no longer has these")
    }).pipe(Effect.provide(betterAuth)))

  it.effect("only the operations of the contract are mounted", () =>
    Effect.gen(function*() {
      const { paths } = yield* BetterAuth
      const { session } = yield* newPerson
      for (const path of paths) {
        const named = contracted(path)
        for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
          if (named.includes(method)) continue
          for (const credentials of [{}, bearer(session)]) {
            const answer = yield* send(base + path.replace(/:\w+/, "x"), {
              method,
              headers: { ...origin, ...credentials, "content-type": "application/json" },
              ...(method === "GET" ? {} : { body: "{}" })
            })
            if (named.length === 0) {
              assertProblem(answer, 404, "not_found")
            } else {
              assertProblem(answer, 405, "method_not_allowed")
              const methods = [...named, ...(named.includes("GET") ? ["HEAD"] : []), "OPTIONS"]
              assert.sameMembers(answer.headers.get("allow")!.split(", "), methods, `${method} ${path}`)
            }
          }
        }
      }
    }).pipe(Effect.provide(betterAuth)))
})
