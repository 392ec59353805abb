import type { Session } from "@todo/domain/sessions/Session"
import { type Task, TaskId } from "@todo/domain/tasks/Task"
import { type ScriptToken, ScriptTokenId } from "@todo/domain/tokens/ScriptToken"
import type { TrashedTask } from "@todo/domain/trash/TrashedTask"
import { type Scope, SessionId } from "@todo/domain/users/CurrentUser"
import { UserId } from "@todo/domain/users/User"
import { Context, DateTime } from "effect"
import { randomUUID } from "node:crypto"
import { openTask } from "../openTask.ts"

export interface Account {
  readonly id: UserId
  name: string
  email: string
  emailVerified: boolean
  password: string
}

export interface FakeSession extends Omit<Session, "current"> {
  readonly account: Account
}

export interface FakeToken extends ScriptToken {
  readonly account: Account
  readonly secret: string
}

/** A mail that was sent, and what its code is for. */
export interface FakeMail {
  readonly kind: "verify" | "change-email" | "reset-password"
  readonly to: string
  readonly code: string
  readonly account: Account
}

/** A sign-in of a device that has begun. */
export interface FakeDevice {
  readonly userCode: string
  /** What the next questions are answered, one after the other; then it is pending, or approved by somebody. */
  readonly answers: Array<string>
  approvedBy: Account | undefined
}

/** What a JWT says: whose it is, of which session or token for scripts, and what it is for. */
interface Grant {
  readonly account: Account
  readonly sessionId: SessionId
  readonly scopes: ReadonlyArray<Scope>
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
  /** Sign-ins of devices by their device codes. */
  readonly devices = new Map<string, FakeDevice>()
  readonly mails: Array<FakeMail> = []
  readonly tasks = new Map<UserId, Array<Task>>()
  /** What was deleted, the last deleted first. */
  readonly trash = new Map<UserId, Array<TrashedTask>>()
  readonly received: Array<Received> = []
  jwtSeconds = 300
  /** Whether an address has to be confirmed before the first sign-in. */
  confirmsFirst = false
  /** The host of the page on which devices are approved. */
  deviceHost = "https://todo.example"

  tasksOf(user: UserId): Array<Task> {
    const tasks = this.tasks.get(user) ?? []
    this.tasks.set(user, tasks)
    return tasks
  }

  trashOf(user: UserId): Array<TrashedTask> {
    const trash = this.trash.get(user) ?? []
    this.trash.set(user, trash)
    return trash
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
    const account = { id: UserId.make(randomUUID()), name, email, emailVerified: false, password }
    this.accounts.set(email, account)
    return account
  }

  sendMail(kind: FakeMail["kind"], account: Account, to = account.email): void {
    this.mails.push({ kind, to, account, code: `code-${randomUUID()}` })
  }

  /** The mail of a code, which is good once. */
  useCode(code: string, ...kinds: ReadonlyArray<FakeMail["kind"]>): FakeMail | undefined {
    const index = this.mails.findIndex((mail) => mail.code === code && kinds.includes(mail.kind))
    return index === -1 ? undefined : this.mails.splice(index, 1)[0]
  }

  /** Adds a task with an id that a test chooses. */
  addTask(user: UserId, title: string, fields: Partial<Task> = {}): Task {
    const tasks = this.tasksOf(user)
    const now = DateTime.nowUnsafe()
    const task = openTask({
      id: TaskId.make(randomUUID()),
      number: Math.max(0, ...tasks.map(({ number }) => number)) + 1,
      title,
      createdAt: now,
      updatedAt: now,
      ...fields
    })
    tasks.push(task)
    return task
  }
}

/** The state, as the handlers get it. */
export class State extends Context.Service<State, FakeState>()("todo/cli/test/FakeService/State") {}
