import { spawn, spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const runs = (program: string, option: string): boolean => spawnSync(program, [option]).error === undefined

/** Whether a keyring can be had here: Debian's `dbus`, `gnome-keyring` and `libsecret-tools`. */
export const hasKeyring = process.platform === "linux" && runs("dbus-run-session", "--version") &&
  runs("gnome-keyring-daemon", "--version") && runs("secret-tool", "--version")

/** A session of a desktop, as far as its bus and an unlocked keyring go. */
export interface SessionBus {
  /** For what is to find them. */
  readonly env: Readonly<Record<string, string>>
  /** What `secret-tool` prints. */
  ask(...args: ReadonlyArray<string>): string
  stop(): Promise<void>
}

/** Starts one, with a home of its own; it lasts as long as its shell has an open stdin. */
export const startSessionBus = async (): Promise<SessionBus> => {
  const home = mkdtempSync(join(tmpdir(), "todo-session-"))
  mkdirSync(join(home, "run"), { mode: 0o700 })
  const around = { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: join(home, "run") }
  const script =
    "echo password | gnome-keyring-daemon --unlock --components=secrets >&2; echo \"$DBUS_SESSION_BUS_ADDRESS\"; exec cat >&2"
  const child = spawn("dbus-run-session", ["--", "sh", "-c", script], {
    env: around,
    stdio: ["pipe", "pipe", "ignore"]
  })
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()))
  const address = await new Promise<string>((resolve, reject) => {
    let text = ""
    child.once("error", reject).once("close", () => reject(new Error("There is no session bus")))
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk
      if (text.includes("\n")) resolve(text.trim())
    })
  })
  const env = { HOME: home, XDG_RUNTIME_DIR: around.XDG_RUNTIME_DIR, DBUS_SESSION_BUS_ADDRESS: address }
  return {
    env,
    ask: (...args) => {
      const { stderr, stdout } = spawnSync("secret-tool", args, { env: { ...around, ...env }, encoding: "utf8" })
      return stdout + stderr
    },
    stop: async () => {
      child.stdin.end()
      await ended
      rmSync(home, { recursive: true, force: true })
    }
  }
}
