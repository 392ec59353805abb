import type { Noun } from "../commandLine/Noun.ts"
import * as add from "./add.ts"
import * as done from "./done.ts"
import * as edit from "./edit.ts"
import * as home from "./home.ts"
import * as list from "./list.ts"
import * as reopen from "./reopen.ts"
import * as rm from "./rm.ts"
import * as show from "./show.ts"

/** Tasks, whose verbs stand at the top: `todo add`. */
export const tasks: Noun = { group: "Tasks:", verbs: { home, add, list, show, done, reopen, edit, rm } }
