import { withExamples } from "../commandLine/HelpText.ts"
import type { Noun } from "../commandLine/Noun.ts"
import * as add from "./add.ts"
import * as list from "./list.ts"
import * as rename from "./rename.ts"
import * as rm from "./rm.ts"

/** `todo tag`: words that tasks have in common. */
export const tags: Noun = {
  group: "Projects, tags and views:",
  command: (program) =>
    program.command("tag").description(withExamples(
      "List, give, rename and delete tags",
      "todo tag",
      "todo tag add home 7 8",
      "todo tag rename home house"
    )),
  verbs: { list, add, rename, rm },
  alone: list
}
