import { Context, Effect, Layer } from "effect"
import { existsSync } from "node:fs"
import { type Browser, chromium } from "playwright-core"

const executablePath = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium"
const missing = !existsSync(executablePath)
const advice = "install chromium: apt-get install chromium, or set CHROMIUM_PATH"

/** A developer's machine need not have Chromium; CI must. */
export const skipBrowserTests = missing && process.env["CI"] !== "true"

/** The title of a suite; says why it is skipped when it is. */
export const inChromium = (title: string) => skipBrowserTests ? `${title} (skipped: ${advice})` : title

/** A browser that can reach this machine and nothing else. */
export class Chromium extends Context.Service<Chromium, Browser>()("todo/api/test/Chromium") {
  static readonly layer = Layer.effect(
    Chromium,
    Effect.acquireRelease(
      Effect.suspend(() =>
        missing
          ? Effect.die(new Error(`There is no ${executablePath}: ${advice}`))
          : Effect.promise(() =>
            chromium.launch({
              executablePath,
              args: [
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"
              ]
            })
          )
      ),
      (browser) => Effect.promise(() => browser.close())
    )
  )
}
