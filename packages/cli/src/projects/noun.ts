import { withExamples } from "../commandLine/HelpText.ts"
import type { Noun } from "../commandLine/Noun.ts"
import * as add from "./add.ts"
import * as archive from "./archive.ts"
import * as edit from "./edit.ts"
import * as list from "./list.ts"
import * as move from "./move.ts"
import * as rm from "./rm.ts"
import * as show from "./show.ts"
import * as unarchive from "./unarchive.ts"

/** `todo project`: what tasks belong to. */
export const projects: Noun = {
  group: "Projects, tags and views:",
  command: (program) =>
    program.command("project").alias("projects").description(withExamples(
      "Add, list, change, archive and delete projects",
      "todo project",
      "todo project add Work",
      "todo project archive Work"
    )),
  verbs: { add, list, show, edit, move, archive, unarchive, rm },
  alone: list
}
