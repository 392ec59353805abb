import { withExamples } from "../commandLine/HelpText.ts"
import type { Noun } from "../commandLine/Noun.ts"
import * as add from "./add.ts"
import * as edit from "./edit.ts"
import * as list from "./list.ts"
import * as move from "./move.ts"
import * as rm from "./rm.ts"
import * as show from "./show.ts"

/** `todo view`: lists that are kept by their names. */
export const views: Noun = {
  group: "Projects, tags and views:",
  command: (program) =>
    program.command("view").description(withExamples(
      "Keep lists by their names, and show them",
      "todo view add Now p1 or due:today --sort priority",
      "todo view show Now",
      "todo view list"
    )),
  verbs: { list, add, show, edit, move, rm },
  alone: list
}
