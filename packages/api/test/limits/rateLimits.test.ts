import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import * as Policies from "../../src/limits/Policies.ts"
import { awaitMail } from "../support/mail.ts"
import { assertProblem, bearer, origin, send, sendJson } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"
import { newAddress, untilRefused } from "./untilRefused.ts"

const newEmail = () => `limited-${crypto.randomUUID()}@example.com`
const password = "correct horse battery"

const from = (address: string) => ({ ...origin, "x-forwarded-for": address })
const signUp = (address: string, email: string) =>
  sendJson("POST", "/api/auth/sign-up/email", { name: "Pat", email, password }, from(address))
const signIn = (address: string, email: string, attempt = password) =>
  sendJson("POST", "/api/auth/sign-in/email", { email, password: attempt }, from(address))
/** Refused for its form, before any password is hashed; it counts all the same. */
const stumble = (address: string) => sendJson("POST", "/api/auth/sign-in/email", {}, from(address))

const percentEncoded = (text: string) =>
  Array.from(text, (character) => `%${character.charCodeAt(0).toString(16)}`).join("")

const limited = (variables: Record<string, string>) =>
  layer(TestService.layerWith({ RATE_LIMITS: "on", ...variables }), { excludeTestServices: true })

limited({ TRUSTED_PROXIES: "127.0.0.1,::1" })("rate limits", (it) => {
  it.effect("answer 429 with everything a client needs, and let it on after Retry-After", () =>
    Effect.gen(function*() {
      const address = newAddress()
      const { answer, count } = yield* untilRefused(Policies.passwordCheck, stumble(address))
      assert.isAtLeast(count, Policies.passwordCheck.quota)
      assertProblem(answer, 429, "rate_limited")
      assert.strictEqual(answer.body.message, answer.body.detail)
      const wait = Number(answer.headers.get("retry-after"))
      assert.include([1, 2], wait)
      assert.strictEqual(answer.headers.get("ratelimit-policy"), "\"signin\";q=30;w=60")
      assert.strictEqual(answer.headers.get("ratelimit"), `"signin";r=0;t=${wait}`)
      yield* Effect.sleep(`${wait} seconds`)
      assert.strictEqual((yield* stumble(address)).status, 400)
    }))

  it.effect("say on every answer what is left", () =>
    Effect.gen(function*() {
      const address = newAddress()
      const { body, headers } = yield* signUp(address, newEmail())
      assert.strictEqual(headers.get("ratelimit-policy"), "\"signup\";q=300;w=3600")
      assert.strictEqual(headers.get("ratelimit"), "\"signup\";r=299;t=12")
      const jwt = yield* send("/api/auth/token", { headers: { ...from(address), ...bearer(body.token) } })
      assert.strictEqual(jwt.status, 200)
      assert.strictEqual(jwt.headers.get("ratelimit-policy"), "\"auth\";q=600;w=60, \"token\";q=120;w=60")
      assert.match(jwt.headers.get("ratelimit")!, /^"auth";r=599;t=1, "token";r=119;t=1$/)
      // Better Auth's own operations too, and what they refuse.
      const session = yield* send("/api/auth/get-session", { headers: from(address) })
      assert.match(session.headers.get("ratelimit")!, /^"auth";r=59\d;t=1$/)
    }))

  it.effect("let nobody guess at a password from one address, and count no sign-in that succeeds", () =>
    Effect.gen(function*() {
      const email = newEmail()
      const [home, elsewhere] = [newAddress(), newAddress()]
      yield* signUp(home, email)
      for (let time = 0; time < Policies.guess.quota + 2; time++) {
        assert.strictEqual((yield* signIn(elsewhere, email)).status, 200)
      }
      const thief = newAddress()
      const { answer, count } = yield* untilRefused(Policies.guess, signIn(thief, email.toUpperCase(), "a bad guess"))
      assert.strictEqual(count, Policies.guess.quota)
      assert.strictEqual(answer.headers.get("ratelimit-policy"), "\"guess\";q=10;w=3600")
      // The right password does not get through either: the answer gives nothing away.
      assertProblem(yield* signIn(thief, email), 429, "rate_limited")
      // Another account from there, and this account from elsewhere, are not concerned.
      assert.strictEqual((yield* signIn(thief, newEmail())).status, 401)
      assert.strictEqual((yield* signIn(home, email)).status, 200)
    }))

  it.effect("slow down a guesser with many addresses, while the owner signs in", () =>
    Effect.gen(function*() {
      const email = newEmail()
      const home = newAddress()
      yield* signUp(home, email)
      const guesses = yield* Effect.all(
        Array.from({ length: 60 }, () => signIn(newAddress(), email, "a bad guess")),
        { concurrency: 8 }
      )
      const statuses = guesses.map(({ status }) => status)
      const through = statuses.filter((status) => status === 401).length
      assert.isTrue(through >= 30 && through <= 31, String(through))
      assert.lengthOf(statuses.filter((status) => status === 429), 60 - through)
      // From another address in the network that the account was made from.
      assert.strictEqual((yield* signIn(home.replace(/1$/, "2:3"), email)).status, 200)
      // An account that does not exist is treated alike: a stranger learns nothing.
      const { answer, count } = yield* untilRefused(
        Policies.strangerGuess,
        Effect.suspend(() => signIn(newAddress(), absent))
      )
      assert.isTrue(count >= 30 && count <= 31)
      assert.strictEqual(answer.headers.get("ratelimit-policy"), "\"account\";q=30;w=3600")
    }))

  it.effect("hold for signing up, for mails and for the exchange of a session too", () =>
    Effect.gen(function*() {
      const address = newAddress()
      const { body } = yield* signUp(address, newEmail())
      // None of these is well-formed: what is refused for its form counts like any other.
      const post = (path: string, member: object) => sendJson("POST", `/api/auth${path}`, member, from(address))
      for (
        const [policy, ask] of [
          [Policies.signUp, post("/sign-up/email", {})],
          [Policies.mailbox, post("/request-password-reset", { email: newEmail() })],
          [Policies.token, send("/api/auth/token", { headers: { ...from(newAddress()), ...bearer(body.token) } })],
          [Policies.passwordCheck, post("/change-password", {})]
        ] as const
      ) {
        const { answer } = yield* untilRefused(policy, ask)
        assertProblem(answer, 429, "rate_limited")
        const { name, quota, window } = policy
        assert.strictEqual(answer.headers.get("ratelimit-policy"), `"${name}";q=${quota};w=${window}`)
      }
      const mail = Effect.suspend(() => post("/request-password-reset", { email: newEmail() }))
      assert.match((yield* untilRefused(Policies.mail, mail)).answer.headers.get("ratelimit-policy")!, /^"mail";/)
    }))

  it.effect("hold for the password that a session is asked for again, wherever it is used from", () =>
    Effect.gen(function*() {
      const { body } = yield* signUp(newAddress(), newEmail())
      const guess = Effect.suspend(() =>
        sendJson("POST", "/api/auth/change-password", { currentPassword: "a guess", newPassword: password }, {
          ...from(newAddress()),
          ...bearer(body.token)
        })
      )
      const { answer, count } = yield* untilRefused(Policies.confirmation, guess)
      assert.isAtMost(count, Policies.confirmation.quota + 1)
      assert.match(answer.headers.get("ratelimit-policy")!, /^"password";/)
    }))

  it.effect("hold for that password however the session is spelled, and whichever of the user's sessions it is", () =>
    Effect.gen(function*() {
      const email = newEmail()
      const first = yield* signUp(newAddress(), email)
      const cookie = first.headers.getSetCookie()[0]!.split(";", 1)[0]!
      const [name, value = ""] = cookie.split(/=(.*)/s)
      const token: string = first.body.token
      const other: string = (yield* signIn(newAddress(), email)).body.token
      const spellings: ReadonlyArray<Record<string, string>> = [
        bearer(token),
        { cookie },
        { cookie: `${name}=${decodeURIComponent(value)}` },
        { cookie: `${name} =${value}` },
        { cookie: `__Secure-${name}=decoy; ${cookie}` },
        { cookie: `${name}="${value}"` },
        { cookie: `${name}=${percentEncoded(decodeURIComponent(value))}` },
        bearer(`${token}.${decodeURIComponent(value).split(".")[1]}`),
        bearer(encodeURIComponent(`${token}.${decodeURIComponent(value).split(".")[1]}`)),
        bearer(other)
      ]
      let tried = 0
      for (let round = 0; round < 6; round++) {
        for (const credentials of spellings) {
          const answer = yield* sendJson("POST", "/api/auth/change-password", {
            currentPassword: "a guess",
            newPassword: password
          }, { ...from(newAddress()), ...credentials })
          if (answer.body.code === "INVALID_PASSWORD") tried++
        }
      }
      assert.isTrue(tried >= Policies.confirmation.quota && tried <= Policies.confirmation.quota + 1, String(tried))
    }))

  it.effect("count nothing against somebody whom a request only names beside itself", () =>
    Effect.gen(function*() {
      const [victim, thief] = [newEmail(), newEmail()]
      yield* signUp(newAddress(), victim)
      const address = newAddress()
      for (const path of ["/sign-in/email", "/sign-up/email", "/request-password-reset", "/change-password"]) {
        for (const body of [{ email: thief, newEmail: victim }, { email: victim, newEmail: thief }]) {
          const answer = yield* sendJson("POST", `/api/auth${path}`, { name: "M", password, ...body }, from(address))
          assert.include([400, 401], answer.status)
        }
      }
      // It is none of the victim's addresses now, and its guesses are counted as a stranger's.
      const { answer } = yield* untilRefused(
        Policies.strangerGuess,
        Effect.suspend(() => signIn(newAddress(), victim, "a guess"))
      )
      assert.match(answer.headers.get("ratelimit-policy")!, /^"account";/)
      assertProblem(yield* signIn(address, victim), 429, "rate_limited")
    }))

  it.effect("count no mail that was refused", () =>
    Effect.gen(function*() {
      const { body: { token } } = yield* signUp(newAddress(), newEmail())
      const [email, page] = [newEmail(), "https://evil.test/"]
      const mails = [
        ["/sign-up/email", { name: "Pat", email, password }, { password: "short" }],
        ["/request-password-reset", { email }, { redirectTo: page }],
        ["/send-verification-email", { email }, { callbackURL: page }],
        ["/change-email", { newEmail: newEmail(), password }, { password: "a guess" }]
      ] as const
      for (const [path, body, wrong] of mails) {
        const post = (members: object) =>
          sendJson("POST", `/api/auth${path}`, { ...body, ...members }, { ...from(newAddress()), ...bearer(token) })
        for (let time = 0; time < Policies.mailbox.quota + 2; time++) {
          assert.include([400, 403], (yield* post(wrong)).status, path)
        }
        assert.strictEqual((yield* post({})).status, 200, path)
      }
    }))

  it.effect("count what is no request at all", () =>
    Effect.gen(function*() {
      const address = newAddress()
      const odd = sendJson("POST", "/api/auth/sign-in/email", { email: "a\u0000b", password }, from(address))
      assert.strictEqual((yield* odd).status, 400)
      const { answer } = yield* untilRefused(Policies.passwordCheck, odd)
      assertProblem(answer, 429, "rate_limited")
    }))

  it.effect("hold for each token for scripts, wherever it is used from", () =>
    Effect.gen(function*() {
      const { body } = yield* signUp(newAddress(), newEmail())
      const { body: { token: jwt } } = yield* send("/api/auth/token", { headers: { ...origin, ...bearer(body.token) } })
      const make = Effect.map(
        sendJson("POST", "/api/v1/tokens", { name: "ci", scopes: ["tasks:read"], expiresInDays: 1 }, bearer(jwt)),
        ({ body }): string => body.secret
      )
      const [secret, other] = [yield* make, yield* make]
      const exchange = (bearerToken: string) =>
        send("/api/auth/token", { headers: { ...from(newAddress()), ...bearer(bearerToken) } })
      const { answer } = yield* untilRefused(Policies.token, Effect.suspend(() => exchange(secret)))
      assert.match(answer.headers.get("ratelimit-policy")!, /^"token";/)
      assert.strictEqual((yield* exchange(other)).status, 200)
    }))

  it.effect("let in whoever sets a new password by mail, while strangers guess at the account", () =>
    Effect.gen(function*() {
      const [email, address] = [newEmail(), newAddress()]
      yield* signUp(newAddress(), email)
      yield* untilRefused(Policies.strangerGuess, Effect.suspend(() => signIn(newAddress(), email, "a guess")))
      assertProblem(yield* signIn(address, email), 429, "rate_limited")
      yield* sendJson("POST", "/api/auth/request-password-reset", { email }, from(address))
      const { code } = yield* awaitMail(email, "Set a new password")
      yield* sendJson("POST", "/api/auth/reset-password", { token: code, newPassword: password }, from(address))
      assert.strictEqual((yield* signIn(address, email)).status, 200)
    }))

  it.effect("keep no address and no email in the database", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      yield* signIn(newAddress(), newEmail())
      const rows = yield* sql<{ key: string }>`
        SELECT key FROM auth.rate_limits UNION ALL SELECT client FROM auth.familiar_clients`
      assert.isAbove(rows.length, 0)
      for (const { key } of rows) assert.notMatch(key, /2001:db8|127\.0\.0\.1|@|example|limited/)
    }))
})

const absent = newEmail()

limited({})("without a trusted proxy", (it) => {
  it.effect("a forwarded address changes nothing", () =>
    Effect.gen(function*() {
      const { count } = yield* untilRefused(Policies.passwordCheck, Effect.suspend(() => stumble(newAddress())))
      assert.isAtMost(count, Policies.passwordCheck.quota * 2)
      for (const name of ["x-client-ip", "x-real-ip", "forwarded", "cf-connecting-ip", "true-client-ip"]) {
        const value = name === "forwarded" ? "for=198.51.100.1" : "198.51.100.1"
        const left = yield* send("/api/auth/get-session", { headers: { ...origin, [name]: value } })
        assert.match(left.headers.get("ratelimit")!, /^"auth";r=59\d;t=1$/)
      }
    }))
})
