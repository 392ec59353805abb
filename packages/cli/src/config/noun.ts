import { withExamples } from "../commandLine/HelpText.ts"
import type { Noun } from "../commandLine/Noun.ts"
import * as get from "./get.ts"
import * as list from "./list.ts"
import * as path from "./path.ts"
import * as set from "./set.ts"
import * as unset from "./unset.ts"

/** `todo config`: what holds on this machine, and aliases. */
export const config: Noun = {
  group: "Scripts and help:",
  command: (program) =>
    program.command("config").description(withExamples(
      "Show and set defaults and aliases of this machine",
      "todo config",
      "todo config set list.sort due,priority",
      "todo config set aliases.week \"upcoming 7\"",
      "todo config set zone Europe/Berlin"
    )),
  verbs: { list, get, set, unset, path },
  alone: list
}
