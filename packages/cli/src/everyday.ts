import type { Noun } from "./commandLine/Noun.ts"
import { day } from "./day/noun.ts"
import { tasks } from "./tasks/noun.ts"

/** The nouns whose verbs are asked for most: these are loaded without the others. */
export const everyday: Readonly<Record<string, Noun>> = { tasks, day }
