import { assert, describe, layer } from "@effect/vitest"
import { Effect, Layer } from "effect"
import { newPerson } from "../support/requests.ts"
import { TestService } from "../support/TestService.ts"
import { Chromium, inChromium, skipBrowserTests } from "./Chromium.ts"
import { inspect, type Profile, profiles } from "./inspect.ts"

describe.skipIf(skipBrowserTests)(inChromium("the pages that anybody may read, in a browser"), () => {
  layer(Layer.merge(TestService.localLayer, Chromium.layer), { excludeTestServices: true })("a person", (it) => {
    it.effect.each(Object.keys(profiles) as ReadonlyArray<Profile>)(
      "finds the documents, what an error means, and the way to sign in (%s)",
      (profile) =>
        Effect.gen(function*() {
          const { url } = yield* TestService
          const browser = yield* Chromium
          const context = yield* Effect.acquireRelease(
            Effect.promise(() => browser.newContext(profiles[profile])),
            (context) => Effect.promise(() => context.close())
          )
          const page = yield* Effect.promise(() => context.newPage())
          const errors: Array<string> = []
          page.on("console", (message) => {
            if (message.type() === "error" && !/status of 404/.test(message.text())) errors.push(message.text())
          })
          const person = yield* newPerson
          const shows = (name: string, heading: string) =>
            Effect.promise(() => inspect(page, profile, `home-${name}`, heading))
          const follow = (name: string) => Effect.promise(() => page.getByRole("link", { name }).first().click())

          yield* Effect.promise(() => page.goto(url))
          yield* shows("1-home", "Your to-do list, wherever you type")
          yield* follow("What errors mean")
          yield* shows("2-problems", "What errors mean")
          yield* follow("task_changed")
          yield* shows("3-problem", "The task has changed since")
          yield* follow("todo")
          yield* follow("Sign in")
          yield* Effect.promise(async () => {
            await page.getByLabel("Email address").fill(person.email)
            await page.getByLabel("Password").fill(person.password)
            await page.getByRole("button", { name: "Sign in" }).click()
          })
          yield* shows("4-signed-in", "You are signed in")
          yield* Effect.promise(() => page.getByRole("button", { name: "Not you? Sign out" }).click())
          yield* shows("5-sign-in", "Sign in")
          yield* Effect.promise(() => page.goto(`${url}/nothing`))
          yield* shows("6-nothing", "There is nothing here")
          assert.deepStrictEqual(errors, [])
        }).pipe(Effect.scoped),
      180_000
    )
  })
})
