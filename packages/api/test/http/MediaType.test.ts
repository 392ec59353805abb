import { assert, it } from "@effect/vitest"
import { preferredMediaType } from "../../src/http/MediaType.ts"

it.each(
  [
    [undefined, "application/json"],
    ["", "application/json"],
    ["*/*", "application/json"],
    ["text/*", "text/html"],
    ["TEXT/HTML", "text/html"],
    ["text/html, */*;q=0.8", "text/html"],
    ["text/html;q=0.5, application/json;q=0.4", "text/html"],
    ["text/html;q=0.5, application/json", "application/json"],
    ["text/plain, text/html;q=0.9", "text/plain"],
    ["*/*, application/json;q=0", "text/html"],
    ["text/html;q=0", "application/json"],
    ["text/html;q=2", "application/json"],
    ["image/png", "application/json"],
    [`${"a/b,".repeat(10_000)}text/html`, "application/json"]
  ] as const
)("of Accept: %s it is %s", (accept, type) => {
  assert.strictEqual(preferredMediaType(accept, ["application/json", "text/html", "text/plain"]), type)
})
