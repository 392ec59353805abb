import type { Agent } from "node:http"
import type { Operation } from "./Contract.ts"
import { type Answer, exchange, type Sent } from "./Exchange.ts"
import type { Credential } from "./Plan.ts"

/** A service that is tried. */
export interface Target {
  readonly url: string
  /** An origin that may use it. */
  readonly origin: string
  readonly agent: Agent
  /** Finds the code of the last mail to an address; absent where nobody can read the mails. */
  readonly mailCode?: (email: string, subject: string) => Promise<string>
}

// oxlint-disable-next-line no-explicit-any
type Body = any

const password = "correct horse battery"

/** Somebody whose account a few requests are tried with: what they destroy is theirs. */
export class Subject {
  readonly email: string
  readonly password = password
  private readonly target: Target
  private readonly session: string
  private readonly cookie: string
  private readonly made = new Map<Credential, Promise<string | undefined>>()

  private constructor(target: Target, email: string, session: string, cookie: string) {
    this.target = target
    this.email = email
    this.session = session
    this.cookie = cookie
  }

  /** Signs somebody up. */
  static async signUp(target: Target): Promise<Subject> {
    const email = `fuzz-${crypto.randomUUID()}@example.com`
    const answer = await post(target, "/api/auth/sign-up/email", { name: "Pat", email, password })
    const { token } = bodyOf(answer)
    const [cookie = ""] = answer.headers["set-cookie"] ?? []
    return new Subject(target, email, token, cookie.split(";")[0]!)
  }

  /** The headers that carry a credential to an operation. */
  async headersFor({ security }: Operation, credential: Credential): Promise<ReadonlyArray<readonly [string, string]>> {
    const right = security === "jwt" ? "jwt" : security === "session" ? "session" : "none"
    const wanted = credential === "right" ? right : credential
    if (wanted === "cookie") return [["cookie", this.cookie]]
    const token = this.made.get(wanted) ?? this.make(wanted)
    this.made.set(wanted, token)
    const value = await token
    return value === undefined ? [] : [["authorization", `Bearer ${value}`]]
  }

  private async make(credential: Credential): Promise<string | undefined> {
    switch (credential) {
      case "jwt":
        return this.jwtOf(this.session)
      case "session":
        return this.session
      case "script secret":
        return (await this.makeScriptToken("tasks:read")).secret
      case "jwt for reading":
        return this.jwtOf((await this.makeScriptToken("tasks:read")).secret)
      case "jwt for writing":
        return this.jwtOf((await this.makeScriptToken("tasks:write")).secret)
      case "ended session":
      case "ended jwt": {
        const session = await this.signInAgain()
        const jwt = await this.jwtOf(session)
        await post(this.target, "/api/auth/sign-out", undefined, session)
        return credential === "ended jwt" ? jwt : session
      }
      case "cut short":
        return (await this.jwtOf(this.session)).slice(0, -1)
      case "garbage":
        return "garbage"
      default:
        return undefined
    }
  }

  /** The id of something of this subject's that the operations on a path take. */
  async idFor(path: string): Promise<string> {
    if (path.includes("/tasks/")) return this.makeTask()
    if (path.includes("/comments/")) {
      const task = await this.makeTask()
      return bodyOf(await this.asUser("POST", `/api/v1/tasks/${task}/comments`, { text: "They close at six" })).id
    }
    if (path.includes("/views/")) {
      return this.makeView()
    }
    if (path.includes("/projects/")) {
      return this.makeProject()
    }
    if (path.includes("/trash/")) {
      const id = await this.makeTask()
      await this.asUser("DELETE", `/api/v1/tasks/${id}`)
      return id
    }
    if (path.includes("/operations/")) {
      return String((await this.asUser("POST", "/api/v1/tasks", { title: "Buy milk" })).headers["operation-id"])
    }
    if (path.includes("/tokens/")) return (await this.makeScriptToken("tasks:read")).id
    const jwt = await this.jwtOf(await this.signInAgain())
    return (JSON.parse(Buffer.from(jwt.split(".")[1]!, "base64url").toString()) as Body).sid
  }

  /** The name of a tag that a task has. */
  async makeTag(): Promise<string> {
    const name = crypto.randomUUID()
    await this.asUser("POST", "/api/v1/tasks", { title: "Buy milk", tags: [name] })
    return name
  }

  /** Members of a body or a query that are this subject's own, for an operation; with the code of a mail, if wanted. */
  async membersFor({ id }: Operation, withMail: boolean): Promise<Readonly<Record<string, unknown>>> {
    const page = `${this.target.origin}/welcome`
    const mine = {
      email: id === "signUp" ? `fuzz-${crypto.randomUUID()}@example.com` : this.email,
      newEmail: `fuzz-${crypto.randomUUID()}@example.com`,
      password,
      currentPassword: password,
      newPassword: "another horse, another battery",
      callbackURL: page,
      redirectTo: page
    }
    switch (id) {
      case "moveTasks":
        return { ...mine, ids: [await this.makeTask()] }
      case "moveProjects":
        return { ...mine, ids: [await this.makeProject()], parentId: null }
      case "moveViews":
        return { ...mine, ids: [await this.makeView()] }
      case "undoLatest":
        await this.asUser("POST", "/api/v1/tasks", { title: "Buy milk" })
        return mine
      case "finishDeviceSignIn": {
        const device = await this.newDevice()
        await post(this.target, "/api/auth/device/approve", { userCode: device.user_code }, this.session)
        return { ...mine, device_code: device.device_code }
      }
      case "getDeviceStatus":
      case "approveDevice":
      case "denyDevice": {
        const { user_code } = await this.newDevice()
        return { ...mine, user_code, userCode: user_code }
      }
      case "resetPassword":
        if (!withMail) return mine
        await post(this.target, "/api/auth/request-password-reset", { email: this.email })
        return { ...mine, ...await this.codeOf("Set a new password") }
      case "verifyEmail":
        if (!withMail) return mine
        await post(this.target, "/api/auth/send-verification-email", { email: this.email })
        return { ...mine, ...await this.codeOf("Confirm your address") }
      default:
        return mine
    }
  }

  private async codeOf(subject: string): Promise<Readonly<Record<string, string>>> {
    return this.target.mailCode === undefined ? {} : { token: await this.target.mailCode(this.email, subject) }
  }

  private async newDevice(): Promise<Body> {
    return bodyOf(await post(this.target, "/api/auth/device/code", { client_id: "todo-cli" }))
  }

  private async signInAgain(): Promise<string> {
    return bodyOf(await post(this.target, "/api/auth/sign-in/email", { email: this.email, password })).token
  }

  private async jwtOf(session: string): Promise<string> {
    return bodyOf(
      await exchange(this.target.url, this.target.agent, {
        method: "GET",
        target: "/api/auth/token",
        headers: [["authorization", `Bearer ${session}`]],
        body: undefined
      })
    ).token
  }

  private async makeScriptToken(scope: string): Promise<{ readonly id: string; readonly secret: string }> {
    const wanted = { name: "fuzz", scopes: [scope], expiresInDays: 1 }
    return bodyOf(await this.asUser("POST", "/api/v1/tokens", wanted))
  }

  /** The name that a script gave a task. */
  async makeExternalId(): Promise<string> {
    const externalId = crypto.randomUUID()
    await this.makeTask({ externalId })
    return externalId
  }

  /** Makes a task with which all can be done that there is to be done with one: it repeats. */
  private async makeTask(more: object = {}): Promise<string> {
    const task = { title: "Water the plants", due: { date: "2999-01-01" }, repeat: { rule: "FREQ=DAILY" }, ...more }
    return bodyOf(await this.asUser("POST", "/api/v1/tasks", task)).id
  }

  private async makeProject(): Promise<string> {
    return bodyOf(await this.asUser("POST", "/api/v1/projects", { name: crypto.randomUUID() })).id
  }

  private async makeView(): Promise<string> {
    return bodyOf(await this.asUser("POST", "/api/v1/views", { name: crypto.randomUUID(), filter: "open" })).id
  }

  private async asUser(method: string, path: string, body?: unknown) {
    return send(this.target, method, path, body, await this.jwtOf(this.session))
  }
}

const post = (target: Target, path: string, body: unknown, token?: string): Promise<Answer> =>
  send(target, "POST", path, body, token)

const send = (target: Target, method: string, path: string, body: unknown, token?: string): Promise<Answer> => {
  const sent: Sent = {
    method,
    target: path,
    headers: [
      ["origin", target.origin],
      ...(token === undefined ? [] : [["authorization", `Bearer ${token}`] as const]),
      ...(body === undefined ? [] : [["content-type", "application/json"] as const])
    ],
    body: body === undefined ? undefined : Buffer.from(JSON.stringify(body))
  }
  return exchange(target.url, target.agent, sent)
}

/** What the requests that a subject needs have to succeed with. */
const bodyOf = ({ body, status }: Answer): Body => {
  if (status >= 300) throw new Error(`A request that has to succeed is ${status}: ${body.toString()}`)
  return JSON.parse(body.toString())
}
