import type { Feature } from "../Feature.ts"
import { SystemHandlers } from "./SystemHandlers.ts"

/** Whether the service is there. */
export const system = { handlers: SystemHandlers } satisfies Feature
