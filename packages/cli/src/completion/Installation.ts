import { spawnSync } from "node:child_process"
import { existsSync } from "node:fs"
import { basename, join } from "node:path"
import { absolute, home } from "../client/ConfigDirectory.ts"
import { isShell, type Shell } from "./Shells.ts"

type Environment = Readonly<Record<string, string | undefined>>

/** Where a shell finds the script. */
export interface Installation {
  readonly script: string
  /** The file that the shell reads when it starts, and the line in it that reads the script; none where it looks for it by itself. */
  readonly start: { readonly file: string; readonly line: string } | undefined
}

/** What tells lines of ours from others in a file of the user's. */
export const mark = "# todo completion"

/** The package that reads `completions` of a user, wherever systems put it. */
const bashCompletions = [
  "/usr/share/bash-completion/bash_completion",
  "/etc/bash_completion",
  "/usr/local/share/bash-completion/bash_completion",
  "/opt/homebrew/etc/profile.d/bash_completion.sh",
  "/usr/local/etc/profile.d/bash_completion.sh"
]

const inQuotes = (path: string): string => `'${path.replaceAll("'", "'\\''")}'`

const dataHome = (env: Environment): string => absolute(env.XDG_DATA_HOME) ?? join(home(), ".local", "share")
const configHome = (env: Environment): string => absolute(env.XDG_CONFIG_HOME) ?? join(home(), ".config")

/** The profile of PowerShell, which knows best; it may be anywhere on Windows. */
const profileOf = (env: Environment): string => {
  for (const program of process.platform === "win32" ? ["pwsh", "powershell"] : ["pwsh"]) {
    const { status, stdout } = spawnSync(program, ["-NoProfile", "-NonInteractive", "-Command", "$PROFILE"], {
      encoding: "utf8",
      windowsHide: true
    })
    if (status === 0 && stdout.trim() !== "") return stdout.trim()
  }
  const folder = process.platform === "win32"
    ? join(home(), "Documents", "PowerShell")
    : join(configHome(env), "powershell")
  return join(folder, "Microsoft.PowerShell_profile.ps1")
}

/** Where the script of a shell belongs. */
export const installationFor = (shell: Shell, env: Environment): Installation => {
  switch (shell) {
    case "bash": {
      const folder = absolute(env.BASH_COMPLETION_USER_DIR) ?? join(dataHome(env), "bash-completion")
      const script = join(folder, "completions", "todo")
      const isRead = bashCompletions.some((file) => existsSync(file))
      return {
        script,
        start: isRead ? undefined : { file: join(home(), ".bashrc"), line: `. ${inQuotes(script)} ${mark}` }
      }
    }
    case "zsh": {
      const script = join(dataHome(env), "todo", "completion.zsh")
      const compinit = "(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i; }"
      return {
        script,
        start: {
          file: join(absolute(env.ZDOTDIR) ?? home(), ".zshrc"),
          line: `${compinit}; . ${inQuotes(script)} ${mark}`
        }
      }
    }
    case "fish":
      return { script: join(configHome(env), "fish", "completions", "todo.fish"), start: undefined }
    case "powershell": {
      const script = join(dataHome(env), "todo", "completion.ps1")
      return {
        script,
        start: { file: profileOf(env), line: `. '${script.replaceAll("'", "''")}' ${mark}` }
      }
    }
  }
}

/** The shell that somebody uses; undefined where that is none of these. */
export const usedShell = (env: Environment): Shell | undefined => {
  const name = basename(env.SHELL ?? "").replace(/\.exe$/, "").replace(/^pwsh$/, "powershell")
  return isShell(name) ? name : process.platform === "win32" ? "powershell" : undefined
}
