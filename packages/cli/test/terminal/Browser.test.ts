import { afterEach, beforeEach, describe, expect, it, vi } from "@effect/vitest"
import { Effect } from "effect"
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Desktop, openerOf, openInBrowser } from "../../src/terminal/Browser.ts"

describe("what opens a page", () => {
  it.each<[Desktop["platform"], Desktop["env"], string | undefined]>([
    ["linux", { DISPLAY: ":0" }, "xdg-open"],
    ["linux", { WAYLAND_DISPLAY: "wayland-0" }, "xdg-open"],
    ["linux", {}, undefined],
    ["linux", { DISPLAY: "" }, undefined],
    ["linux", { DISPLAY: ":0", SSH_CONNECTION: "198.51.100.7 1 2 3" }, undefined],
    ["linux", { DISPLAY: ":0", SSH_TTY: "/dev/pts/1" }, undefined],
    ["darwin", {}, "open"],
    ["darwin", { SSH_CONNECTION: "198.51.100.7 1 2 3" }, undefined],
    ["win32", {}, "rundll32 url.dll,FileProtocolHandler"],
    ["linux", { DISPLAY: ":0", BROWSER: "firefox" }, "sh -c firefox \"$1\" sh"],
    [
      "linux",
      { SSH_TTY: "/dev/pts/1", BROWSER: "/usr/lib/code/browser.sh" },
      "sh -c /usr/lib/code/browser.sh \"$1\" sh"
    ],
    ["darwin", { BROWSER: "a --new %s b:c '%s'" }, "sh -c a --new \"$1\" b || c \"$1\" sh"],
    ["linux", { BROWSER: ":" }, undefined],
    ["win32", { BROWSER: "firefox" }, "rundll32 url.dll,FileProtocolHandler"]
  ])("%s %j: %s", (platform, env, command) => {
    expect(openerOf({ platform, env })?.join(" ")).toBe(command)
  })
})

describe("opening a page", () => {
  let directory: string
  let seen: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), "todo-browser-"))
    seen = join(directory, "seen")
    const opener = join(directory, "xdg-open")
    writeFileSync(opener, `#!/bin/sh\nprintf %s "$*" > "${seen}.tmp"; mv "${seen}.tmp" "${seen}"\n`)
    chmodSync(opener, 0o700)
  })
  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  const open = (url: string, path = `${directory}:/usr/bin:/bin`) =>
    Effect.runPromise(openInBrowser(new URL(url), { platform: "linux", env: { DISPLAY: ":0", PATH: path } }))

  it("gives the address to the browser as it is", async () => {
    await open("https://todo.example/device?user_code=A&x=$(id)")
    await vi.waitFor(() => expect(existsSync(seen)).toBe(true), { timeout: 20_000 })
    expect(readFileSync(seen, "utf8")).toBe("https://todo.example/device?user_code=A&x=$(id)")
  })

  it("asks the programs of BROWSER in turn", async () => {
    const url = "https://todo.example/device?user_code=A&x=$(id)\"'"
    await Effect.runPromise(
      openInBrowser(new URL(url), {
        platform: "linux",
        env: { BROWSER: "no-such-browser --x %s:xdg-open --new '%s'", PATH: `${directory}:/usr/bin:/bin` }
      })
    )
    await vi.waitFor(() => expect(existsSync(seen)).toBe(true), { timeout: 20_000 })
    expect(readFileSync(seen, "utf8")).toBe(`--new ${new URL(url).href}`)
  })

  it.each(["file:///etc/passwd", "javascript:alert(1)", "vscode://x"])("opens no %s", async (url) => {
    await open(url)
    await open("https://todo.example/")
    await vi.waitFor(() => expect(existsSync(seen)).toBe(true), { timeout: 20_000 })
    expect(readFileSync(seen, "utf8")).toBe("https://todo.example/")
  })

  it("is silent when there is no such program", async () => {
    await open("https://todo.example/", "/nowhere")
  })
})
