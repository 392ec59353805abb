import { Effect } from "effect"
import { spawn } from "node:child_process"

/** What tells whether there is a browser, and where. */
export interface Desktop {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
}

/** The command that opens an address in the user's browser; undefined where there is none, or it is at the other end of SSH. */
export const openerOf = ({ env, platform }: Desktop): readonly [string, ...ReadonlyArray<string>] | undefined => {
  if (env.SSH_CONNECTION || env.SSH_TTY) return undefined
  if (platform === "darwin") return ["open"]
  // Unlike `start` of cmd.exe, it takes an address as it is, with every `&`.
  if (platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"]
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ["xdg-open"] : undefined
}

/** Opens a page without waiting for it. When that does not work nothing happens: the address has been printed. */
export const openInBrowser = (url: URL, desktop: Desktop): Effect.Effect<void> =>
  Effect.sync(() => {
    const opener = openerOf(desktop)
    if (opener === undefined || url.protocol !== "https:" && url.protocol !== "http:") return
    const [program, ...args] = opener
    spawn(program, [...args, url.href], { detached: true, stdio: "ignore", env: { ...desktop.env } })
      .on("error", () => {})
      .unref()
  })
