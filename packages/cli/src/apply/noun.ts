import type { Noun } from "../commandLine/Noun.ts"
import * as apply from "./apply.ts"

/** Tasks as files say that they are to be, whose verb stands at the top: `todo apply`. */
export const applying: Noun = { group: "Tasks:", verbs: { apply } }
