import { assert, describe, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { awaitMail } from "../support/mail.ts"
import { newPerson, origin, sendJson } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"
import { Chromium, inChromium, skipBrowserTests } from "./Chromium.ts"
import { type Profile, profiles } from "./inspect.ts"
import { newPage } from "./newPage.ts"

const pathOf = (link: string) => link.slice(new URL(link).origin.length)

describe.skipIf(skipBrowserTests)(inChromium("the pages of mails in a browser"), () => {
  layer(Layer.merge(TestService.localLayer, Chromium.layer), { excludeTestServices: true })("a person", (it) => {
    it.effect.each(Object.keys(profiles) as ReadonlyArray<Profile>)(
      "sets a new password, and confirms an address (%s)",
      (profile) =>
        Effect.gen(function*() {
          const { errors, follow, open, page, press, shows, type } = yield* newPage(profile, "mail")
          const person = yield* newPerson
          const linkOf = (subject: string) => Effect.map(awaitMail(person.email, subject), ({ link }) => pathOf(link))

          yield* open("/device")
          yield* follow("Forgot your password?")
          yield* shows("1-ask", "Set a new password")
          yield* type("Email address", person.email)
          yield* press("Send the mail")
          yield* shows("2-asked", "Look for the mail")

          const reset = yield* linkOf("Set a new password")
          yield* open(reset)
          yield* shows("3-new-password", "Set a new password")
          yield* type("New password", "another horse")
          yield* type("The same, once more", "another house")
          yield* press("Set the password")
          yield* shows("4-differ", "Set a new password")
          assert.include(yield* Effect.promise(() => page.getByRole("alert").innerText()), "differ")
          yield* type("New password", "another horse")
          yield* type("The same, once more", "another horse")
          yield* press("Set the password")
          yield* shows("5-set", "Your password is set")
          yield* open(reset)
          yield* type("New password", "another horse")
          yield* type("The same, once more", "another horse")
          yield* press("Set the password")
          yield* shows("6-stale", "This link is no longer good")

          const other = yield* newPerson
          yield* sendJson("POST", "/api/auth/send-verification-email", { email: other.email }, origin)
          yield* open(pathOf((yield* awaitMail(other.email, "Confirm your address")).link))
          yield* shows("7-confirm", "Confirm your address")
          yield* press("Confirm")
          yield* shows("8-confirmed", "Your address is confirmed")
          assert.deepStrictEqual(errors, [])
        }).pipe(Effect.scoped),
      180_000
    )
  })
})
