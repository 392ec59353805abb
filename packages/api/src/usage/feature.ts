import type { Feature } from "../Feature.ts"
import { LimitsHandlers } from "./LimitsHandlers.ts"

/** How many there may be of what, and how many there are. */
export const usage = { handlers: LimitsHandlers } satisfies Feature
