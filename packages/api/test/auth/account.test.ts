import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { SqlClient } from "effect/sql"
import { newDevice } from "../support/devices.ts"
import { awaitMail, mailsTo } from "../support/mail.ts"
import { assertProblem, bearer, newPerson, origin, type Person, send, sendJson, tokenOf } from "../support/requests.ts"
import { suite } from "../support/suite.ts"

const ask = (session: string, path: string, body: unknown) =>
  sendJson("POST", `/api/auth${path}`, body, { ...bearer(session), ...origin })
const signIn = (email: string, password: string) =>
  sendJson("POST", "/api/auth/sign-in/email", { email, password }, origin)
const me = (jwt: string) => send("/api/v1/me", { headers: bearer(jwt) })
const verify = (code: string) => sendJson("POST", "/api/auth/verify-email", { token: code }, origin)

/** The same person in another place. */
const elsewhere = (person: Person) =>
  Effect.gen(function*() {
    const session: string = (yield* signIn(person.email, person.password)).body.token
    return { session, jwt: yield* tokenOf(session) }
  })

const assertSignedOut = (jwt: string) => Effect.map(me(jwt), (answer) => assertProblem(answer, 401, "token_invalid"))

suite("the name of an account", (it) => {
  it.effect("changes", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      assert.strictEqual((yield* ask(pat.session, "/update-user", { name: "Patricia" })).status, 200)
      assert.strictEqual((yield* me(pat.jwt)).body.name, "Patricia")
    }))

  it.effect.each([
    ["empty", ""],
    ["blank", "   "],
    ["of 101 characters", "é".repeat(101)],
    ["of two lines", "Pat\nSubject: hello"]
  ])("is refused when it is %s, also at sign-up", ([, name]) =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const before = (yield* me(pat.jwt)).body
      assertProblem(yield* ask(pat.session, "/update-user", { name }), 400, "INVALID_NAME")
      const email = `new-${pat.email}`
      const body = { name, email, password: pat.password }
      assertProblem(yield* sendJson("POST", "/api/auth/sign-up/email", body, origin), 400, "INVALID_NAME")
      assert.deepStrictEqual((yield* me(pat.jwt)).body, before)
    }))

  it.effect("may have 100 characters, whatever they are", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const name = "🦊".repeat(100)
      assert.strictEqual((yield* ask(pat.session, "/update-user", { name })).status, 200)
      assert.strictEqual((yield* me(pat.jwt)).body.name, name)
    }))
})

suite("the password of an account", (it) => {
  it.effect("changes, ends every other session, and starts a new one here", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const other = yield* elsewhere(pat)
      const next = "another horse, another battery"
      const answer = yield* ask(pat.session, "/change-password", { currentPassword: pat.password, newPassword: next })
      assert.strictEqual(answer.status, 200, answer.text)
      yield* assertSignedOut(other.jwt)
      yield* assertSignedOut(pat.jwt)
      assert.strictEqual((yield* me(yield* tokenOf(answer.body.token))).status, 200)
      assertProblem(yield* signIn(pat.email, pat.password), 401, "INVALID_EMAIL_OR_PASSWORD")
      assert.strictEqual((yield* signIn(pat.email, next)).status, 200)
      yield* awaitMail(pat.email, "Your password has changed")
    }))

  it.effect("ends the other sessions also when the client says not to", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const other = yield* elsewhere(pat)
      yield* ask(pat.session, "/change-password", {
        currentPassword: pat.password,
        newPassword: "another horse, another battery",
        revokeOtherSessions: false
      })
      yield* assertSignedOut(other.jwt)
    }))

  it.effect("stays when the current one is wrong or the new one is not valid", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const change = (currentPassword: string, newPassword: string) =>
        ask(pat.session, "/change-password", { currentPassword, newPassword })
      assertProblem(yield* change("not the password", "another horse"), 400, "INVALID_PASSWORD")
      assertProblem(yield* change(pat.password, "short"), 400, "PASSWORD_TOO_SHORT")
      assertProblem(yield* change(pat.password, "x".repeat(129)), 400, "PASSWORD_TOO_LONG")
      assert.strictEqual((yield* me(pat.jwt)).status, 200)
      assert.strictEqual((yield* signIn(pat.email, pat.password)).status, 200)
      assert.deepStrictEqual(yield* mailsTo(pat.email), [])
    }))
})

suite("the address of an account", (it) => {
  it.effect("changes when the mail to the new one is answered, which signs out everywhere", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const newEmail = `new-${pat.email}`
      const answer = yield* ask(pat.session, "/change-email", { newEmail, password: pat.password })
      assert.deepStrictEqual([answer.status, answer.body], [200, { status: true }])
      const mail = yield* awaitMail(newEmail, "Confirm your new address")
      assert.strictEqual((yield* me(pat.jwt)).body.email, pat.email, "not before the link is used")
      assert.strictEqual((yield* verify(mail.code)).status, 200)
      yield* assertSignedOut(pat.jwt)
      assertProblem(yield* signIn(pat.email, pat.password), 401, "INVALID_EMAIL_OR_PASSWORD")
      const { token } = (yield* signIn(newEmail, pat.password)).body
      assert.deepInclude((yield* me(yield* tokenOf(token))).body, { email: newEmail, emailVerified: true })
      yield* awaitMail(pat.email, "Your address has changed")
      assertProblem(yield* verify(mail.code), 401, "INVALID_TOKEN")
    }))

  it.effect("changes from the terminal without ending the session that confirms", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const other = yield* elsewhere(pat)
      const newEmail = `new-${pat.email}`
      yield* ask(pat.session, "/change-email", { newEmail, password: pat.password })
      const { code } = yield* awaitMail(newEmail, "Confirm your new address")
      assert.strictEqual((yield* ask(pat.session, "/verify-email", { token: code })).status, 200)
      assert.strictEqual((yield* me(pat.jwt)).body.email, newEmail)
      yield* assertSignedOut(other.jwt)
    }))

  it.effect("wants the password", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const newEmail = `new-${pat.email}`
      for (const password of ["", "not the password"]) {
        assertProblem(yield* ask(pat.session, "/change-email", { newEmail, password }), 400, "INVALID_PASSWORD")
      }
      for (const body of [{ newEmail }, { newEmail, password: 7 }]) {
        assertProblem(yield* ask(pat.session, "/change-email", body), 400, "VALIDATION_ERROR")
      }
      assertProblem(
        yield* sendJson("POST", "/api/auth/change-email", { newEmail, password: pat.password }, origin),
        401,
        "UNAUTHORIZED"
      )
      assert.deepStrictEqual(yield* mailsTo(newEmail), [])
    }))

  it.effect("does not tell whether the new one has an account", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const other = yield* newPerson
      const taken = yield* ask(pat.session, "/change-email", { newEmail: other.email, password: pat.password })
      const free = yield* ask(pat.session, "/change-email", { newEmail: `new-${pat.email}`, password: pat.password })
      assert.deepStrictEqual([taken.status, taken.text], [free.status, free.text])
      yield* awaitMail(`new-${pat.email}`, "Confirm your new address")
      assert.deepStrictEqual(yield* mailsTo(other.email), [])
    }))

  it.effect("stays when somebody else has taken the new one meanwhile", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      const newEmail = `new-${pat.email}`
      yield* ask(pat.session, "/change-email", { newEmail, password: pat.password })
      const { code } = yield* awaitMail(newEmail, "Confirm your new address")
      const body = { name: "Sam", email: newEmail, password: pat.password }
      yield* sendJson("POST", "/api/auth/sign-up/email", body, origin)
      assertProblem(yield* verify(code), 401, "INVALID_TOKEN")
      assert.strictEqual((yield* me(pat.jwt)).body.email, pat.email)
    }))
})

suite("an account", (it) => {
  it.effect("is deleted with everything in it, in every table", () =>
    Effect.gen(function*() {
      const sql = yield* SqlClient.SqlClient
      const pat = yield* newPerson
      const other = yield* newPerson
      for (const person of [pat, other]) {
        yield* person.add("Water the plants")
        yield* person.json("POST", "/api/v1/tokens", { name: "ci", scopes: ["tasks:read"], expiresInDays: 1 })
        const { userCode } = yield* newDevice()
        yield* ask(person.session, "/device/approve", { userCode })
      }
      const other2 = yield* elsewhere(pat)
      /** The tables that have a row with the user's id or address in any column, past every policy. */
      const traces = (person: Person) =>
        Effect.gen(function*() {
          const tables = yield* sql<
            { name: string }
          >`SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name
            FROM pg_tables WHERE schemaname IN ('auth', 'todo') ORDER BY 1`
          const found: Array<string> = []
          for (const { name } of tables) {
            const [row] = yield* sql.withTransaction(Effect.andThen(
              sql`SELECT set_config('app.user_id', ${person.id}, true)`,
              sql<{ count: number }>`SELECT count(*)::int AS count FROM ${sql.literal(name)} r
                WHERE position(${person.id} IN r::text) + position(${person.email} IN r::text) > 0`
            ))
            if (row!.count > 0) found.push(name)
          }
          return found
        })
      const before = yield* traces(pat)
      for (
        const table of [
          "auth.account",
          "auth.\"deviceCode\"",
          "auth.script_token_secrets",
          "auth.session",
          "auth.\"user\"",
          "todo.counters",
          "todo.script_tokens",
          "todo.tasks"
        ]
      ) {
        assert.include(before, table)
      }

      const answer = yield* ask(pat.session, "/delete-user", { password: pat.password })
      assert.deepInclude(answer.body, { success: true })
      assert.deepStrictEqual(yield* traces(pat), [])
      assert.deepStrictEqual(yield* traces(other), before)

      for (const jwt of [pat.jwt, other2.jwt]) yield* assertSignedOut(jwt)
      assertProblem(yield* signIn(pat.email, pat.password), 401, "INVALID_EMAIL_OR_PASSWORD")
      yield* awaitMail(pat.email, "Your account is deleted")
      const again = yield* sendJson("POST", "/api/auth/sign-up/email", {
        name: "Pat",
        email: pat.email,
        password: pat.password
      }, origin)
      const tasks = yield* send("/api/v1/tasks", { headers: bearer(yield* tokenOf(again.body.token)) })
      assert.deepStrictEqual(tasks.body.items, [])
    }))

  it.effect("is not deleted without the password", () =>
    Effect.gen(function*() {
      const pat = yield* newPerson
      for (const password of ["", "not the password"]) {
        assertProblem(yield* ask(pat.session, "/delete-user", { password }), 400, "INVALID_PASSWORD")
      }
      for (const body of [{}, { token: "x" }, { password: null }]) {
        assertProblem(yield* ask(pat.session, "/delete-user", body), 400, "VALIDATION_ERROR")
      }
      assert.strictEqual((yield* me(pat.jwt)).status, 200)
    }))
})
