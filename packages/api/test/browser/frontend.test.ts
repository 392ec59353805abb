import { assert, describe, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import type { BrowserContext, Page } from "playwright-core"
import { sendJson } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"
import { Chromium, inChromium, skipBrowserTests } from "./Chromium.ts"
import { Frontends } from "./Frontends.ts"
import { newContext } from "./newContext.ts"
import type * as frontend from "./page.ts"

type Frontend = typeof frontend

/** The service, told of one of the two frontends, and a browser. */
const Everything = Layer.unwrap(
  Effect.map(Frontends, ({ allowed }) => TestService.layerWith({ CORS_ORIGINS: allowed }))
).pipe(Layer.provideMerge(Frontends.layer), Layer.provideMerge(Chromium.layer))

const open = (context: BrowserContext, url: string): Effect.Effect<Page> =>
  Effect.promise(async () => {
    const page = await context.newPage()
    await page.goto(url)
    return page
  })

/** Calls a function of the page's script, in the page. */
const call = <Name extends keyof Frontend>(page: Page, name: Name, ...parameters: Parameters<Frontend[Name]>) =>
  Effect.promise(() =>
    page.evaluate<Awaited<ReturnType<Frontend[Name]>>>(`frontend.${name}(...${JSON.stringify(parameters)})`)
  )

/** Whether the page got an answer, or the browser or the service refused. */
const outcome = (page: Page, name: keyof Frontend, ...parameters: ReadonlyArray<unknown>) =>
  Effect.promise(() =>
    page.evaluate(`frontend.${name}(...${JSON.stringify(parameters)}).then(() => "answered", () => "refused")`)
  )

/** The service by the name that a browser on this machine gives it: the same site as the frontends, another origin. */
const serviceUrl = Effect.map(TestService, ({ url }) => `http://localhost:${new URL(url).port}`)

let accounts = 0
const newAccount = () => ({
  email: `browser-${process.pid}-${Date.now()}-${accounts++}@example.com`,
  password: "correct horse battery"
})

/** The status that signing in gets from a client that is allowed: 401 when there is no such account. */
const signInStatus = (account: frontend.Account) =>
  Effect.gen(function*() {
    const { allowed } = yield* Frontends
    return (yield* sendJson("POST", "/api/auth/sign-in/email", account, { origin: allowed })).status
  })

describe.skipIf(skipBrowserTests)(inChromium("a frontend in a browser"), () => {
  layer(Everything, { excludeTestServices: true })("on an origin of CORS_ORIGINS", (it) => {
    it.effect("signs up, signs in, and adds and lists tasks, with the cookie and a JWT", () =>
      Effect.gen(function*() {
        const service = yield* serviceUrl
        const { allowed } = yield* Frontends
        const page = yield* open(yield* newContext(), allowed)
        const account = newAccount()
        yield* call(page, "signUp", service, account)
        yield* call(page, "signOut", service)
        assert.strictEqual(yield* outcome(page, "token", service), "refused")
        assert.strictEqual(yield* call(page, "signIn", service, account), account.email)
        const jwt = yield* call(page, "token", service)
        const titles = yield* call(page, "addTasks", service, jwt, ["Buy milk", "Call Grace"])
        assert.deepStrictEqual(titles, ["Call Grace", "Buy milk"])
        yield* Effect.promise(() => page.evaluate(`show(${JSON.stringify(titles)})`))
        assert.deepStrictEqual(yield* Effect.promise(() => page.locator("li").allTextContents()), titles)
      }).pipe(Effect.scoped))

    it.effect("gets a JWT with the token of the Set-Auth-Token header and no cookie", () =>
      Effect.gen(function*() {
        const service = yield* serviceUrl
        const { allowed } = yield* Frontends
        const account = newAccount()
        yield* call(yield* open(yield* newContext(), allowed), "signUp", service, account)
        const context = yield* newContext()
        const page = yield* open(context, allowed)
        const jwt = yield* call(page, "tokenWithoutCookies", service, account)
        assert.deepStrictEqual(yield* call(page, "addTasks", service, jwt, ["Buy milk"]), ["Buy milk"])
        assert.deepStrictEqual(yield* Effect.promise(() => context.cookies()), [])
      }).pipe(Effect.scoped))

    it.effect("reads the ETag, sends If-Match, and gets the current state when that is stale", () =>
      Effect.gen(function*() {
        const service = yield* serviceUrl
        const { allowed } = yield* Frontends
        const page = yield* open(yield* newContext(), allowed)
        yield* call(page, "signUp", service, newAccount())
        const jwt = yield* call(page, "token", service)
        assert.deepStrictEqual(yield* call(page, "staleUpdate", service, jwt), { etag: "\"1\"", current: "Run" })
      }).pipe(Effect.scoped))
  })

  layer(Everything, { excludeTestServices: true })("on any other origin", (it) => {
    it.effect("is refused at every step, and nothing is made", () =>
      Effect.gen(function*() {
        const service = yield* serviceUrl
        const { allowed, stranger } = yield* Frontends
        const friend = yield* open(yield* newContext(), allowed)
        const victim = newAccount()
        yield* call(friend, "signUp", service, victim)
        const jwt = yield* call(friend, "token", service)

        const page = yield* open(yield* newContext(), stranger)
        const account = newAccount()
        assert.strictEqual(yield* outcome(page, "signUp", service, account), "refused")
        assert.strictEqual(yield* signInStatus(victim), 200)
        assert.strictEqual(yield* signInStatus(account), 401)
        assert.strictEqual(yield* outcome(page, "signIn", service, victim), "refused")
        assert.strictEqual(yield* outcome(page, "token", service), "refused")
        assert.strictEqual(yield* outcome(page, "addTasks", service, jwt, ["Planted"]), "refused")
        assert.deepStrictEqual(yield* call(friend, "addTasks", service, jwt, []), [])
      }).pipe(Effect.scoped))

    it.effect("can do nothing with the cookie of somebody who is signed in", () =>
      Effect.gen(function*() {
        const service = yield* serviceUrl
        const { allowed, stranger } = yield* Frontends
        const context = yield* newContext()
        const victim = newAccount()
        const friend = yield* open(context, allowed)
        yield* call(friend, "signUp", service, victim)

        const page = yield* open(context, stranger)
        const account = newAccount()
        assert.strictEqual(yield* outcome(page, "token", service), "refused")
        assert.strictEqual(yield* outcome(page, "signOut", service), "refused")
        yield* call(page, "postBlindly", service, "/api/auth/sign-out", {})
        yield* call(page, "postBlindly", service, "/api/auth/sign-up/email", { name: "Eve", ...account })
        yield* call(page, "postBlindly", service, "/api/v1/tasks", { title: "Planted" })

        assert.strictEqual(yield* signInStatus(account), 401)
        const jwt = yield* call(friend, "token", service)
        assert.deepStrictEqual(yield* call(friend, "addTasks", service, jwt, []), [])
      }).pipe(Effect.scoped))
  })
})
