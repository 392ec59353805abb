import type { Noun } from "../commandLine/Noun.ts"
import * as history from "./history.ts"
import * as undo from "./undo.ts"

/** What was done, whose verbs stand at the top: `todo undo`. */
export const operations: Noun = { group: "Tasks:", verbs: { undo, history } }
