import { assert, describe, layer } from "@effect/vitest"
import { formatUserCode } from "@todo/domain/auth/UserCode"
import { Effect, Layer } from "effect"
import { SqlClient } from "effect/sql"
import { newDevice, poll } from "../support/devices.ts"
import { newPerson } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"
import { Chromium, inChromium, skipBrowserTests } from "./Chromium.ts"
import { type Profile, profiles } from "./inspect.ts"
import { newPage } from "./newPage.ts"
import { signIn } from "./signIn.ts"

describe.skipIf(skipBrowserTests)(inChromium("/device in a browser"), () => {
  layer(Layer.merge(TestService.localLayer, Chromium.layer), { excludeTestServices: true })("a person", (it) => {
    it.effect.each(Object.keys(profiles) as ReadonlyArray<Profile>)(
      "approves, denies, mistypes and comes too late (%s)",
      (profile) =>
        Effect.gen(function*() {
          const sql = yield* SqlClient.SqlClient
          const { errors, open, page, press, shows, type } = yield* newPage(profile, "device")
          const person = yield* newPerson

          const first = yield* newDevice({ "user-agent": "todo/1.0.0 (linux x64)" })
          yield* open(`/device?user_code=${first.userCode}`)
          yield* shows("1-sign-in", "Sign in")
          yield* Effect.promise(() => signIn(page, { ...person, password: "a wrong password" }))
          yield* shows("2-wrong-password", "Sign in")
          yield* Effect.promise(() => signIn(page, person))
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
          yield* type("Code", "wrong")
          yield* press("Continue")
          yield* shows("6-wrong-code", "That code is not known")
          yield* type("Code", ` ${second.userCode.toLowerCase()}`)
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
