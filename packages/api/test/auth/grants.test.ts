import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { type Device, newDevice, poll } from "../support/devices.ts"
import { awaitMail, mailsTo } from "../support/mail.ts"
import {
  assertOAuthError,
  assertProblem,
  bearer,
  newPerson,
  origin,
  type Person,
  send,
  sendJson,
  tokenOf
} from "../support/requests.ts"
import { suite } from "../support/suite.ts"
import type { TestService } from "../support/TestService.ts"
import { claimsOf } from "../support/tokens.ts"

const ask = (session: string, path: string, body: unknown) =>
  sendJson("POST", `/api/auth${path}`, body, { ...bearer(session), ...origin })
const post = (path: string, body: unknown) => sendJson("POST", `/api/auth${path}`, body, origin)
const signIn = (email: string, password: string) => post("/sign-in/email", { email, password })
const next = "another horse, another battery"

/** The code of the latest mail of this subject, once there are `count` of them. */
const codeOf = Effect.fnUntraced(function*(address: string, subject: string, count = 1) {
  for (;;) {
    const mails = (yield* mailsTo(address)).filter((mail) => mail.subject === subject)
    if (mails.length >= count) return mails.at(-1)!.code
    yield* Effect.sleep("25 millis")
  }
})
const resetCode = Effect.fnUntraced(function*(email: string, count = 1) {
  assert.strictEqual((yield* post("/request-password-reset", { email })).status, 200)
  return yield* codeOf(email, "Set a new password", count)
})
const reset = (token: string, newPassword = next) => post("/reset-password", { token, newPassword })

/** What changes the credentials of an account: each answers the password and the address that hold then. */
const changes: Record<
  string,
  (owner: Person) => Effect.Effect<{ password: string; email: string }, never, TestService>
> = {
  "a change of the password": Effect.fnUntraced(function*({ email, password, session }) {
    const answer = yield* ask(session, "/change-password", { currentPassword: password, newPassword: next })
    assert.strictEqual(answer.status, 200, answer.text)
    return { email, password: next }
  }),
  "a new password by mail": Effect.fnUntraced(function*({ email }) {
    const count = (yield* mailsTo(email)).filter(({ subject }) => subject === "Set a new password").length
    assert.strictEqual((yield* reset(yield* resetCode(email, count + 1))).status, 200)
    return { email, password: next }
  }),
  "a change of the address": Effect.fnUntraced(function*({ email, password, session }) {
    const newEmail = `new-${crypto.randomUUID()}-${email}`
    yield* ask(session, "/change-email", { newEmail, password })
    const { code } = yield* awaitMail(newEmail, "Confirm your new address")
    assert.strictEqual((yield* post("/verify-email", { token: code })).status, 200)
    return { email: newEmail, password }
  })
}

/** A device that a session of its own has approved. */
const approvedDevice = Effect.fnUntraced(function*({ email, password }: Person) {
  const device = yield* newDevice()
  const session: string = (yield* signIn(email, password)).body.token
  assert.strictEqual((yield* ask(session, "/device/approve", { userCode: device.userCode })).status, 200)
  return { device, session }
})

const assertDead = (device: Device) => Effect.map(poll(device), (answer) => assertOAuthError(answer, "invalid_grant"))

for (const [name, change] of Object.entries(changes)) {
  suite(`after ${name}`, (it) => {
    it.effect("a sign-in that was on its way is not signed in", () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        // They wait for their turn, which the owner has before strangers.
        const [signIns, { email, password }] = yield* Effect.all([
          Effect.all(Array.from({ length: 12 }, () => signIn(pat.email, pat.password)), { concurrency: "unbounded" }),
          change(pat)
        ], { concurrency: 2 })
        for (const { body, status } of signIns) {
          if (status !== 200) continue
          const token = yield* send("/api/auth/token", { headers: { ...bearer(body.token), ...origin } })
          assertProblem(token, 401, "UNAUTHORIZED")
        }
        assert.strictEqual((yield* signIn(email, password)).status, 200)
      }))

    it.effect("a device that was approved before gets no session", () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const { device } = yield* approvedDevice(pat)
        const changed = yield* change(pat)
        yield* assertDead(device)
        const later = yield* approvedDevice({ ...pat, ...changed })
        assert.strictEqual((yield* poll(later.device)).status, 200)
      }))

    it.effect("no code of a mail from before is good", () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const elsewhere = `elsewhere-${pat.email}`
        const older = yield* resetCode(pat.email)
        yield* ask(pat.session, "/change-email", { newEmail: elsewhere, password: pat.password })
        const link = yield* codeOf(elsewhere, "Confirm your new address")
        yield* post("/send-verification-email", { email: pat.email })
        const confirmation = yield* codeOf(pat.email, "Confirm your address")
        const { email, password } = yield* change(pat)

        assertProblem(yield* reset(older, "a thief's horse battery"), 400, "INVALID_TOKEN")
        assertProblem(yield* post("/verify-email", { token: link }), 401, "INVALID_TOKEN")
        assertProblem(yield* post("/verify-email", { token: confirmation }), 401, "INVALID_TOKEN")
        const jwt = yield* tokenOf((yield* signIn(email, password)).body.token)
        assert.strictEqual((yield* send("/api/v1/me", { headers: bearer(jwt) })).body.email, email)
        // And one from after it is.
        assert.strictEqual((yield* reset(yield* resetCode(email), "a third horse battery")).status, 200)
      }))
  })
}

suite("what a session has approved", (it) => {
  const endings: Record<string, (session: string, owner: Person) => Effect.Effect<unknown, never, TestService>> = {
    "signs out": (session) =>
      send("/api/auth/sign-out", { method: "POST", headers: { ...bearer(session), ...origin } }),
    "is ended": (session, owner) =>
      Effect.flatMap(tokenOf(session), (jwt) => owner.json("DELETE", `/api/v1/sessions/${claimsOf(jwt).sid}`, "")),
    "is ended with all others": (_session, owner) => owner.json("DELETE", "/api/v1/sessions", "")
  }
  for (const [how, end] of Object.entries(endings)) {
    it.effect(`ends when it ${how}`, () =>
      Effect.gen(function*() {
        const pat = yield* newPerson
        const { device, session } = yield* approvedDevice(pat)
        yield* end(session, pat)
        yield* assertDead(device)
      }))
  }

  it.effect("stays once the device has its session, and a session that has ended approves nothing", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const { device, session } = yield* approvedDevice(pat)
      const { body } = yield* poll(device)
      yield* send("/api/auth/sign-out", { method: "POST", headers: { ...bearer(session), ...origin } })
      assert.isString(yield* tokenOf(body.access_token))
      const late = yield* newDevice()
      assertOAuthError(yield* ask(session, "/device/approve", { userCode: late.userCode }), "unauthorized", 401)
      assertOAuthError(yield* poll(late), "authorization_pending")
    }))
})

suite("codes for a new password", (it) => {
  it.effect("are all used up with the first of them, also at once", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const codes = [yield* resetCode(pat.email), yield* resetCode(pat.email, 2)]
      const answers = yield* Effect.all(
        codes.flatMap((code, n) => [reset(code, `${next} ${n}`), reset(code, `${next} ${n}`)]),
        { concurrency: "unbounded" }
      )
      assert.deepStrictEqual(answers.map(({ status }) => status).toSorted(), [200, 400, 400, 400])
      for (const code of codes) assertProblem(yield* reset(code, "and once more, with feeling"), 400, "INVALID_TOKEN")
      const passwords = [pat.password, `${next} 0`, `${next} 1`, "and once more, with feeling"]
      const statuses = yield* Effect.forEach(passwords, (password) => signIn(pat.email, password))
      assert.lengthOf(statuses.filter(({ status }) => status === 200), 1)
    }))
})

suite("a session that has ended", (it) => {
  it.effect("deletes no account with the password of before", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const [deletion] = yield* Effect.all([
        ask(pat.session, "/delete-user", { password: pat.password }),
        ask(pat.session, "/change-password", { currentPassword: pat.password, newPassword: next })
      ], { concurrency: 2 })
      const after = yield* signIn(pat.email, next)
      // One of them came first.
      assert.strictEqual(after.status === 200, deletion.status !== 200, `${deletion.text} ${after.text}`)
    }))
})
