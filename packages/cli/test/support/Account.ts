import type { Session } from "@todo/domain/sessions/Session"
import type { Task } from "@todo/domain/tasks/Task"
import type { MadeScriptToken } from "@todo/domain/tokens/ScriptToken"
import { version } from "../../src/client/Version.ts"

export const password = "correct horse battery staple"

/** A task as the service's JSON has it. */
export type TaskJson = (typeof Task)["Encoded"]

/** A token that was just made, with its secret. */
export type TokenJson = (typeof MadeScriptToken)["Encoded"]

/** A session as the service's JSON has it. */
type SessionJson = (typeof Session)["Encoded"]

const post = async (url: string, body: object, headers: Readonly<Record<string, string>> = {}) => {
  const { origin } = new URL(url)
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", origin, "user-agent": `todo/${version}`, ...headers },
    body: JSON.stringify(body)
  })
  if (!response.ok) throw new Error(`${url} was answered ${response.status}: ${await response.text()}`)
  return await response.json() as { readonly token: string; readonly user: { readonly id: string } }
}

/** Asks for a JWT of a session, or of a token for scripts. */
const exchange = (service: string, credential: string) =>
  fetch(`${service}/api/auth/token`, { headers: { authorization: `Bearer ${credential}`, origin: service } })

/** Whether a session is one still. */
export const isSession = async (service: string, token: string): Promise<boolean> =>
  (await exchange(service, token)).status === 200

/** An address that nobody else has. */
export const newEmail = () => `ada-${crypto.randomUUID()}@example.com`

/** Somebody at the service, by its own HTTP. */
export class Account {
  readonly id: string
  readonly email: string
  /** Of the session that a client may have, too. */
  readonly sessionToken: string
  private readonly service: string
  readonly jwt: string

  private constructor(service: string, id: string, email: string, sessionToken: string, jwt: string) {
    this.service = service
    this.id = id
    this.email = email
    this.sessionToken = sessionToken
    this.jwt = jwt
  }

  /** Signs somebody up whom nobody else is. */
  static async make(service: string): Promise<Account> {
    const email = newEmail()
    const { token, user } = await post(`${service}/api/auth/sign-up/email`, { name: "Ada", email, password })
    const { token: jwt } = await (await exchange(service, token)).json() as { readonly token: string }
    return new Account(service, user.id, email, token, jwt)
  }

  /** Signs in elsewhere, by a program of this name; answers the token of the session. */
  async signIn(
    { as = "Mozilla/5.0", using = password }: { readonly as?: string; readonly using?: string } = {}
  ): Promise<string> {
    const body = { email: this.email, password: using }
    return (await post(`${this.service}/api/auth/sign-in/email`, body, { "user-agent": as })).token
  }

  /** Whether this is the password. */
  hasPassword(using: string): Promise<boolean> {
    return this.signIn({ using }).then(() => true, () => false)
  }

  /** Says on the page of a device whether it is let in. */
  async decide(decision: "approve" | "deny", userCode: string): Promise<void> {
    const headers = { authorization: `Bearer ${this.sessionToken}` }
    await fetch(`${this.service}/api/auth/device?user_code=${userCode}`, { headers })
    await post(`${this.service}/api/auth/device/${decision}`, { userCode }, headers)
  }

  /** All sessions, the last used first. */
  async sessions(): Promise<ReadonlyArray<SessionJson>> {
    return (await this.ask("GET", "/sessions")).items
  }

  /** What the client keeps of somebody who has signed in. */
  get entry() {
    const { exp } = JSON.parse(Buffer.from(this.jwt.split(".")[1] ?? "", "base64url").toString()) as {
      readonly exp: number
    }
    return {
      sessionToken: this.sessionToken,
      user: { name: "Ada", email: this.email },
      jwt: this.jwt,
      jwtExpiresAt: exp
    }
  }

  /** Asks `/api/v1`, and answers the body. */
  // oxlint-disable-next-line no-explicit-any
  async ask(method: string, path: string, body?: object): Promise<any> {
    const response = await fetch(`${this.service}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${this.jwt}`, "content-type": "application/json" },
      ...body === undefined ? {} : { body: JSON.stringify(body) }
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`)
    return text === "" ? undefined : JSON.parse(text)
  }

  /** Adds a task, with an id that a test chooses. */
  async addTask(
    title: string,
    { completed = false, ...more }: {
      readonly id?: string
      readonly description?: string
      readonly completed?: boolean
      /** Other members that there are. */
      readonly [member: string]: unknown
    } = {}
  ): Promise<TaskJson> {
    const task: TaskJson = await this.ask("POST", "/tasks", { title, ...more })
    return completed ? this.ask("PATCH", `/tasks/${task.id}`, { completed }) : task
  }

  /** Adds many in one request. */
  async addTasks(titles: ReadonlyArray<string>): Promise<void> {
    await this.ask("POST", "/batch", { operations: titles.map((title) => ({ op: "task.create", body: { title } })) })
  }

  /** All tasks that are not in the trash, in the order in which they were added. */
  async tasks(): Promise<ReadonlyArray<TaskJson>> {
    return (await this.ask("GET", "/tasks?limit=200")).items.toReversed()
  }

  /** Makes a token for scripts. */
  addToken(
    { name = "ci", scopes = ["tasks:read", "tasks:write"] }: {
      readonly name?: string
      readonly scopes?: ReadonlyArray<string>
    } = {}
  ): Promise<TokenJson> {
    return this.ask("POST", "/tokens", { name, scopes, expiresInDays: 90 })
  }

  /** All tokens for scripts that have not ended, the newest first. */
  async tokens(): Promise<ReadonlyArray<Omit<TokenJson, "secret">>> {
    return (await this.ask("GET", "/tokens")).items
  }

  /** The cursor of now. */
  async cursor(): Promise<string> {
    let page = await this.ask("GET", "/changes?limit=200")
    while (page.more) page = await this.ask("GET", `/changes?limit=200&cursor=${page.cursor}`)
    return page.cursor
  }
}
