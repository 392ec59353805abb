import type { Command } from "@commander-js/extra-typings"
import { addHelpCommand } from "../commandLine/help.ts"
import { ids, withExamples } from "../commandLine/HelpText.ts"
import type { Run } from "../commandLine/Run.ts"

/** `todo sessions`: where a person is signed in. */
export const addSessionsCommands = (program: Command, run: Run): void => {
  const sessions = program.command("sessions")
    .description(withExamples(
      "List where you are signed in, and sign out there",
      "todo sessions",
      "todo sessions end 0198c0de",
      "todo sessions end-others"
    ))
    .action(() => run("sessionsList", {}))

  sessions.command("list").alias("ls")
    .description(withExamples(
      "List where you are signed in, the last used first",
      "todo sessions",
      "todo sessions --json | jq -r '.[].userAgent'"
    ))
    .action(() => run("sessionsList", {}))

  sessions.command("end")
    .description(withExamples(
      "Sign out there; ending the current session also forgets it here",
      "todo sessions end 0198c0de"
    ))
    .argument("[id...]", ids)
    .action((refs) => run("sessionsEnd", { refs }))

  sessions.command("end-others")
    .description(withExamples(
      "Sign out everywhere but here; asks first on a terminal",
      "todo sessions end-others",
      "todo sessions end-others --yes"
    ))
    .option("-y, --yes", "do not ask")
    .action(({ yes }) => run("sessionsEndOthers", { yes: yes === true }))

  addHelpCommand(sessions)
}
