import { NodeHttpServer } from "@effect/platform-node"
import { Api } from "@todo/domain/Api"
import { Authorization, Unauthorized } from "@todo/domain/auth/Authorization"
import { SessionAuthorization } from "@todo/domain/auth/SessionAuthorization"
import { entityTag } from "@todo/domain/http/EntityTag"
import { RequestContract } from "@todo/domain/http/RequestContract"
import { InvalidRequest } from "@todo/domain/http/RequestProblems"
import { type Task, TaskId } from "@todo/domain/tasks/Task"
import { TaskCursor } from "@todo/domain/tasks/TaskPage"
import { TaskChanged, TaskNotFound } from "@todo/domain/tasks/TaskProblems"
import { CurrentUser, SessionId } from "@todo/domain/users/CurrentUser"
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
  /** Session tokens and whose they are. */
  readonly sessions = new Map<string, Account>()
  /** JWTs that are accepted and whose they are. */
  readonly jwts = new Map<string, Account>()
  readonly tasks = new Map<UserId, Array<Task>>()
  readonly received: Array<Received> = []
  jwtSeconds = 300

  tasksOf(user: UserId): Array<Task> {
    const tasks = this.tasks.get(user) ?? []
    this.tasks.set(user, tasks)
    return tasks
  }

  signIn(account: Account) {
    const token = `session-${randomUUID()}`
    this.sessions.set(token, account)
    return { token, user: { id: account.id, name: account.name, email: account.email } }
  }

  mint(account: Account): string {
    const exp = Math.floor(Date.now() / 1000) + this.jwtSeconds
    const jwt = [part({ alg: "EdDSA" }), part({ sub: account.id, exp, jti: randomUUID() }), "signature"].join(".")
    this.jwts.set(jwt, account)
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
        return state.signIn(account)
      }),
      signOut: Effect.fnUntraced(function*() {
        return { success: state.sessions.delete(yield* bearer) }
      }),
      token: Effect.fnUntraced(function*() {
        const account = state.sessions.get(yield* bearer)
        if (account === undefined) return yield* Effect.fail(authProblem(401, "UNAUTHORIZED", "Unauthorized"))
        return { token: state.mint(account) }
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
      accessToken: Effect.fnUntraced(function*(httpEffect, { credential }) {
        const account = state.jwts.get(Redacted.value(credential))
        if (account === undefined) {
          return yield* new Unauthorized({ code: "token_invalid", detail: "The token is not valid" })
        }
        return yield* Effect.provideService(httpEffect, CurrentUser, {
          id: account.id,
          sessionId: SessionId.make(randomUUID()),
          scopes: ["tasks:read", "tasks:write", "account"]
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
  Layer.provide([AuthHandlers, UsersHandlers, TasksHandlers, SystemHandlers]),
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
