import type { Noun } from "../commandLine/Noun.ts"
import * as add from "./add.ts"
import * as block from "./block.ts"
import * as comment from "./comment.ts"
import * as done from "./done.ts"
import * as edit from "./edit.ts"
import * as find from "./find.ts"
import * as list from "./list.ts"
import * as move from "./move.ts"
import * as open from "./open.ts"
import * as postpone from "./postpone.ts"
import * as reopen from "./reopen.ts"
import * as rm from "./rm.ts"
import * as show from "./show.ts"
import * as skip from "./skip.ts"
import * as unblock from "./unblock.ts"

/** Tasks, whose verbs stand at the top: `todo add`. */
export const tasks: Noun = {
  group: "Tasks:",
  verbs: { add, list, find, show, open, comment, done, skip, reopen, postpone, edit, move, block, unblock, rm }
}
