import { assert, describe, layer } from "@effect/vitest"
import { formatUserCode } from "@todo/domain/auth/UserCode"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import type { Page } from "playwright-core"
import { newDevice, poll } from "../support/devices.ts"
import { newPerson, type Person } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"
import { Chromium, inChromium, skipBrowserTests } from "./Chromium.ts"
import { inspect, type Profile, profiles } from "./inspect.ts"

describe.skipIf(skipBrowserTests)(inChromium("/device in a browser"), () => {
  layer(Layer.merge(TestService.localLayer, Chromium.layer), { excludeTestServices: true })("a person", (it) => {
    it.effect.each(Object.keys(profiles) as ReadonlyArray<Profile>)(
      "approves, denies, mistypes and comes too late (%s)",
      (profile) =>
        Effect.gen(function*() {
          const { url } = yield* TestService
          const sql = yield* SqlClient.SqlClient
          const browser = yield* Chromium
          const context = yield* Effect.acquireRelease(
            Effect.promise(() => browser.newContext(profiles[profile])),
            (context) => Effect.promise(() => context.close())
          )
          const page = yield* Effect.promise(() => context.newPage())
          const errors: Array<string> = []
          page.on("console", (message) => {
            // A status from 400 on is an error to the console: the page says it with those.
            if (message.type() === "error" && !/the server responded with a status/.test(message.text())) {
              errors.push(message.text())
            }
          })
          const person = yield* newPerson
          const open = (path: string) => Effect.promise(() => page.goto(url + path))
          const press = (name: string) => Effect.promise(() => page.getByRole("button", { name }).click())
          /** Asserts that this page is shown, and that nobody is kept from using it. */
          const shows = (name: string, heading: string) =>
            Effect.promise(() => inspect(page, profile, `device-${name}`, heading))

          const first = yield* newDevice({ "user-agent": "todo/1.0.0 (linux x64)" })
          yield* open(`/device?user_code=${first.userCode}`)
          yield* shows("1-sign-in", "Sign in")
          yield* signIn(page, person, "a wrong password")
          yield* shows("2-wrong-password", "Sign in")
          yield* signIn(page, person, person.password)
          yield* shows("3-review", "Sign in your terminal?")
          assert.strictEqual(
            yield* Effect.promise(() => page.locator(".code").innerText()),
            formatUserCode(first.userCode)
          )
          yield* press("Approve")
          yield* shows("4-approved", "Approved")
          assert.strictEqual((yield* poll(first)).body.token_type, "Bearer")

          const second = yield* newDevice({ "user-agent": "todo/1.0.0 (linux x64)" })
          yield* open("/device")
          yield* shows("5-code", "Sign in a device")
          yield* Effect.promise(() => page.getByLabel("Code").fill("wrong"))
          yield* press("Continue")
          yield* shows("6-wrong-code", "That code is not known")
          yield* Effect.promise(() => page.getByLabel("Code").fill(` ${second.userCode.toLowerCase()}`))
          yield* press("Continue")
          yield* press("Deny")
          yield* shows("7-denied", "Denied")
          yield* open(`/device?user_code=${second.userCode}`)
          yield* shows("8-used", "This code has been used")
          assert.strictEqual((yield* poll(second)).body.error, "access_denied")

          const third = yield* newDevice({ "user-agent": "todo/1.0.0 (linux x64)" })
          yield* open(`/device?user_code=${third.userCode}`)
          yield* sql`UPDATE auth."deviceCode" SET "expiresAt" = CURRENT_TIMESTAMP - interval '1 second'
          WHERE "userCode" = ${third.userCode}`
          yield* press("Approve")
          yield* shows("9-expired", "This code has expired")

          yield* open("/device")
          yield* press("Not you? Sign out")
          yield* shows("10-signed-out", "Sign in")
          assert.deepStrictEqual(errors, [])
        }).pipe(Effect.scoped),
      // axe takes a second for a page, or several.
      180_000
    )
  })
})

const signIn = (page: Page, { email }: Person, password: string) =>
  Effect.promise(async () => {
    await page.getByLabel("Email address").fill(email)
    await page.getByLabel("Password").fill(password)
    await page.getByRole("button", { name: "Sign in" }).click()
  })
