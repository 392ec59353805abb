import { batch } from "./batch.ts"
import { curve } from "./curve.ts"
import { growth } from "./growth.ts"
import { memory } from "./memory.ts"
import { overload } from "./overload.ts"
import { pairs } from "./pairs.ts"
import type { Scenario } from "./Scenario.ts"
import { people, thousand } from "./thousand.ts"

/** In the order in which they run. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  pairs,
  curve,
  thousand,
  people,
  batch,
  growth,
  memory,
  overload
}
