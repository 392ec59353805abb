import type { Noun } from "../commandLine/Noun.ts"
import * as calendar from "./calendar.ts"
import * as stats from "./stats.ts"

/** Pictures of what there is, whose verbs stand at the top: `todo stats`. */
export const reports: Noun = { group: "Your day:", verbs: { calendar, stats } }
