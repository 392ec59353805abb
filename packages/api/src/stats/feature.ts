import type { Feature } from "../Feature.ts"
import { StatsHandlers } from "./StatsHandlers.ts"

/** What was done, in figures. */
export const stats = { handlers: StatsHandlers } satisfies Feature
