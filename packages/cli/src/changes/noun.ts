import type { Noun } from "../commandLine/Noun.ts"
import * as watch from "./watch.ts"

/** What happens, whose verb stands at the top: `todo watch`. */
export const changes: Noun = { group: "Tasks:", verbs: { watch } }
