import type { Noun } from "../commandLine/Noun.ts"
import * as exporting from "./export.ts"
import * as importing from "./import.ts"

/** All that an account has, out of the service and into it: `todo export`, `todo import`. */
export const transfer: Noun = { group: "Scripts and help:", verbs: { export: exporting, import: importing } }
