import type { Noun } from "../commandLine/Noun.ts"
import * as skill from "./skill.ts"

/** `todo skill`: a guide for programs that write programs. */
export const guide: Noun = { group: "Scripts and help:", verbs: { skill } }
