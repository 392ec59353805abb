import { assert } from "@effect/vitest"
import { Effect } from "effect"
import { hashOf, type Owner, password, writeAccount, writeSession } from "./accountRows.ts"
import { TestService } from "./TestService.ts"

/** An answer, read to its end, or of a stream what comes first. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The body as JSON; undefined when it is empty. */
  // oxlint-disable-next-line no-explicit-any
  readonly body: any
}

/** Sends a request to the suite's service, just as given. */
export const send = (path: string, init: RequestInit = {}): Effect.Effect<Answer, never, TestService> =>
  Effect.gen(function*() {
    const { url } = yield* TestService
    return yield* Effect.promise(async () => {
      const response = await fetch(url + path, { redirect: "manual", ...init })
      const text = await (isStream(response) ? beginningOf(response) : response.text())
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: text !== "" && /json/.test(response.headers.get("content-type") ?? "") ? JSON.parse(text) : undefined
      }
    })
  })

const isStream = ({ headers }: Response) => headers.get("content-type") === "text/event-stream"

/** What comes first of an answer that does not end; nothing where there is no body. */
const beginningOf = async ({ body }: Response) => {
  const reader = body?.getReader()
  const first = await reader?.read()
  await reader?.cancel()
  return Buffer.from(first?.value ?? []).toString()
}

/** Sends JSON. */
export const sendJson = (method: string, path: string, body: unknown, headers: Record<string, string> = {}) =>
  send(path, {
    method,
    body: typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body),
    headers: { "content-type": "application/json", ...headers }
  })

let people = 0

/** Somebody with an account of their own, signed in. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly password: string
  readonly session: string
  readonly jwt: string
  readonly get: (path: string, headers?: Record<string, string>) => Effect.Effect<Answer, never, TestService>
  readonly json: (
    method: string,
    path: string,
    body: unknown,
    headers?: Record<string, string>
  ) => Effect.Effect<Answer, never, TestService>
  readonly add: (title: string) => Effect.Effect<Answer["body"], never, TestService>
}

/** The header that carries a bearer token. */
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

/** What Node's fetch must say to Better Auth, which refuses a browser's request without an origin. */
export const origin = { origin: "http://app.test" }

const newOwner = (): Owner => ({
  name: `Pat of ${process.pid}, number ${people++}`,
  email: `person-${crypto.randomUUID()}@example.com`
})

/** The account and the session of somebody who signs up over HTTP. */
const signUp = (owner: Owner) =>
  Effect.map(
    sendJson("POST", "/api/auth/sign-up/email", { ...owner, password }, origin),
    ({ body }): Account => ({ ...owner, id: body.user.id, session: body.token })
  )

interface Account extends Owner {
  readonly id: string
  readonly session: string
}

const personOf = Effect.fnUntraced(function*(account: Account) {
  const jwt = yield* tokenOf(account.session)
  const person: Person = {
    ...account,
    password,
    jwt,
    get: (path, headers) => send(path, { headers: { ...bearer(jwt), ...headers } }),
    json: (method, path, body, headers) => sendJson(method, path, body, { ...bearer(jwt), ...headers }),
    add: (title) => Effect.map(person.json("POST", "/api/v1/tasks", { title }), (answer) => answer.body)
  }
  return person
})

/** Signs up somebody new over HTTP: where it counts that they have. */
export const newSignedUp = Effect.suspend(() => Effect.flatMap(signUp(newOwner()), personOf))

/** Of `password`. */
let hash: string | undefined

/** Somebody new, as if they had signed up; the first of a process does, and the hash of that password is everybody's. */
export const newPerson = Effect.gen(function*() {
  if (hash === undefined) {
    const person = yield* newSignedUp
    hash = yield* hashOf(person.id)
    return person
  }
  const owner = newOwner()
  const id = yield* writeAccount(owner, hash)
  return yield* personOf({ ...owner, id, session: yield* writeSession(id) })
})

/** A JWT of a session. */
export const tokenOf = (session: string) =>
  Effect.map(
    send("/api/auth/token", { headers: { ...bearer(session), ...origin } }),
    (answer): string => answer.body.token
  )

/** Asserts that an answer is a problem document with this status and code, whole (RFC 9457). */
export const assertProblem = (answer: Answer, status: number, code: string) => {
  assert.strictEqual(answer.status, status, answer.text)
  assert.strictEqual(answer.headers.get("content-type"), "application/problem+json")
  assert.strictEqual(answer.body.status, status)
  assert.strictEqual(answer.body.code, code)
  assert.isString(answer.body.title)
  assert.isString(answer.body.detail)
  assert.match(answer.body.type, new RegExp(`^https?://[^/]+/problems/${code}$`))
  assert.strictEqual(answer.body.requestId, answer.headers.get("x-request-id"))
  if (status === 503) assert.strictEqual(answer.headers.get("retry-after"), "1")
  if (status === 401) assert.match(answer.headers.get("www-authenticate") ?? "", /^Bearer realm="todo"/)
}

/** Asserts that an answer is an error of OAuth (RFC 6749, 5.2): plain JSON, with what a problem document has, too. */
export const assertOAuthError = (answer: Answer, error: string, status = 400) => {
  assert.strictEqual(answer.status, status, answer.text)
  assert.strictEqual(answer.headers.get("content-type"), "application/json")
  assert.strictEqual(answer.body.error, error)
  assert.isString(answer.body.error_description)
  assert.strictEqual(answer.body.status, status)
  assert.strictEqual(answer.body.requestId, answer.headers.get("x-request-id"))
}

/** The paths that an `invalid_request` complains of. */
export const invalidPaths = (answer: Answer): ReadonlyArray<string> => {
  assertProblem(answer, 400, "invalid_request")
  return answer.body.errors.map((error: { path: ReadonlyArray<string> }) => error.path.join("."))
}
