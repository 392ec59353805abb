import { assert } from "@effect/vitest"
import { deviceGrantType } from "@todo/domain/auth/DeviceApi"
import { formatUserCode } from "@todo/domain/auth/UserCode"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { type Device, newDevice, poll } from "../support/devices.ts"
import { type Answer, assertOAuthError, bearer, newPerson, send, sendJson, tokenOf } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { Visitor } from "../support/Visitor.ts"

/** Asserts that the answer is a page with this status and heading. */
const assertPage = ({ headers, status, text }: Answer, expected: number, heading: string) => {
  assert.strictEqual(/<h1>(.*)<\/h1>/.exec(text)?.[1], heading)
  assert.strictEqual(status, expected)
  assert.strictEqual(headers.get("content-type"), "text/html; charset=utf-8")
  assert.strictEqual(headers.get("cache-control"), "no-store")
}

const pathOf = ({ userCode }: Device) => `/device?user_code=${userCode}`

/** Somebody with an account whose browser is signed in. */
const signedIn = Effect.gen(function*() {
  const person = yield* newPerson
  const browser = new Visitor()
  yield* browser.signIn(person)
  return { person, browser }
})

const statusOf = ({ userCode }: Device) =>
  Effect.gen(function*() {
    const sql = yield* SqlClient.SqlClient
    const rows = yield* sql<{ status: string; userId: string | null }>`
      SELECT "status", "userId" FROM auth."deviceCode" WHERE "userCode" = ${userCode}`
    return rows[0]
  })

suite("/device", (it) => {
  it.effect("signs in a device: code, sign-in, approval, session", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const device = yield* newDevice()
      assert.strictEqual((yield* poll(device)).body.error, "authorization_pending")
      const browser = new Visitor()
      assertPage(yield* browser.get(pathOf(device)), 200, "Sign in")
      const { email, password } = person
      const entered = yield* browser.post(pathOf(device), { action: "sign-in", email, password })
      assert.strictEqual(entered.status, 303)
      assert.strictEqual(entered.headers.get("location"), pathOf(device))
      const review = yield* browser.get(pathOf(device))
      assertPage(review, 200, "Sign in your terminal?")
      assert.include(review.text, formatUserCode(device.userCode))
      assert.include(review.text, email)
      const approved = yield* browser.post(pathOf(device), { action: "approve" })
      assert.strictEqual(approved.status, 303)
      assertPage(yield* browser.get(approved.headers.get("location")!), 200, "Approved")

      const sql = yield* SqlClient.SqlClient
      yield* sql`UPDATE auth."deviceCode" SET "lastPolledAt" = NULL WHERE "userCode" = ${device.userCode}`
      const { body, status } = yield* poll(device)
      assert.strictEqual(status, 200)
      const me = yield* send("/api/v1/me", { headers: bearer(yield* tokenOf(body.access_token)) })
      assert.strictEqual(me.body.id, person.id)
      // A code is good once.
      assertOAuthError(yield* poll(device), "invalid_grant")
      assertPage(yield* browser.get(pathOf(device)), 404, "That code is not known")
    }))

  it.effect("denies a device", () =>
    Effect.gen(function*() {
      const { browser } = yield* signedIn
      const device = yield* newDevice()
      const denied = yield* browser.post(pathOf(device), { action: "deny" })
      assertPage(yield* browser.get(denied.headers.get("location")!), 200, "Denied")
      assertPage(yield* browser.post(pathOf(device), { action: "approve" }), 410, "This code has been used")
      assertOAuthError(yield* poll(device), "access_denied")
    }))

  it.effect("does nothing twice", () =>
    Effect.gen(function*() {
      const { browser } = yield* signedIn
      const device = yield* newDevice()
      assert.strictEqual((yield* browser.post(pathOf(device), { action: "approve" })).status, 303)
      for (const action of ["approve", "deny"]) {
        assertPage(yield* browser.post(pathOf(device), { action }), 410, "This code has been used")
      }
      assertPage(yield* browser.get(pathOf(device)), 410, "This code has been used")
      assert.strictEqual((yield* statusOf(device))?.status, "approved")
    }))

  it.effect("asks for a code, and takes it in any case, with dashes and spaces", () =>
    Effect.gen(function*() {
      const { browser } = yield* signedIn
      assertPage(yield* browser.get("/device"), 200, "Sign in a device")
      const { userCode } = yield* newDevice()
      const typed = ` ${formatUserCode(userCode).toLowerCase()} – `
      const review = yield* browser.get(`/device?${new URLSearchParams({ user_code: typed }).toString()}`)
      assertPage(review, 200, "Sign in your terminal?")
    }))

  it.effect("shows the form again for a wrong code, and says when one has expired", () =>
    Effect.gen(function*() {
      const { browser } = yield* signedIn
      for (const wrong of ["ABCDEFGH", "nonsense", "%00", "🙂".repeat(40)]) {
        const path = `/device?user_code=${wrong === "%00" ? wrong : encodeURIComponent(wrong)}`
        assertPage(yield* browser.get(path), 404, "That code is not known")
        assertPage(yield* browser.post(path, { action: "approve" }), 404, "That code is not known")
      }
      const device = yield* newDevice()
      const sql = yield* SqlClient.SqlClient
      yield* sql`UPDATE auth."deviceCode" SET "expiresAt" = CURRENT_TIMESTAMP - interval '1 second'
        WHERE "userCode" = ${device.userCode}`
      assertPage(yield* browser.get(pathOf(device)), 410, "This code has expired")
      assertPage(yield* browser.post(pathOf(device), { action: "approve" }), 410, "This code has expired")
      assertOAuthError(yield* poll(device), "expired_token")
    }))

  it.effect("asks whoever is not signed in to sign in, and keeps their code", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const device = yield* newDevice()
      const browser = new Visitor()
      assert.include((yield* browser.get(pathOf(device))).text, `action="${pathOf(device)}"`)
      assertPage(yield* browser.post(pathOf(device), { action: "approve" }), 401, "Sign in")
      const wrong = yield* browser.post(pathOf(device), { action: "sign-in", email: pat.email, password: "wrong" })
      assertPage(wrong, 401, "Sign in")
      assert.include(wrong.text, "The email address or the password is wrong, or")
      assert.include(wrong.text, `value="${pat.email}"`)
      assert.deepStrictEqual(wrong.headers.getSetCookie(), [])
      assertPage(yield* browser.post(pathOf(device), { action: "sign-in" }), 400, "Sign in")
      assert.deepStrictEqual(yield* statusOf(device), { status: "pending", userId: null })
    }))

  it.effect("keeps a sign-in of the page until the browser is closed, out of reach of scripts", () =>
    Effect.gen(function*() {
      const person = yield* newPerson
      const browser = new Visitor()
      const [session] = (yield* browser.signIn(person)).headers.getSetCookie()
      assert.match(session!, /^better-auth\.session_token=/)
      assert.match(session!, /; HttpOnly/)
      assert.match(session!, /; SameSite=Lax/)
      assert.notMatch(session!, /max-age|expires/i)
      const left = yield* browser.post("/device", { action: "sign-out" })
      assert.strictEqual(left.headers.get("location"), "/device")
      assertPage(yield* browser.get("/device"), 200, "Sign in")
    }))

  it.effect("gives a code to nobody who only looks at it, and to one person alone", () =>
    Effect.gen(function*() {
      const device = yield* newDevice()
      const [ann, bob] = [yield* signedIn, yield* signedIn]
      for (const { browser } of [ann, bob]) {
        assertPage(yield* browser.get(pathOf(device)), 200, "Sign in your terminal?")
      }
      assert.deepStrictEqual(yield* statusOf(device), { status: "pending", userId: null })
      assert.strictEqual((yield* ann.browser.post(pathOf(device), { action: "approve" })).status, 303)
      for (const action of ["approve", "deny"]) {
        assertPage(yield* bob.browser.post(pathOf(device), { action }), 410, "This code has been used")
      }
      assert.deepStrictEqual(yield* statusOf(device), { status: "approved", userId: ann.person.id })
    }))

  it.effect("says where the request came from, and what it calls itself", () =>
    Effect.gen(function*() {
      const { browser } = yield* signedIn
      const hostile = `"><script>alert('&')</script>${"x".repeat(300)}`
      const device = yield* newDevice({ "user-agent": hostile })
      const { text } = yield* browser.get(pathOf(device))
      assert.include(text, "&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;xxx")
      assert.notInclude(text, "<script")
      assert.notInclude(text, "x".repeat(200))
      assert.include(text, "127.0.0.1")
      assert.include(text, ">this browser’s network<")
      const sql = yield* SqlClient.SqlClient
      yield* sql`UPDATE auth."deviceCode" SET "address" = '203.0.113.7',
        "requestedAt" = "requestedAt" - interval '3 minutes' WHERE "userCode" = ${device.userCode}`
      const later = yield* browser.get(pathOf(device))
      assert.include(later.text, "203.0.113.7")
      assert.include(later.text, "not this browser’s network")
      assert.include(later.text, "3 minutes ago")
    }))
})

suite("/api/auth/device", (it) => {
  const ask = (body: object) => sendJson("POST", "/api/auth/device/code", body)
  const askByForm = (fields: Record<string, string>) =>
    send("/api/auth/device/code", { method: "POST", body: new URLSearchParams(fields) })

  it.effect("takes no scope and no other client, and knows nothing of a user that is named", () =>
    Effect.gen(function*() {
      const { id } = yield* newPerson
      assertOAuthError(yield* ask({ client_id: "todo-cli", scope: "account" }), "invalid_scope")
      assertOAuthError(yield* ask({ client_id: "another" }), "invalid_client")
      for (
        const named of [ask({ client_id: "todo-cli", user_id: id }), askByForm({ client_id: "todo-cli", user_id: id })]
      ) {
        const { body, status } = yield* named
        assert.strictEqual(status, 200)
        const device = { deviceCode: body.device_code, userCode: body.user_code }
        assert.deepStrictEqual(yield* statusOf(device), { status: "pending", userId: null })
      }
    }))

  it.effect("answers what it cannot read with errors of OAuth, in JSON (RFC 6749, 5.2)", () =>
    Effect.gen(function*() {
      for (const answer of [yield* ask({}), yield* askByForm({}), yield* ask({ client_id: 5 }), yield* ask([])]) {
        assertOAuthError(answer, "invalid_request")
      }
      const repeated = yield* send("/api/auth/device/code", {
        method: "POST",
        body: new URLSearchParams([["client_id", "todo-cli"], ["client_id", "todo-cli"]])
      })
      assertOAuthError(repeated, "invalid_request")
      const xml = yield* send("/api/auth/device/code", {
        method: "POST",
        body: "<client/>",
        headers: { "content-type": "text/xml" }
      })
      assertOAuthError(xml, "invalid_request", 415)
      const poll = (fields: Record<string, string>) =>
        send("/api/auth/device/token", { method: "POST", body: new URLSearchParams(fields) })
      const known = { client_id: "todo-cli", device_code: "x" }
      assertOAuthError(yield* poll({ ...known, grant_type: "password" }), "unsupported_grant_type")
      assertOAuthError(yield* poll(known), "invalid_request")
      assertOAuthError(yield* poll({ ...known, grant_type: deviceGrantType, client_id: "other" }), "invalid_client")
      assertOAuthError(yield* poll({ ...known, grant_type: deviceGrantType }), "invalid_grant")
    }))

  it.effect("slows down who asks too fast", () =>
    Effect.gen(function*() {
      const device = yield* newDevice()
      assertOAuthError(yield* poll(device), "authorization_pending")
      assertOAuthError(yield* poll(device), "slow_down")
    }))

  it.effect("lets a session token approve, and no cookie, whatever the origin", () =>
    Effect.gen(function*() {
      const { browser, person } = yield* signedIn
      const device = yield* newDevice()
      const approve = (headers: Record<string, string>) =>
        sendJson("POST", "/api/auth/device/approve", { userCode: device.userCode }, headers)
      for (const origin of ["http://app.test", "http://todo.test"]) {
        assertOAuthError(yield* approve({ origin, cookie: browser.cookies }), "unauthorized", 401)
      }
      const asked = yield* send(`/api/auth${pathOf(device)}`)
      assert.deepInclude(asked.body, { status: "pending" })
      assert.strictEqual((yield* approve({ ...bearer(person.session), origin: "http://todo.test" })).status, 200)
      assertOAuthError(yield* approve({ ...bearer(person.session), origin: "http://todo.test" }), "invalid_request")
    }))
})
