import { withExamples } from "../commandLine/HelpText.ts"
import type { Noun } from "../commandLine/Noun.ts"
import * as empty from "./empty.ts"
import * as list from "./list.ts"
import * as restore from "./restore.ts"
import * as rm from "./rm.ts"

/** `todo trash`: what was deleted, for 30 days. */
export const trash: Noun = {
  group: "Tasks:",
  command: (program) =>
    program.command("trash").description(withExamples(
      "List what is in the trash, and delete it for good",
      "todo trash",
      "todo restore 7",
      "todo trash rm 7",
      "todo trash empty"
    )),
  verbs: { list, rm, empty },
  alone: list
}

/** What takes tasks out of it again stands at the top: `todo restore`. */
export const restoring: Noun = { group: "Tasks:", verbs: { restore } }
