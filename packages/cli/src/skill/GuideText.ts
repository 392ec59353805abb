import { Effect } from "effect"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"

/** `docs/agents.md`, which is beside what runs: `scripts/bundle.ts` puts it there. */
export const guideText = Effect.sync(() => readFileSync(fileURLToPath(new URL("agents.md", import.meta.url)), "utf8"))
