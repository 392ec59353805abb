import { Effect, type Scope } from "effect"
import type { BrowserContext, BrowserContextOptions } from "playwright-core"
import { Chromium } from "./Chromium.ts"

/** A browser profile without a past, for as long as the scope lasts. */
export const newContext = (
  options: BrowserContextOptions = {}
): Effect.Effect<BrowserContext, never, Chromium | Scope.Scope> =>
  Effect.flatMap(
    Chromium,
    (browser) =>
      Effect.acquireRelease(
        Effect.promise(() => browser.newContext(options)),
        (context) => Effect.promise(() => context.close())
      )
  )
