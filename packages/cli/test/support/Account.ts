import type { Task } from "@todo/domain/tasks/Task"
import type { MadeScriptToken } from "@todo/domain/tokens/ScriptToken"
import { version } from "../../src/client/Version.ts"

export const password = "correct horse battery staple"

/** A task as the service's JSON has it. */
export type TaskJson = (typeof Task)["Encoded"]

/** A token that was just made, with its secret. */
export type TokenJson = (typeof MadeScriptToken)["Encoded"]

const post = async (url: string, body: object, origin: string) => {
  const headers = { "content-type": "application/json", origin, "user-agent": `todo/${version}` }
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url} was answered ${response.status}: ${await response.text()}`)
  return await response.json() as { readonly token: string }
}

/** Somebody at the service, by its own HTTP. */
export class Account {
  readonly email: string
  /** Of the session that a client may have, too. */
  readonly sessionToken: string
  private readonly service: string
  readonly jwt: string

  private constructor(service: string, email: string, sessionToken: string, jwt: string) {
    this.service = service
    this.email = email
    this.sessionToken = sessionToken
    this.jwt = jwt
  }

  /** Signs somebody up whom nobody else is. */
  static async make(service: string): Promise<Account> {
    const email = `ada-${crypto.randomUUID()}@example.com`
    const { token } = await post(`${service}/api/auth/sign-up/email`, { name: "Ada", email, password }, service)
    const exchange = await fetch(`${service}/api/auth/token`, {
      headers: { authorization: `Bearer ${token}`, origin: service }
    })
    const { token: jwt } = await exchange.json() as { readonly token: string }
    return new Account(service, email, token, jwt)
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
