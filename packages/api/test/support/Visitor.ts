import { Effect } from "effect"
import { type Answer, type Person, send } from "./requests.ts"
import { publicUrl, type TestService } from "./TestService.ts"

/** A browser without scripts: keeps cookies, and sends forms as the service's own pages do. */
export class Visitor {
  private readonly jar = new Map<string, string>()
  private readonly headers: Record<string, string>

  /** `headers` go with every request. */
  constructor(headers: Record<string, string> = {}) {
    this.headers = headers
  }

  get(path: string): Effect.Effect<Answer, never, TestService> {
    return this.keep(send(path, { headers: { ...this.headers, ...this.cookie() } }))
  }

  /** Sends a form; `headers` such as another `origin`, or none (`undefined`). */
  post(path: string, fields: Record<string, string>, headers: Record<string, string | undefined> = {}) {
    const all = { origin: publicUrl, ...this.headers, ...this.cookie(), ...headers }
    const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)
    return this.keep(send(path, { method: "POST", body: new URLSearchParams(fields), headers: given }))
  }

  /** Signs in on the page. */
  signIn(person: Pick<Person, "email" | "password">) {
    return this.post("/device", { action: "sign-in", email: person.email, password: person.password })
  }

  /** As the header `Cookie` has them. */
  get cookies(): string {
    return Array.from(this.jar, ([name, value]) => `${name}=${value}`).join("; ")
  }

  private cookie(): Record<string, string> {
    return this.jar.size === 0 ? {} : { cookie: this.cookies }
  }

  private keep<R>(sending: Effect.Effect<Answer, never, R>) {
    return Effect.tap(sending, ({ headers }) =>
      Effect.sync(() => {
        for (const cookie of headers.getSetCookie()) {
          const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
          if (/;\s*max-age=0/i.test(cookie)) this.jar.delete(name!)
          else this.jar.set(name!, value!)
        }
      }))
  }
}
