import { Effect } from "effect"
import { TestService } from "../support/TestService.ts"
import { inspect, type Profile, profiles } from "./inspect.ts"
import { newContext } from "./newContext.ts"

/** A page in a window of this kind, and what a person does on it. What is looked at there has names that begin with `prefix`. */
export const newPage = Effect.fnUntraced(function*(profile: Profile, prefix: string) {
  const { url } = yield* TestService
  const context = yield* newContext(profiles[profile])
  const page = yield* Effect.promise(() => context.newPage())
  const errors: Array<string> = []
  page.on("console", (message) => {
    // A status from 400 on is an error to the console: the page says it with those.
    if (message.type() === "error" && !/the server responded with a status/.test(message.text())) {
      errors.push(message.text())
    }
  })
  return {
    page,
    /** What the console has been told. */
    errors,
    open: (path: string) => Effect.promise(() => page.goto(url + path)),
    press: (button: string) => Effect.promise(() => page.getByRole("button", { name: button }).click()),
    follow: (link: string) => Effect.promise(() => page.getByRole("link", { name: link }).first().click()),
    type: (label: string, text: string) => Effect.promise(() => page.getByLabel(label).fill(text)),
    /** Asserts that the page of this heading is shown, and that nobody is kept from using it. */
    shows: (name: string, heading: string) => Effect.promise(() => inspect(page, profile, `${prefix}-${name}`, heading))
  }
})
