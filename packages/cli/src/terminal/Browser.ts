import { Effect } from "effect"
import { spawn } from "node:child_process"

/** What tells whether there is a browser, and where. */
export interface Desktop {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * A command for the shell, with the address as its first argument. `BROWSER` lists programs to try in turn; `%s` in one
 * stands for the address, which else comes last.
 */
const fromVariable = (browser: string): readonly [string, ...ReadonlyArray<string>] | undefined => {
  const commands = browser.split(":").filter((command) => command.trim() !== "")
    .map((command) => command.includes("%s") ? command.replaceAll(/(["']?)%s\1/g, "\"$$1\"") : `${command} "$1"`)
  return commands.length === 0 ? undefined : ["sh", "-c", commands.join(" || "), "sh"]
}

/** The command that opens an address in the user's browser; undefined where there is none, or it is at the other end of SSH. */
export const openerOf = ({ env, platform }: Desktop): readonly [string, ...ReadonlyArray<string>] | undefined => {
  // Whoever sets it means it, also at the other end of SSH, where it may lead back to this one.
  const own = platform === "win32" ? undefined : fromVariable(env.BROWSER ?? "")
  if (own !== undefined) return own
  if (env.SSH_CONNECTION || env.SSH_TTY) return undefined
  if (platform === "darwin") return ["open"]
  // Unlike `start` of cmd.exe, it takes an address as it is, with every `&`.
  if (platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"]
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ["xdg-open"] : undefined
}

/** Opens a page without waiting for it. Answers whether there is something to open it with, which may fail all the same. */
export const openInBrowser = (url: URL, desktop: Desktop): Effect.Effect<boolean> =>
  Effect.callback<boolean>((resume) => {
    const opener = openerOf(desktop)
    if (opener === undefined || url.protocol !== "https:" && url.protocol !== "http:") {
      return resume(Effect.succeed(false))
    }
    const [program, ...args] = opener
    spawn(program, [...args, url.href], { detached: true, stdio: "ignore", env: { ...desktop.env } })
      .on("error", () => resume(Effect.succeed(false)))
      .on("spawn", () => resume(Effect.succeed(true)))
      .unref()
  })
