import { assert, layer } from "@effect/vitest"
import { Effect } from "effect"
import { awaitMail, mailsTo } from "../support/mail.ts"
import { type Answer, assertProblem, bearer, newPerson, origin, send, sendJson, tokenOf } from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import { publicUrl, TestService } from "../support/TestService.ts"

const password = "correct horse battery"
const newEmail = () => `unconfirmed-${crypto.randomUUID()}@example.com`
const post = (path: string, body: unknown) => sendJson("POST", `/api/auth${path}`, body, origin)
const signUp = (email: string, attempt = password) => post("/sign-up/email", { name: "Pat", email, password: attempt })
const signIn = (email: string, attempt = password) => post("/sign-in/email", { email, password: attempt })
const verify = (code: string) => sendJson("POST", "/api/auth/verify-email", { token: code }, origin)

/** The code with each of its characters changed in turn, with others around it, and in other spellings. */
const forgeriesOf = (code: string): ReadonlyArray<string> => [
  ...Array.from(code, (character, i) => code.slice(0, i) + (character === "A" ? "B" : "A") + code.slice(i + 1)),
  `${code}=`,
  `${code} `,
  code.slice(0, -1),
  `${code}AAAA`,
  code.toLowerCase()
]

/** An answer without what is never the same twice. */
const shapeOf = ({ body, headers, status }: Answer) => ({
  status,
  headers: [...headers].map(([name, value]) => [name, /^(date|x-request-id|etag)$/.test(name) ? "" : value]),
  members: Object.entries(body.user ?? body).map(([name, value]) => [
    name,
    /^(id|createdAt|updatedAt|email|requestId)$/.test(name) ? String(value).replaceAll(/[\da-z]/gi, "x").length : value
  ])
})

suite("where addresses need not be confirmed, an address", (it) => {
  it.effect("is confirmed with the code of a mail that is asked for", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      assert.strictEqual((yield* post("/send-verification-email", { email: pat.email })).status, 200)
      const { code, link } = yield* awaitMail(pat.email, "Confirm your address")
      assert.strictEqual(link, `${publicUrl}/verify-email?token=${code}`)
      assert.strictEqual((yield* verify(code)).status, 200)
      assert.strictEqual((yield* pat.get("/api/v1/me")).body.emailVerified, true)
    }))

  it.effect("is not confirmed with a code that somebody made up", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* post("/send-verification-email", { email: pat.email })
      const { code } = yield* awaitMail(pat.email, "Confirm your address")
      for (const wrong of ["", "x", pat.jwt, ...forgeriesOf(code)]) {
        assertProblem(yield* verify(wrong), 401, "INVALID_TOKEN")
      }
      assert.strictEqual((yield* pat.get("/api/v1/me")).body.emailVerified, false)
    }))

  it.effect("gets no mail that nobody asked for", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      yield* post("/send-verification-email", { email: pat.email })
      yield* awaitMail(pat.email, "Confirm your address")
      assert.lengthOf(yield* mailsTo(pat.email), 1)
    }))
})

suite("where addresses need not be confirmed", (it) => {
  it.effect("of many sign-ups at once with one address one makes the account, and the others are told that it is there", () =>
    Effect.gen(function*() {
      const email = newEmail()
      const answers = yield* Effect.all(Array.from({ length: 12 }, () => signUp(email)), { concurrency: "unbounded" })
      const others = answers.filter(({ status }) => status !== 200)
      assert.lengthOf(others, 11)
      for (const answer of others) assertProblem(answer, 422, "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL")
    }))
})

layer(TestService.layerWith({ EMAIL_VERIFICATION: "required" }), { excludeTestServices: true })(
  "where addresses must be confirmed",
  (it) => {
    it.effect("who signs up can sign in once the address is confirmed", () =>
      Effect.gen(function*() {
        const email = newEmail()
        const signedUp = yield* signUp(email)
        assert.deepInclude(signedUp.body, { token: null })
        assert.deepStrictEqual(signedUp.headers.getSetCookie(), [])
        assertProblem(yield* signIn(email), 401, "INVALID_EMAIL_OR_PASSWORD")
        const { code } = yield* awaitMail(email, "Confirm your address")
        assert.strictEqual((yield* verify(code)).status, 200)
        const jwt = yield* tokenOf((yield* signIn(email)).body.token)
        assert.strictEqual((yield* send("/api/v1/me", { headers: bearer(jwt) })).body.emailVerified, true)
      }))

    it.effect("sign-up answers the same for an address with an account, and tells its owner", () =>
      Effect.gen(function*() {
        const taken = newEmail()
        const first = yield* signUp(taken)
        yield* verify((yield* awaitMail(taken, "Confirm your address")).code)
        const again = yield* signUp(taken, "a stranger's password")
        assert.deepStrictEqual(shapeOf(again), shapeOf(first))
        assert.notStrictEqual(again.body.user.id, first.body.user.id)
        assert.include((yield* awaitMail(taken, "You have an account already")).text, `${publicUrl}/reset-password`)
        assertProblem(yield* signIn(taken, "a stranger's password"), 401, "INVALID_EMAIL_OR_PASSWORD")
        assert.strictEqual((yield* signIn(taken)).status, 200)
      }))

    it.effect("sign-up answers from the request alone, whatever is in it and however many come at once", () =>
      Effect.gen(function*() {
        const taken = newEmail()
        yield* signUp(taken)
        yield* verify((yield* awaitMail(taken, "Confirm your address")).code)
        const odd = [
          { image: "http://x/\u0000" },
          { image: "http://x/\ud800" },
          { name: "a\u0000" },
          { name: "" },
          { password: "short" },
          { image: "https://example.com/a.png" },
          { image: null },
          { callbackURL: "/welcome" },
          { callbackURL: "https://evil.test/" },
          { rememberMe: false }
        ]
        for (const members of odd) {
          const [first, second] = yield* Effect.forEach(
            [taken, newEmail()],
            (email) => post("/sign-up/email", { name: "Pat", email, password, ...members })
          )
          assert.deepStrictEqual(shapeOf(first!), shapeOf(second!), JSON.stringify(members))
        }
        const free = newEmail()
        const atOnce = yield* Effect.forEach([free, free, free, taken, taken], (email) => signUp(email), {
          concurrency: "unbounded"
        })
        for (const answer of atOnce) assert.deepStrictEqual(shapeOf(answer), shapeOf(atOnce[4]!))
        const ids = new Set(atOnce.map(({ body }) => body.user.id))
        assert.strictEqual(ids.size, 5)
      }))

    it.effect("sign-up that is refused says so, for any address", () =>
      Effect.gen(function*() {
        const taken = newEmail()
        yield* signUp(taken)
        for (const email of [taken, newEmail()]) {
          const body = { name: "Pat", email, password }
          // What looks like a browser says which page it is on.
          const mute = yield* sendJson("POST", "/api/auth/sign-up/email", body, { "sec-fetch-mode": "cors" })
          assertProblem(mute, 403, "MISSING_OR_NULL_ORIGIN")
          for (const callbackURL of ["https://evil.test/", "//evil.test", "javascript:alert(1)", "/你"]) {
            assertProblem(yield* post("/sign-up/email", { ...body, callbackURL }), 403, "INVALID_CALLBACK_URL")
          }
        }
      }))

    it.effect("a stranger who has just signed up with an address learns nothing by signing in", () =>
      Effect.gen(function*() {
        const taken = newEmail()
        yield* signUp(taken)
        yield* verify((yield* awaitMail(taken, "Confirm your address")).code)
        const free = newEmail()
        for (const email of [taken, free]) yield* signUp(email, "a stranger's password")
        const answers = yield* Effect.forEach(
          [taken, free, newEmail()],
          (email) => signIn(email, "a stranger's password")
        )
        assert.strictEqual(answers[0]!.status, 401)
        for (const answer of answers) assert.deepStrictEqual(shapeOf(answer), shapeOf(answers[0]!))
      }))

    it.effect("asking for another mail answers the same for every address", () =>
      Effect.gen(function*() {
        const confirmed = newEmail()
        yield* signUp(confirmed)
        yield* verify((yield* awaitMail(confirmed, "Confirm your address")).code)
        const waiting = newEmail()
        yield* signUp(waiting)
        const answers = yield* Effect.forEach(
          [confirmed, waiting, newEmail()],
          (email) => post("/send-verification-email", { email })
        )
        for (const answer of answers) assert.deepStrictEqual(shapeOf(answer), shapeOf(answers[0]!))
      }))

    it.effect("the owner of an address gets the account back from who signed up with it", () =>
      Effect.gen(function*() {
        const email = newEmail()
        yield* signUp(email, "a stranger's password")
        yield* signUp(email)
        yield* awaitMail(email, "You have an account already")
        yield* post("/request-password-reset", { email })
        const { code } = yield* awaitMail(email, "Set a new password")
        assert.strictEqual((yield* post("/reset-password", { token: code, newPassword: password })).status, 200)
        assert.strictEqual((yield* signIn(email)).status, 200)
        assertProblem(yield* signIn(email, "a stranger's password"), 401, "INVALID_EMAIL_OR_PASSWORD")
      }))
  }
)
