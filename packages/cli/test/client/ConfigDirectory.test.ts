import { describe, expect, it, vi } from "@effect/vitest"
import { homedir } from "node:os"
import { join } from "node:path"
import { configDirectoryOf } from "../../src/client/ConfigDirectory.ts"

describe("where things are kept", () => {
  const home = homedir()

  it.each<[NodeJS.Platform, Record<string, string>, string]>([
    ["linux", {}, join(home, ".config/todo")],
    ["linux", { XDG_CONFIG_HOME: "/etc/xdg" }, "/etc/xdg/todo"],
    ["linux", { XDG_CONFIG_HOME: "" }, join(home, ".config/todo")],
    ["linux", { XDG_CONFIG_HOME: "~/.config" }, join(home, ".config/todo")],
    ["linux", { XDG_CONFIG_HOME: "config" }, join(home, ".config/todo")],
    ["linux", { XDG_CONFIG_HOME: "/etc/xdg", TODO_CONFIG_DIR: "/c" }, "/c"],
    ["darwin", { XDG_CONFIG_HOME: "/etc/xdg" }, join(home, "Library/Preferences/todo")],
    ["win32", { APPDATA: "/roaming" }, "/roaming/todo/Config"],
    ["win32", {}, join(home, "AppData/Roaming/todo/Config")]
  ])("%s, %j: %s", (platform, env, directory) => {
    expect(configDirectoryOf(env, platform)).toBe(directory)
  })

  it.each(["", "home"])("a HOME of %j is none: nothing is kept where one happens to stand", (HOME) => {
    vi.stubEnv("HOME", HOME)
    expect(configDirectoryOf({}, "linux")).toBe("/nonexistent/.config/todo")
    vi.unstubAllEnvs()
  })
})
