import { withExamples } from "../commandLine/HelpText.ts"
import type { Noun } from "../commandLine/Noun.ts"
import * as create from "./create.ts"
import * as list from "./list.ts"
import * as revoke from "./revoke.ts"

/** `todo token`: tokens for scripts and CI. */
export const tokens: Noun = {
  group: "Scripts and help:",
  command: (program) =>
    program.command("token").description(withExamples(
      "Make, list and revoke tokens for scripts and CI",
      "todo token create --name ci",
      "todo token list",
      "todo token revoke ci"
    )),
  verbs: { create, list, revoke }
}
