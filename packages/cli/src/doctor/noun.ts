import type { Noun } from "../commandLine/Noun.ts"
import * as doctor from "./doctor.ts"

/** `todo doctor`: whether all is well here. */
export const diagnosis: Noun = { group: "Scripts and help:", verbs: { doctor } }
