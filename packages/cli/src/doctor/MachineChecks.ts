import { installationFor, usedShell } from "../completion/Installation.ts"
import { isInstalled } from "../completion/InstalledFile.ts"
import { scripts } from "../completion/Scripts.ts"
import { fail, type Finding, ok, warn } from "./Check.ts"

type Environment = Readonly<Record<string, string | undefined>>

const oldestNode = [20, 16] as const

/** The Node that runs this, of which package.json says what is needed. */
export const nodeFinding = (version: string): Finding => {
  const [major = 0, minor = 0] = version.split(".").map(Number)
  const isOld = major < oldestNode[0] || major === oldestNode[0] && minor < oldestNode[1]
  return isOld
    ? fail("node", `Node ${version} is older than ${oldestNode.join(".")}`, "Install a newer Node: https://nodejs.org")
    : ok("node", `Node ${version}`)
}

/** What the environment says of characters, as the C library reads it. */
const localeOf = (env: Environment): string => env.LC_ALL || env.LC_CTYPE || env.LANG || ""

/** What can be shown. */
export const terminalFindings = (
  env: Environment,
  stdout: { readonly isTTY?: boolean; readonly columns?: number },
  color: boolean
): ReadonlyArray<Finding> => {
  const locale = localeOf(env)
  const isUtf8 = process.platform === "win32" || process.platform === "darwin" || /utf-?8/i.test(locale)
  return [
    stdout.isTTY !== true
      ? ok("terminal", "stdout is no terminal: lists are whole, in columns parted by tabs")
      : env.TERM === "dumb"
      ? warn("terminal", "TERM is dumb: no colors, no pager, nothing that moves", "Set TERM to what your terminal is.")
      : ok("terminal", `${stdout.columns ?? 80} columns, ${color ? "with" : "without"} colors`),
    isUtf8
      ? ok("characters", locale === "" ? "UTF-8" : locale)
      : warn(
        "characters",
        `${locale === "" ? "LANG is not set" : locale}: the terminal may not show what is not ASCII`,
        "Set LANG to a locale of UTF-8, such as C.UTF-8."
      )
  ]
}

/** Whether the shell in use completes, and by the script of this release. */
export const completionFinding = (env: Environment): Finding => {
  const shell = usedShell(env)
  if (shell === undefined) return ok("completion", "SHELL names none that todo has a script for")
  try {
    return isInstalled(installationFor(shell, env), scripts[shell])
      ? ok("completion", `${shell} completes todo`)
      : warn("completion", `${shell} does not complete todo, or by an older script`, "todo completion install")
  } catch (error) {
    return warn("completion", error instanceof Error ? error.message : String(error), `todo completion ${shell}`)
  }
}
