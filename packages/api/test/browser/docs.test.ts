import { assert, describe, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import type { Page } from "playwright-core"
import { committed, operationsOf } from "../openapi/committed.ts"
import { bearer, newPerson, type Person } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"
import { Chromium, inChromium, skipBrowserTests } from "./Chromium.ts"
import { signIn } from "./signIn.ts"

/** A folder for screenshots, for people who want to look. */
const screenshots = process.env["SCREENSHOTS"]

const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } }

const summaries = operationsOf(committed()).map(([, { summary }]) => summary ?? "")

describe.skipIf(skipBrowserTests)(inChromium("GET /docs in a browser"), () => {
  layer(Layer.mergeAll(TestService.layer, Chromium.layer), { excludeTestServices: true })("Scalar", (it) => {
    it.effect.each(Object.keys(sizes) as ReadonlyArray<keyof typeof sizes>)(
      "shows every operation on a %s, without an error and without asking another host",
      (size) =>
        Effect.gen(function*() {
          const { url } = yield* TestService
          const browser = yield* Chromium
          yield* Effect.promise(async () => {
            const page = await browser.newPage({ viewport: sizes[size] })
            const requests: Array<string> = []
            const errors: Array<string> = []
            page.on("request", (request) => requests.push(request.url()))
            page.on("response", (response) => {
              if (!response.ok()) errors.push(`${response.status()} ${response.url()}`)
            })
            page.on("pageerror", (error) => errors.push(String(error)))
            page.on("console", (message) => {
              if (message.type() === "error") errors.push(message.text())
            })
            await page.goto(`${url}/docs`)
            for (const summary of summaries) {
              await page.getByRole("heading", { name: summary, exact: true }).first().waitFor({ timeout: 20_000 })
            }
            // What it asks for later, it asks for within a second.
            await page.waitForTimeout(1000)
            if (screenshots !== undefined) {
              mkdirSync(screenshots, { recursive: true })
              await page.screenshot({ path: join(screenshots, `docs-${size}.png`) })
              await page.getByRole("heading", { name: "Change a task", exact: true }).first().scrollIntoViewIfNeeded()
              await page.mouse.wheel(0, 300)
              await page.waitForTimeout(500)
              await page.screenshot({ path: join(screenshots, `docs-${size}-operation.png`) })
            }
            const excess = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")
            const hidden = await page.locator("#todo-who").evaluate((bar) =>
              Math.max(bar.scrollWidth - bar.clientWidth, bar.scrollHeight - bar.clientHeight)
            )
            const foreign = requests.filter((request) =>
              !request.startsWith(`${url}/`) && !/^(data|blob):/.test(request)
            )
            await page.close()
            assert.isAtMost(excess, 0, "the page is wider than the window")
            assert.isAtMost(hidden, 0, "of the bar's text some is cut")
            assert.deepStrictEqual(foreign, [])
            assert.deepStrictEqual(errors, [])
          })
        })
    )
  })

  layer(Layer.mergeAll(TestService.localLayer, Chromium.layer), { excludeTestServices: true })(
    "what is tried",
    (it) => {
      it.effect("has the JWTs of whoever is signed in, and a new one when somebody else is", () =>
        Effect.gen(function*() {
          const { url } = yield* TestService
          const browser = yield* Chromium
          const [ada, grace] = [yield* newPerson, yield* newPerson]
          yield* ada.add("Of the first")
          yield* grace.add("Of the second")
          yield* Effect.promise(async () => {
            const page = await browser.newPage({ viewport: sizes.desktop })
            const shows = (text: string) => page.getByText(text).first().waitFor({ timeout: 20_000 })
            await page.goto(`${url}/docs`)
            assert.strictEqual(await page.title(), "API reference · todo")
            await shows("Sign in, and what you try is yours")
            assert.strictEqual(await listed(page), 401)

            await page.goto(`${url}/sign-in`)
            await signIn(page, ada)
            await page.getByRole("link", { name: "API reference" }).first().click()
            await shows(`${ada.email}: JWTs are sent for you`)
            assert.strictEqual(await listed(page), 200)
            await shows("Of the first")

            // As its own "Sign in" would.
            await page.evaluate(
              ([email, password]) =>
                fetch("/api/auth/sign-in/email", {
                  method: "POST",
                  headers: { "content-type": "application/json" },
                  body: JSON.stringify({ email, password })
                }).then(({ status }) => status),
              [grace.email, grace.password]
            )
            await shows(`${grace.email}: JWTs are sent for you`)
            await page.keyboard.press("Escape")
            assert.strictEqual(await listed(page), 200)
            await shows("Of the second")
            await page.close()
          })
        }))

      it.effect("is for whom the page names, whoever signs in and out in another tab", () =>
        Effect.gen(function*() {
          const { url } = yield* TestService
          const browser = yield* Chromium
          const [ada, grace] = [yield* newPerson, yield* newPerson]
          yield* Effect.promise(async () => {
            const context = await browser.newContext({ viewport: sizes.desktop })
            const page = await context.newPage()
            const other = await context.newPage()
            const shows = (text: string) => page.getByText(text).first().waitFor({ timeout: 20_000 })
            const signInElsewhere = async (person: Person) => {
              await context.clearCookies()
              await other.goto(`${url}/sign-in`)
              await signIn(other, person)
              await other.getByText(person.email).first().waitFor({ timeout: 20_000 })
            }
            const focus = () => page.evaluate("window.dispatchEvent(new Event('focus'))")
            await page.goto(`${url}/docs`)
            await shows("Sign in, and what you try is yours")

            // Before the page looks again.
            await signInElsewhere(ada)
            assert.deepStrictEqual(await tried(page), [200, ada.email, `${ada.email}: JWTs are sent for you`])

            // The JWT is good as long as its session, and named for its user; then it is another's.
            await signInElsewhere(grace)
            const [, email, named] = await tried(page)
            assert.strictEqual(named, `${email}: JWTs are sent for you`)
            await endSessions(url, ada)
            assert.deepStrictEqual(await tried(page), [200, grace.email, `${grace.email}: JWTs are sent for you`])

            await signInElsewhere(ada)
            await focus()
            await shows(`${ada.email}: JWTs are sent for you`)
            assert.deepStrictEqual(await tried(page), [200, ada.email, `${ada.email}: JWTs are sent for you`])

            await context.clearCookies()
            await focus()
            await shows("Sign in, and what you try is yours")
            assert.deepStrictEqual(await tried(page), [401, undefined, "Sign in, and what you try is yours"])
            await context.close()
          })
        }))
    }
  )
})

/** Tries the list of tasks as a reader of the page does; answers the status. */
const listed = async (page: Page) => {
  await page.getByRole("button", { name: /Test Request\s*\(get \/api\/v1\/tasks\)/ }).click()
  const answered = page.waitForResponse((response) => response.url().includes("/api/v1/tasks"))
  await page.getByRole("button", { name: /^Send/ }).first().click()
  return (await answered).status()
}

/** Asks who the user is as Scalar would; answers status and address, and whom the page names. */
const tried = (page: Page) =>
  page.evaluate<readonly [status: number, email: string | undefined, named: string]>(`
    fetch("/api/v1/me").then(async (response) => {
      const { email } = await response.json()
      return [response.status, email, document.getElementById("todo-who").textContent]
    })
  `)

/** Ends the sessions that somebody has in browsers, as from another device. */
const endSessions = async (url: string, { jwt }: Person) => {
  const ended = await fetch(`${url}/api/v1/sessions`, { method: "DELETE", headers: bearer(jwt) })
  assert.strictEqual(ended.status, 200)
}
