import { readFileSync } from "node:fs"
import { decodeUtf8 } from "../terminal/Utf8.ts"

/** The command line as the kernel has it, each argument ended by a NUL; undefined where there is no `/proc`. */
const commandLine = (): Buffer | undefined => {
  try {
    return readFileSync("/proc/self/cmdline")
  } catch {
    return undefined
  }
}

/**
 * The first argument that is no UTF-8, with U+FFFD where it could not be decoded, as Node has it. Only the kernel knows
 * whether that was typed; where it cannot be asked it counts as typed.
 */
export const undecodable = (args: ReadonlyArray<string>): string | undefined => {
  if (!args.some((argument) => argument.includes("\ufffd"))) return undefined
  const line = commandLine() ?? Buffer.alloc(0)
  for (let start = 0; start < line.length;) {
    const end = line.indexOf(0, start)
    const argument = line.subarray(start, end === -1 ? line.length : end)
    if (decodeUtf8(argument) === undefined) return argument.toString("utf8")
    start += argument.length + 1
  }
  return undefined
}
