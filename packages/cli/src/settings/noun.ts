import { withExamples } from "../commandLine/HelpText.ts"
import type { Noun } from "../commandLine/Noun.ts"
import * as set from "./set.ts"
import * as show from "./show.ts"

/** `todo settings`: what counts for the whole account. */
export const settings: Noun = {
  group: "Account:",
  command: (program) =>
    program.command("settings").description(withExamples(
      "Show the settings of your account, or change them",
      "todo settings",
      "todo settings set --time-zone Europe/Berlin --day-ends-at 04:00"
    )),
  verbs: { show, set },
  alone: show
}
