import { withExamples } from "../commandLine/HelpText.ts"
import type { Noun } from "../commandLine/Noun.ts"
import * as bash from "./bash.ts"
import * as fish from "./fish.ts"
import * as install from "./install.ts"
import * as powershell from "./powershell.ts"
import * as refresh from "./refresh.ts"
import * as uninstall from "./uninstall.ts"
import * as zsh from "./zsh.ts"

/** `todo completion`: what shells complete. */
export const completion: Noun = {
  group: "Scripts and help:",
  command: (program) =>
    program.command("completion").description(withExamples(
      "Have your shell complete commands, names and numbers",
      "todo completion install",
      "todo completion bash"
    )),
  verbs: { install, uninstall, bash, zsh, fish, powershell, refresh }
}
