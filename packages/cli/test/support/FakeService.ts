import { NodeHttpServer } from "@effect/platform-node"
import { Api } from "@todo/domain/Api"
import { Authorization, InsufficientScope, Unauthorized } from "@todo/domain/auth/Authorization"
import { RequiredScope } from "@todo/domain/auth/RequiredScope"
import { SessionAuthorization } from "@todo/domain/auth/SessionAuthorization"
import { entityTag } from "@todo/domain/http/EntityTag"
import { RequestContract } from "@todo/domain/http/RequestContract"
import { InvalidRequest } from "@todo/domain/http/RequestProblems"
import type { Session } from "@todo/domain/sessions/Session"
import { SessionNotFound } from "@todo/domain/sessions/SessionsApi"
import { type Task, TaskId } from "@todo/domain/tasks/Task"
import { TaskCursor } from "@todo/domain/tasks/TaskPage"
import { TaskChanged, TaskNotFound } from "@todo/domain/tasks/TaskProblems"
import { type ScriptToken, ScriptTokenId } from "@todo/domain/tokens/ScriptToken"
import { TokenNotFound } from "@todo/domain/tokens/TokensApi"
import { CurrentUser, type Scope as TokenScope, SessionId } from "@todo/domain/users/CurrentUser"
import { UserId } from "@todo/domain/users/User"
import { Context, DateTime, Effect, Exit, Layer, Redacted, Scope } from "effect"
import { HttpRouter, HttpServerRequest } from "effect/http"
import { HttpApiBuilder, HttpApiMiddleware, HttpApiSchema } from "effect/http-api"
import { randomUUID } from "node:crypto"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"

export interface Account {
  readonly id: UserId
  readonly name: string
  readonly email: string
  readonly password: string
}

export interface FakeSession extends Omit<Session, "current"> {
  readonly account: Account
}

export interface FakeToken extends ScriptToken {
  readonly account: Account
  readonly secret: string
}

/** What a JWT says: whose it is, of which session or token for scripts, and what it is for. */
interface Grant {
  readonly account: Account
  readonly sessionId: SessionId
  readonly scopes: ReadonlyArray<TokenScope>
}

/** A request that arrived, as far as tests look at it. */
export interface Received {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** A part of a JWT. */
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url")

/** What the service knows; tests read it and change it. */
export class FakeState {
  readonly accounts = new Map<string, Account>()
  /** Sessions by their tokens. */
  readonly sessions = new Map<string, FakeSession>()
  /** Tokens for scripts by their secrets. */
  readonly tokens = new Map<string, FakeToken>()
  /** JWTs that are accepted. */
  readonly jwts = new Map<string, Grant>()
  readonly tasks = new Map<UserId, Array<Task>>()
  readonly received: Array<Received> = []
  jwtSeconds = 300

  tasksOf(user: UserId): Array<Task> {
    const tasks = this.tasks.get(user) ?? []
    this.tasks.set(user, tasks)
    return tasks
  }

  signIn(account: Account, fields: Partial<Session> = {}) {
    const token = `session-${randomUUID()}`
    const now = DateTime.nowUnsafe()
    this.sessions.set(token, {
      id: SessionId.make(randomUUID()),
      account,
      userAgent: "todo/0.1.0",
      ipAddress: "127.0.0.1",
      createdAt: now,
      lastUsedAt: now,
      expiresAt: DateTime.add(now, { days: 7 }),
      ...fields
    })
    return { token, user: { id: account.id, name: account.name, email: account.email } }
  }

  sessionsOf(user: UserId): Array<FakeSession> {
    return [...this.sessions.values()].filter(({ account }) => account.id === user)
  }

  endSession(id: SessionId): void {
    for (const [token, session] of this.sessions) if (session.id === id) this.sessions.delete(token)
    this.endGrants(id)
  }

  addToken(account: Account, fields: Partial<ScriptToken> = {}): FakeToken {
    const now = DateTime.nowUnsafe()
    const token: FakeToken = {
      id: ScriptTokenId.make(randomUUID()),
      name: "ci",
      scopes: ["tasks:read", "tasks:write"],
      createdAt: now,
      expiresAt: DateTime.add(now, { days: 90 }),
      lastUsedAt: null,
      ...fields,
      account,
      secret: `todo_${randomUUID().replaceAll("-", "")}0000`
    }
    this.tokens.set(token.secret, token)
    return token
  }

  tokensOf(user: UserId): Array<FakeToken> {
    return [...this.tokens.values()].filter(({ account }) => account.id === user).toReversed()
  }

  endToken({ id, secret }: FakeToken): void {
    this.tokens.delete(secret)
    this.endGrants(id)
  }

  private endGrants(id: string): void {
    for (const [jwt, { sessionId }] of this.jwts) if (sessionId === id) this.jwts.delete(jwt)
  }

  mint(account: Account, grant: Partial<Grant> = {}): string {
    const exp = Math.floor(Date.now() / 1000) + this.jwtSeconds
    const jwt = [part({ alg: "EdDSA" }), part({ sub: account.id, exp, jti: randomUUID() }), "signature"].join(".")
    this.jwts.set(jwt, {
      account,
      sessionId: SessionId.make(randomUUID()),
      scopes: ["tasks:read", "tasks:write", "account"],
      ...grant
    })
    return jwt
  }

  signUp(name: string, email: string, password: string): Account {
    const account = { id: UserId.make(randomUUID()), name, email, password }
    this.accounts.set(email, account)
    return account
  }

  /** Adds a task with an id that a test chooses. */
  addTask(user: UserId, title: string, fields: Partial<Task> = {}): Task {
    const tasks = this.tasksOf(user)
    const now = DateTime.nowUnsafe()
    const task: Task = {
      id: TaskId.make(randomUUID()),
      number: Math.max(0, ...tasks.map(({ number }) => number)) + 1,
      title,
      description: null,
      completed: false,
      completedAt: null,
      createdAt: now,
      updatedAt: now,
      version: 1,
      ...fields
    }
    tasks.push(task)
    return task
  }
}

class State extends Context.Service<State, FakeState>()("todo/cli/test/FakeService/State") {}

const authProblem = <const Status extends number>(status: Status, code: string, message: string) => ({
  type: "about:blank",
  title: message,
  status,
  detail: message,
  code,
  message
})

/** The session token that a request carries. */
const bearer = Effect.map(
  HttpServerRequest.HttpServerRequest,
  ({ headers }) => headers.authorization?.replace(/^Bearer /, "") ?? ""
)

const AuthHandlers = HttpApiBuilder.group(
  Api,
  "auth",
  Effect.fnUntraced(function*(handlers) {
    const state = yield* State
    return handlers.handleAll({
      signUp: Effect.fnUntraced(function*({ payload: { email, name, password } }) {
        if (state.accounts.has(email)) {
          return yield* Effect.fail(authProblem(422, "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL", "User already exists"))
        }
        if (password.length < 8) {
          return yield* Effect.fail(authProblem(400, "PASSWORD_TOO_SHORT", "Password too short"))
        }
        return state.signIn(state.signUp(name, email, password))
      }),
      signIn: Effect.fnUntraced(function*({ payload: { email, password } }) {
        const account = state.accounts.get(email)
        if (account?.password !== password) {
          return yield* Effect.fail(authProblem(401, "INVALID_EMAIL_OR_PASSWORD", "Invalid email or password"))
        }
        const { headers } = yield* HttpServerRequest.HttpServerRequest
        return state.signIn(account, { userAgent: headers["user-agent"] ?? null })
      }),
      signOut: Effect.fnUntraced(function*() {
        return { success: state.sessions.delete(yield* bearer) }
      }),
      token: Effect.fnUntraced(function*() {
        const credential = yield* bearer
        const script = state.tokens.get(credential)
        if (script !== undefined) {
          const { account, id, scopes } = script
          return { token: state.mint(account, { sessionId: SessionId.make(id), scopes }) }
        }
        if (credential.startsWith("todo_")) {
          const message = "The token is not valid, has ended or was revoked"
          return yield* Effect.fail(authProblem(401, "INVALID_TOKEN", message))
        }
        const session = state.sessions.get(credential)
        if (session === undefined) return yield* Effect.fail(authProblem(401, "UNAUTHORIZED", "Unauthorized"))
        return { token: state.mint(session.account, { sessionId: session.id }) }
      }),
      jwks: () => Effect.succeed({ keys: [] })
    })
  })
)

const UsersHandlers = HttpApiBuilder.group(
  Api,
  "users",
  Effect.fnUntraced(function*(handlers) {
    const state = yield* State
    return handlers.handleAll({
      me: Effect.fnUntraced(function*() {
        const { id } = yield* CurrentUser
        const { email, name } = [...state.accounts.values()].find((account) => account.id === id)!
        return { id, name, email, emailVerified: false, createdAt: DateTime.makeUnsafe("2026-01-02T03:04:05Z") }
      })
    })
  })
)

const SessionsHandlers = HttpApiBuilder.group(
  Api,
  "sessions",
  Effect.fnUntraced(function*(handlers) {
    const state = yield* State
    return handlers.handleAll({
      list: Effect.fnUntraced(function*() {
        const { id, sessionId } = yield* CurrentUser
        return {
          items: state.sessionsOf(id).map(({ account: _account, ...session }) => ({
            ...session,
            current: session.id === sessionId
          }))
        }
      }),
      end: Effect.fnUntraced(function*({ params: { id } }) {
        const user = yield* CurrentUser
        if (!state.sessionsOf(user.id).some((session) => session.id === id)) {
          return yield* new SessionNotFound({ detail: "There is no session of this id" })
        }
        state.endSession(id)
      }),
      endOthers: Effect.fnUntraced(function*() {
        const { id, sessionId } = yield* CurrentUser
        const others = state.sessionsOf(id).filter((session) => session.id !== sessionId)
        for (const other of others) state.endSession(other.id)
        return { ended: others.length }
      })
    })
  })
)

const TokensHandlers = HttpApiBuilder.group(
  Api,
  "tokens",
  Effect.fnUntraced(function*(handlers) {
    const state = yield* State
    return handlers.handleAll({
      create: Effect.fnUntraced(function*({ payload: { expiresInDays, name, scopes } }) {
        const user = yield* CurrentUser
        const account = [...state.accounts.values()].find(({ id }) => id === user.id)!
        const expiresAt = DateTime.add(yield* DateTime.now, { days: expiresInDays })
        const { account: _account, ...made } = state.addToken(account, { name, scopes, expiresAt })
        return made
      }),
      list: Effect.fnUntraced(function*() {
        const { id } = yield* CurrentUser
        return { items: state.tokensOf(id).map(({ account: _account, secret: _secret, ...token }) => token) }
      }),
      revoke: Effect.fnUntraced(function*({ params }) {
        const token = state.tokensOf((yield* CurrentUser).id).find(({ id }) => id === params.id)
        if (token === undefined) return yield* new TokenNotFound({ detail: "There is no token of this id" })
        state.endToken(token)
      })
    })
  })
)

const guard = (task: Task, ifMatch: string | undefined) =>
  ifMatch !== undefined && ifMatch !== entityTag(task.version)
    ? Effect.fail(new TaskChanged({ detail: "The task is at another version", current: task }))
    : Effect.void

const tagged = (task: Task) => HttpApiSchema.withHeaders({ body: task, headers: { etag: entityTag(task.version) } })

const TasksHandlers = HttpApiBuilder.group(
  Api,
  "tasks",
  Effect.fnUntraced(function*(handlers) {
    const state = yield* State
    const find = Effect.fnUntraced(function*(id: TaskId) {
      const tasks = state.tasksOf((yield* CurrentUser).id)
      const index = tasks.findIndex((task) => task.id === id)
      const task = tasks[index]
      if (task === undefined) return yield* new TaskNotFound({ detail: "There is no task of this id" })
      return { index, task, tasks }
    })

    return handlers.handleAll({
      create: Effect.fnUntraced(function*({ payload }) {
        const task = state.addTask((yield* CurrentUser).id, payload.title, {
          description: payload.description ?? null
        })
        return HttpApiSchema.withHeaders({
          body: task,
          headers: { location: `/api/v1/tasks/${task.id}`, etag: entityTag(task.version) }
        })
      }),
      list: Effect.fnUntraced(function*({ query: { completed, cursor, limit = 50, number } }) {
        const start = cursor === undefined ? 0 : Number(cursor)
        const found = state.tasksOf((yield* CurrentUser).id)
          .filter((task) => completed === undefined || task.completed === completed)
          .filter((task) => number === undefined || task.number === number)
          .toReversed()
        const end = start + limit
        return {
          items: found.slice(start, end),
          nextCursor: end < found.length ? TaskCursor.make(String(end)) : null
        }
      }),
      get: Effect.fnUntraced(function*({ params }) {
        return tagged((yield* find(params.id)).task)
      }),
      update: Effect.fnUntraced(function*({ headers, params, payload }) {
        const { index, task, tasks } = yield* find(params.id)
        yield* guard(task, headers["if-match"])
        const now = yield* DateTime.now
        const completed = payload.completed ?? task.completed
        const changed: Task = {
          ...task,
          ...payload,
          completed,
          completedAt: completed ? task.completedAt ?? now : null,
          updatedAt: now,
          version: task.version + 1
        }
        tasks[index] = changed
        return tagged(changed)
      }),
      remove: Effect.fnUntraced(function*({ headers, params }) {
        const { index, task, tasks } = yield* find(params.id)
        yield* guard(task, headers["if-match"])
        tasks.splice(index, 1)
      })
    })
  })
)

const SystemHandlers = HttpApiBuilder.group(Api, "system", (handlers) =>
  Effect.succeed(handlers.handleAll({
    live: () => Effect.succeed({ status: "ok" as const }),
    ready: () => Effect.succeed({ status: "ok" as const })
  })))

const AuthorizationLayer = Layer.effect(
  Authorization,
  Effect.gen(function*() {
    const state = yield* State
    return Authorization.of({
      accessToken: Effect.fnUntraced(function*(httpEffect, { credential, endpoint }) {
        const grant = state.jwts.get(Redacted.value(credential))
        if (grant === undefined) {
          return yield* new Unauthorized({ code: "token_invalid", detail: "The token is not valid" })
        }
        const { account, scopes, sessionId } = grant
        const scope = Context.getUnsafe(endpoint.annotations, RequiredScope)
        if (!scopes.includes(scope)) {
          return yield* new InsufficientScope({ scope, detail: `The token lacks the scope ${scope}` })
        }
        return yield* Effect.provideService(httpEffect, CurrentUser, {
          id: account.id,
          sessionId,
          scopes
        })
      })
    })
  })
)

const SessionAuthorizationLayer = Layer.succeed(SessionAuthorization, { sessionToken: (httpEffect) => httpEffect })

const RequestContractLayer = HttpApiMiddleware.layerSchemaErrorTransform(
  RequestContract,
  (error) => Effect.fail(new InvalidRequest({ detail: error.message, errors: [] }))
)

const routes = HttpApiBuilder.layer(Api).pipe(
  Layer.provide([AuthHandlers, UsersHandlers, SessionsHandlers, TokensHandlers, TasksHandlers, SystemHandlers]),
  Layer.provide([AuthorizationLayer, SessionAuthorizationLayer, RequestContractLayer])
)

/** The contract of the service, real to its last header, over tasks in memory. */
export interface FakeService {
  readonly url: string
  readonly state: FakeState
  close(): Promise<void>
}

/** Serves the contract on a free port. */
export const startFakeService = async (): Promise<FakeService> => {
  const state = new FakeState()
  const server = createServer()
  server.on("request", ({ headers, method = "", url = "" }) => {
    state.received.push({ method, url, headers: headers as Received["headers"] })
  })
  const scope = await Effect.runPromise(Scope.make())
  await HttpRouter.serve(routes, { disableLogger: true, disableListenLog: true }).pipe(
    Layer.provide(NodeHttpServer.layer(() => server, { port: 0, host: "127.0.0.1" })),
    Layer.provide(Layer.succeed(State, state)),
    Layer.buildWithScope(scope),
    Effect.runPromise
  )
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    state,
    close: () => Effect.runPromise(Scope.close(scope, Exit.void))
  }
}
