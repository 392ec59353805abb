import { assert, describe, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { newPerson } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"
import { Chromium, inChromium, skipBrowserTests } from "./Chromium.ts"
import { type Profile, profiles } from "./inspect.ts"
import { newPage } from "./newPage.ts"
import { signIn } from "./signIn.ts"

describe.skipIf(skipBrowserTests)(inChromium("the pages that anybody may read, in a browser"), () => {
  layer(Layer.merge(TestService.localLayer, Chromium.layer), { excludeTestServices: true })("a person", (it) => {
    it.effect.each(Object.keys(profiles) as ReadonlyArray<Profile>)(
      "finds the documents, what an error means, and the way to sign in (%s)",
      (profile) =>
        Effect.gen(function*() {
          const { errors, follow, open, page, press, shows } = yield* newPage(profile, "home")
          const person = yield* newPerson

          yield* open("/")
          yield* shows("1-home", "Your to-do list, wherever you type")
          yield* follow("What errors mean")
          yield* shows("2-problems", "What errors mean")
          yield* follow("task_changed")
          yield* shows("3-problem", "The task has changed since")
          yield* follow("todo")
          yield* follow("Sign in")
          yield* Effect.promise(() => signIn(page, person))
          yield* shows("4-signed-in", "You are signed in")
          yield* press("Not you? Sign out")
          yield* shows("5-sign-in", "Sign in")
          yield* open("/nothing")
          yield* shows("6-nothing", "There is nothing here")
          assert.deepStrictEqual(errors, [])
        }).pipe(Effect.scoped),
      180_000
    )
  })
})
