import { withExamples } from "../commandLine/HelpText.ts"
import type { Noun } from "../commandLine/Noun.ts"
import * as drop from "./drop.ts"
import * as list from "./list.ts"
import * as retry from "./retry.ts"
import * as send from "./send.ts"

/** `todo queue`: what waits for the service. */
export const queue: Noun = {
  group: "Tasks:",
  command: (program) =>
    program.command("queue").description(withExamples(
      "See and send what was done while the service was away",
      "todo queue",
      "todo queue send",
      "todo queue retry 3f9a2c",
      "todo queue drop 3f9a2c"
    )),
  verbs: { list, send, retry, drop },
  alone: list
}
