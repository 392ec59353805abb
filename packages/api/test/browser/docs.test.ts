import { assert, describe, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { committed, operationsOf } from "../openapi/committed.ts"
import { TestService } from "../support/TestService.ts"
import { Chromium, inChromium, skipBrowserTests } from "./Chromium.ts"

/** A folder for screenshots, for people who want to look. */
const screenshots = process.env["SCREENSHOTS"]

const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } }

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
            const foreign = requests.filter((request) =>
              !request.startsWith(`${url}/`) && !/^(data|blob):/.test(request)
            )
            await page.close()
            assert.deepStrictEqual(foreign, [])
            assert.deepStrictEqual(errors, [])
          })
        })
    )
  })
})
