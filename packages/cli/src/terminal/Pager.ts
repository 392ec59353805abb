import { Effect } from "effect"

/** What a shell says where there is no such program, or it cannot be run. */
const unavailable = new Set<number | null>([126, 127])

/** As git sets them: what fits is printed, colours are, and the screen is left as it is. The text is UTF-8 wherever one is. */
const usualOptions = { LESS: "FRX", LESSCHARSET: "utf-8", LV: "-c" }

/**
 * Shows a text in a pager, a command line of the user's own, and waits until they leave it. Answers whether it was shown:
 * where there is no such program somebody else has to.
 */
export const showInPager = (text: string, command: string): Effect.Effect<boolean> =>
  Effect.promise(async () => {
    const { spawnSync } = await import("node:child_process")
    // Quiet where the usual one is missing; the text itself goes to its stdin alone.
    const line = command === "less" ? "command -v less >/dev/null 2>&1 || exit 127; exec less" : command
    const { error, status } = spawnSync(line, {
      shell: true,
      input: text,
      stdio: ["pipe", "inherit", "inherit"],
      env: { ...usualOptions, ...process.env }
    })
    const isCut = error !== undefined && "code" in error && error.code === "EPIPE"
    return (error === undefined || isCut) && !unavailable.has(status)
  })
