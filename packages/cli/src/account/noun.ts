import { type Command, Option } from "@commander-js/extra-typings"
import { addHelpCommand } from "../commandLine/help.ts"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Run } from "../commandLine/Run.ts"
import { TextArgument } from "../commandLine/TodoCommand.ts"

const readsPassword = "read the password from the first line of stdin"

/** `todo account`: a person's own account. */
export const addAccountCommands = (program: Command, run: Run): void => {
  const account = program.command("account")
    .description(withExamples(
      "Show your account, change it, or delete it",
      "todo account",
      "todo account change-password",
      "todo account verify-email --send"
    ))
    .action(() => run("accountShow", {}))

  account.command("show")
    .description(withExamples(
      "Print your name, your address, and whether it is confirmed",
      "todo account",
      "todo account --json"
    ))
    .action(() => run("accountShow", {}))

  account.command("change-name")
    .description(withExamples("Change the name to greet you by", "todo account change-name Ada Lovelace"))
    .addArgument(new TextArgument("[name...]", "the new name; words are joined"))
    .action((name) => run("accountChangeName", { name: name.length === 0 ? undefined : name.join(" ") }))

  account.command("change-password")
    .description(withExamples(
      "Change the password, and sign out everywhere but here",
      "todo account change-password",
      "printf '%s\\n' \"$OLD\" \"$NEW\" | todo account change-password --password-stdin"
    ))
    .option("--password-stdin", "read the current password and the new one from the first two lines of stdin")
    .action(({ passwordStdin }) => run("accountChangePassword", { passwordStdin: passwordStdin === true }))

  account.command("change-email")
    .description(withExamples(
      "Ask for a mail to a new address; its link or code makes it yours",
      "todo account change-email lovelace@example.com",
      "echo \"$PASSWORD\" | todo account change-email lovelace@example.com --password-stdin"
    ))
    .argument("[address]", "the new address")
    .option("--password-stdin", readsPassword)
    .action((address, { passwordStdin }) =>
      run("accountChangeEmail", { address, passwordStdin: passwordStdin === true })
    )

  account.command("verify-email")
    .description(withExamples(
      "Confirm your address, or a new one, with the code of a mail",
      "todo account verify-email --send",
      "todo account verify-email",
      "echo \"$CODE\" | todo account verify-email --code-stdin"
    ))
    .addOption(new Option("--send", "ask for a mail, again").conflicts("codeStdin"))
    .option("--email <address>", "where --send sends it, when you are not signed in")
    .option("--code-stdin", "read the code from the first line of stdin")
    .action(({ codeStdin, email, send }) =>
      run("accountVerifyEmail", { send: send === true, email, codeStdin: codeStdin === true })
    )

  account.command("reset-password")
    .description(withExamples(
      "Set another password with the code of a mail, when it is forgotten",
      "todo account reset-password --email ada@example.com",
      "todo account reset-password",
      "printf '%s\\n' \"$CODE\" \"$NEW\" | todo account reset-password --code-stdin"
    ))
    .addOption(
      new Option("--email <address>", "ask for a mail to the address you signed up with").conflicts("codeStdin")
    )
    .option("--code-stdin", "read the code and the new password from the first two lines of stdin")
    .action(({ codeStdin, email }) => run("accountResetPassword", { email, codeStdin: codeStdin === true }))

  account.command("delete")
    .description(withExamples(
      "Delete the account with all its tasks, for good; asks first",
      "todo account delete",
      "echo \"$PASSWORD\" | todo account delete --yes --password-stdin"
    ))
    .option("-y, --yes", "do not ask")
    .option("--password-stdin", readsPassword)
    .action(({ passwordStdin, yes }) =>
      run("accountDelete", { passwordStdin: passwordStdin === true, yes: yes === true })
    )

  addHelpCommand(account)
}
