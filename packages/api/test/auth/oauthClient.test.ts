import { assert } from "@effect/vitest"
import { deviceGrantType, terminalClientId } from "@todo/domain/auth/DeviceApi"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import {
  allowInsecureRequests,
  type AuthorizationServer,
  deviceAuthorizationRequest,
  type DeviceAuthorizationResponse,
  deviceCodeGrantRequest,
  None,
  processDeviceAuthorizationResponse,
  processDeviceCodeResponse,
  ResponseBodyError,
  type TokenEndpointResponse
} from "oauth4webapi"
import { bearer, newPerson, type Person, send, sendJson, tokenOf } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { publicUrl, TestService } from "../support/TestService.ts"
import { Visitor } from "../support/Visitor.ts"

const client = { client_id: terminalClientId }
/** The service of a test has no TLS. */
const options = { [allowInsecureRequests]: true }

const server = Effect.map(TestService, ({ url }): AuthorizationServer => ({
  issuer: publicUrl,
  device_authorization_endpoint: `${url}/api/auth/device/code`,
  token_endpoint: `${url}/api/auth/device/token`
}))

/** What a client of somebody else's that knows nothing of this service but its URLs gets from it. */
const asked = <A>(ask: (as: AuthorizationServer) => Promise<A>) =>
  Effect.flatMap(server, (as) => Effect.promise(() => ask(as)))

/** The error of OAuth with which it is refused. */
const refused = (ask: (as: AuthorizationServer) => Promise<unknown>) =>
  asked(async (as) => {
    try {
      await ask(as)
    } catch (error) {
      if (error instanceof ResponseBodyError) return `${error.status} ${error.error}`
      throw error
    }
    return "not refused"
  })

const begin = (parameters: Record<string, string> = {}, as = client) => async (at: AuthorizationServer) =>
  processDeviceAuthorizationResponse(at, as, await deviceAuthorizationRequest(at, as, None(), parameters, options))

const poll = ({ device_code }: { readonly device_code: string }, as = client) => async (at: AuthorizationServer) =>
  processDeviceCodeResponse(at, as, await deviceCodeGrantRequest(at, as, None(), device_code, options))

/** As if `interval` had passed since the device asked last. */
const intervalPasses = ({ user_code }: DeviceAuthorizationResponse) =>
  Effect.flatMap(
    SqlClient.SqlClient,
    (sql) => sql`UPDATE auth."deviceCode" SET "lastPolledAt" = NULL WHERE "userCode" = ${user_code}`
  )

const decide = (decision: "approve" | "deny", { user_code }: DeviceAuthorizationResponse, { session }: Person) =>
  sendJson("POST", `/api/auth/device/${decision}`, { userCode: user_code }, bearer(session))

/** Asserts that the device got a session of this person's. */
const assertSession = ({ access_token, expires_in, token_type }: TokenEndpointResponse, { id }: Person) =>
  Effect.gen(function*() {
    assert.strictEqual(token_type, "bearer")
    assert.isAbove(expires_in ?? 0, 0)
    const me = yield* send("/api/v1/me", { headers: bearer(yield* tokenOf(access_token)) })
    assert.strictEqual(me.body.id, id)
  })

suite("a standard OAuth client", (it) => {
  it.effect("is signed in by somebody who approves on the page", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const device = yield* asked(begin())
      assert.strictEqual(device.verification_uri, `${publicUrl}/device`)
      assert.isAbove(device.interval ?? 0, 0)
      assert.strictEqual(yield* refused(poll(device)), "400 authorization_pending")
      assert.strictEqual(yield* refused(poll(device)), "400 slow_down")

      const browser = new Visitor()
      yield* browser.signIn(person)
      const { pathname, search } = new URL(device.verification_uri_complete!)
      assert.strictEqual((yield* browser.post(pathname + search, { action: "approve" })).status, 303)
      yield* intervalPasses(device)
      yield* assertSession(yield* asked(poll(device)), person)
      assert.strictEqual(yield* refused(poll(device)), "400 invalid_grant")
    }))

  it.effect("is signed in by a session that approves, and told when one denies", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const approved = yield* asked(begin())
      assert.strictEqual((yield* decide("approve", approved, person)).status, 200)
      yield* assertSession(yield* asked(poll(approved)), person)
      const denied = yield* asked(begin())
      assert.strictEqual((yield* decide("deny", denied, person)).status, 200)
      assert.strictEqual(yield* refused(poll(denied)), "400 access_denied")
    }))

  it.effect("is told that a code has expired, or was never given", () =>
    Effect.gen(function*() {
      const device = yield* asked(begin())
      const sql = yield* SqlClient.SqlClient
      yield* sql`UPDATE auth."deviceCode" SET "expiresAt" = now() - interval '1 second'
        WHERE "userCode" = ${device.user_code}`
      assert.strictEqual(yield* refused(poll(device)), "400 expired_token")
      for (const device_code of ["made up", "x".repeat(255), "\u00e9"]) {
        assert.strictEqual(yield* refused(poll({ device_code })), "400 invalid_grant", device_code)
      }
    }))

  it.effect("reads whatever else is wrong as an error of OAuth", () =>
    Effect.gen(function*() {
      const stranger = { client_id: "somebody-else" }
      const device = yield* asked(begin())
      assert.strictEqual(yield* refused(begin({}, stranger)), "400 invalid_client")
      assert.strictEqual(yield* refused(poll(device, stranger)), "400 invalid_client")
      assert.strictEqual(yield* refused(begin({ scope: "openid" })), "400 invalid_scope")
      // What a server does not know is ignored (RFC 6749, 3.1).
      assert.isString((yield* asked(begin({ audience: "x", scope: "" }))).device_code)
      for (const device_code of ["x".repeat(256), "a\0b"]) {
        assert.strictEqual(yield* refused(poll({ device_code })), "400 invalid_request", device_code)
      }
      const ask =
        (body: string, contentType = "application/x-www-form-urlencoded") => async (as: AuthorizationServer) => {
          const init = { method: "POST", body, headers: { "content-type": contentType } }
          return processDeviceCodeResponse(as, client, await fetch(as.token_endpoint!, init))
        }
      const grant = new URLSearchParams({ grant_type: deviceGrantType, device_code: device.device_code, ...client })
      for (const grant_type of ["authorization_code", "refresh_token", "password"]) {
        const other = new URLSearchParams({ ...Object.fromEntries(grant), grant_type })
        assert.strictEqual(yield* refused(ask(other.toString())), "400 unsupported_grant_type", grant_type)
      }
      // A media type is the same in any case, with any parameters (RFC 9110, 8.3.1).
      yield* intervalPasses(device)
      const form = "Application/X-WWW-Form-URLEncoded ; charset=UTF-8"
      assert.strictEqual(yield* refused(ask(grant.toString(), form)), "400 authorization_pending")
      // No parameter twice, and none missing (RFC 6749, 3.2).
      for (const body of [`${grant}&client_id=todo-cli`, "", "client_id", "a=%FF"]) {
        assert.strictEqual(yield* refused(ask(body)), "400 invalid_request", body)
      }
      assert.strictEqual(yield* refused(ask(grant.toString(), "text/plain")), "415 invalid_request")
      assert.strictEqual(yield* refused(ask("x".repeat(1024 * 1024 + 1))), "413 invalid_request")
    }))
})
