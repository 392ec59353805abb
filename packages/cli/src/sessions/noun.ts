import { withExamples } from "../commandLine/HelpText.ts"
import type { Noun } from "../commandLine/Noun.ts"
import * as end from "./end.ts"
import * as endOthers from "./endOthers.ts"
import * as list from "./list.ts"

/** `todo sessions`: where a person is signed in. */
export const sessions: Noun = {
  group: "Account:",
  command: (program) =>
    program.command("sessions").description(withExamples(
      "List where you are signed in, and sign out there",
      "todo sessions",
      "todo sessions end 0198c0de",
      "todo sessions end-others"
    )),
  verbs: { list, end, endOthers },
  alone: list
}
