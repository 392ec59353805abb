import { AxeBuilder } from "@axe-core/playwright"
import { assert } from "@effect/vitest"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import type { BrowserContextOptions, Page } from "playwright-core"

/** A folder for screenshots, for people who want to look. */
const screenshots = process.env["SCREENSHOTS"]

/** The windows that the pages are looked at in. */
export const profiles = {
  "phone": { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  "desktop": { viewport: { width: 1280, height: 800 } },
  "narrow window without JavaScript": { viewport: { width: 320, height: 600 }, javaScriptEnabled: false }
} satisfies Record<string, BrowserContextOptions>
/** The name of one. */
export type Profile = keyof typeof profiles

/** Asserts that the page has this heading, fits its window, and keeps nobody out. */
export const inspect = async (page: Page, profile: Profile, name: string, heading: string) => {
  await page.getByRole("heading", { level: 1, name: heading, exact: true }).waitFor({ timeout: 10_000 })
  const excess = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth")
  assert.isAtMost(excess, 0, `${name} is wider than the window`)
  for (const button of await page.getByRole("button").all()) {
    const { height = 0, width = 0 } = await button.boundingBox() ?? {}
    assert.isAtLeast(Math.min(height, width), 44, `${name}: ${await button.innerText()}`)
  }
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme })
    if (screenshots !== undefined) {
      mkdirSync(screenshots, { recursive: true })
      await page.screenshot({ path: join(screenshots, `${profile}-${colorScheme}-${name}.png`), fullPage: true })
    }
    // It is JavaScript itself.
    if ("javaScriptEnabled" in profiles[profile]) continue
    // The legacy mode is for pages without frames, and opens no second page.
    const axe = new AxeBuilder({ page }).setLegacyMode(true)
    // All else is the same in the dark.
    const { violations } = await (colorScheme === "light" ? axe : axe.withRules("color-contrast")).analyze()
    assert.deepStrictEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], name)
  }
}
