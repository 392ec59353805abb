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

const operations = operationsOf(committed()).map(([, operation]) => operation)
const summaries = operations.map(({ summary }) => summary!)
const firstGroup = operations.filter(({ tags }) => tags[0] === operations[0]!.tags[0]).map(({ summary }) => summary!)

/** What opens a group of operations; by its role a page of so many buttons is searched for seconds. */
const closedGroup = "button[aria-label^='Show all ']"

describe.skipIf(skipBrowserTests)(inChromium("GET /docs in a browser"), () => {
  layer(Layer.mergeAll(TestService.layer, Chromium.layer), { excludeTestServices: true })("Scalar", (it) => {
    it.effect("shows every operation as its group is opened, on a desktop and, then smaller, on a phone", () =>
      Effect.gen(function*() {
        const { url } = yield* TestService
        const browser = yield* Chromium
        yield* Effect.promise(async () => {
          const page = await browser.newPage({ viewport: sizes.desktop })
          const faults = faultsOf(page, url)
          await page.goto(`${url}/docs`)
          const first = await shownOperations(page, firstGroup.length)
          assert.includeMembers(first, firstGroup)
          assert.isBelow(first.length, summaries.length)
          await page.locator(closedGroup).evaluateAll((buttons) => {
            for (const button of buttons as ReadonlyArray<{ readonly click: () => void }>) button.click()
          })
          assert.sameMembers(await shownOperations(page, summaries.length), summaries)
          for (const size of ["desktop", "phone"] as const) {
            await page.setViewportSize(sizes[size])
            assert.deepStrictEqual(await cutOff(page), [], size)
            await photograph(page, size)
          }
          assert.deepStrictEqual(await faults(), [])
          await page.close()
        })
      }))

    it.effect("opens on a phone the group of the operation that a link leads to", () =>
      Effect.gen(function*() {
        const { url } = yield* TestService
        const browser = yield* Chromium
        yield* Effect.promise(async () => {
          const page = await browser.newPage({ viewport: sizes.phone })
          const faults = faultsOf(page, url)
          await page.goto(`${url}/docs#tag/projects/POST/api/v1/projects`)
          const heading = page.locator("section[id$='/POST/api/v1/projects'] h3")
          await heading.waitFor({ timeout: 30_000 })
          assert.strictEqual((await heading.textContent())?.trim(), "Add a project")
          assert.deepStrictEqual(await cutOff(page), [])
          assert.deepStrictEqual(await faults(), [])
          await page.close()
        })
      }))
  })

  layer(Layer.mergeAll(TestService.localLayer, Chromium.layer), { excludeTestServices: true })(
    "what is tried",
    (it) => {
      it.effect("has the JWTs of whoever is signed in, and a new one when somebody else is", () =>
        Effect.gen(function*() {
          const { url } = yield* TestService
          const browser = yield* Chromium
          const [ada, grace] = [yield* newPerson, yield* newPerson]
          yield* Effect.promise(async () => {
            const page = await browser.newPage({ viewport: sizes.desktop })
            const shows = (text: string) => page.getByText(text).first().waitFor({ timeout: 20_000 })
            await page.goto(`${url}/docs${whoAmI}`)
            assert.strictEqual(await page.title(), "API reference · todo")
            await shows("Sign in, and what you try is yours")
            assert.strictEqual(await triedByHand(page, "unauthorized"), 401)

            await page.goto(`${url}/sign-in`)
            await signIn(page, ada)
            const link = page.getByRole("link", { name: "API reference" }).first()
            assert.strictEqual(await link.getAttribute("href"), "/docs")
            await page.getByText(ada.email).first().waitFor({ timeout: 20_000 })
            await page.goto(`${url}/docs${whoAmI}`)
            await shows(`${ada.email}: JWTs are sent for you`)
            assert.strictEqual(await triedByHand(page, ada.email), 200)

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
            assert.strictEqual(await triedByHand(page, grace.email), 200)
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
            await page.goto(`${url}/docs${whoAmI}`)
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

/** Collects errors of a page, and what it asks another host for. */
const faultsOf = (page: Page, url: string) => {
  const found: Array<string> = []
  page.on("request", (request) => {
    if (!request.url().startsWith(`${url}/`) && !/^(data|blob):/.test(request.url())) {
      found.push(`asks ${request.url()}`)
    }
  })
  page.on("response", (response) => {
    if (!response.ok()) found.push(`${response.status()} ${response.url()}`)
  })
  page.on("pageerror", (error) => found.push(String(error)))
  page.on("console", (message) => {
    if (message.type() === "error") found.push(message.text())
  })
  return async () => {
    // What it asks for later, it asks for within a second.
    await page.waitForTimeout(1000)
    return found
  }
}

/** What does not fit into the window. */
const cutOff = async (page: Page) => {
  const excess = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")
  const hidden = await page.locator("#todo-who").evaluate((bar) =>
    Math.max(bar.scrollWidth - bar.clientWidth, bar.scrollHeight - bar.clientHeight)
  )
  return [...excess > 0 ? [`${excess} px of the page`] : [], ...hidden > 0 ? [`${hidden} px of the bar's text`] : []]
}

const photograph = async (page: Page, size: string) => {
  if (screenshots === undefined) return
  mkdirSync(screenshots, { recursive: true })
  await page.screenshot({ path: join(screenshots, `docs-${size}.png`) })
  await page.getByRole("heading", { name: "Change a task", exact: true }).first().scrollIntoViewIfNeeded()
  await page.mouse.wheel(0, 300)
  await page.waitForTimeout(500)
  await page.screenshot({ path: join(screenshots, `docs-${size}-operation.png`) })
}

/** The headings of the operations that are shown, when there are so many. */
const shownOperations = async (page: Page, count: number) => {
  const headings = page.locator("section[id*='/tag/'] h3")
  await headings.nth(count - 1).waitFor({ state: "attached", timeout: 40_000 })
  return (await headings.allTextContents()).map((text) => text.trim())
}

/** Leads to the group of one operation: a page of few is soon there. */
const whoAmI = "#tag/users/GET/api/v1/me"

/** Asks who the user is as a reader of the page does; answers the status, when what is to be shown is. */
const triedByHand = async (page: Page, shown: string) => {
  await page.locator("section[id$='/GET/api/v1/me']").getByRole("button", { name: /^Test Request/ }).click()
  const answered = page.waitForResponse((response) => response.url().endsWith("/api/v1/me"))
  const dialog = page.getByRole("dialog")
  await dialog.getByRole("button", { name: /^Send/ }).first().click()
  const status = (await answered).status()
  await dialog.getByText(shown).first().waitFor({ timeout: 20_000 })
  return status
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
