import { type Command, Option } from "@commander-js/extra-typings"
import type { GlobalOptions, Run } from "../program.ts"
import { examples } from "./HelpText.ts"

const readsPassword = "read the password from the first line of stdin"

/** `todo account`: a person's own account. */
export const addAccountCommands = (program: Command, run: Run, globals: () => GlobalOptions): void => {
  const account = program.command("account")
    .description("Show your account, change it, or delete it")
    .helpCommand("help [command]", "print help for a command")
    .addHelpText("after", examples("todo account", "todo account change-password", "todo account verify-email --send"))

  account.command("show", { isDefault: true })
    .description("Print your name, your address, and whether it is confirmed")
    .addHelpText("after", examples("todo account", "todo account --json"))
    .action(() => run("accountShow", {}, globals()))

  account.command("change-name")
    .description("Change the name to greet you by")
    .argument("<name...>", "the new name; words are joined")
    .addHelpText("after", examples("todo account change-name Ada Lovelace"))
    .action((name) => run("accountChangeName", { name: name.join(" ") }, globals()))

  account.command("change-password")
    .description("Change the password, and sign out everywhere but here")
    .option("--password-stdin", "read the current password and the new one from the first two lines of stdin")
    .addHelpText(
      "after",
      examples(
        "todo account change-password",
        "printf '%s\\n' \"$OLD\" \"$NEW\" | todo account change-password --password-stdin"
      )
    )
    .action(({ passwordStdin }) => run("accountChangePassword", { passwordStdin: passwordStdin === true }, globals()))

  account.command("change-email")
    .description("Ask for a mail to a new address, which changes yours when its link or code is used")
    .argument("<address>", "the new address")
    .option("--password-stdin", readsPassword)
    .addHelpText(
      "after",
      examples(
        "todo account change-email lovelace@example.com",
        "echo \"$PASSWORD\" | todo account change-email lovelace@example.com --password-stdin"
      )
    )
    .action((address, { passwordStdin }) =>
      run("accountChangeEmail", { address, passwordStdin: passwordStdin === true }, globals())
    )

  account.command("verify-email")
    .description("Confirm your address, or a new one, with the code of a mail")
    .addOption(new Option("--send", "ask for a mail, again").conflicts("codeStdin"))
    .option("--email <address>", "where --send sends it, when you are not signed in")
    .option("--code-stdin", "read the code from the first line of stdin")
    .addHelpText(
      "after",
      examples(
        "todo account verify-email --send",
        "todo account verify-email",
        "echo \"$CODE\" | todo account verify-email --code-stdin"
      )
    )
    .action(({ codeStdin, email, send }) =>
      run("accountVerifyEmail", { send: send === true, email, codeStdin: codeStdin === true }, globals())
    )

  account.command("reset-password")
    .description("Set another password with the code of a mail, when it is forgotten")
    .addOption(
      new Option("--email <address>", "ask for a mail to the address you signed up with").conflicts("codeStdin")
    )
    .option("--code-stdin", "read the code and the new password from the first two lines of stdin")
    .addHelpText(
      "after",
      examples(
        "todo account reset-password --email ada@example.com",
        "todo account reset-password",
        "printf '%s\\n' \"$CODE\" \"$NEW\" | todo account reset-password --code-stdin"
      )
    )
    .action(({ codeStdin, email }) => run("accountResetPassword", { email, codeStdin: codeStdin === true }, globals()))

  account.command("delete")
    .description("Delete the account with all its tasks, for good; asks first when there is a terminal")
    .option("-y, --yes", "do not ask")
    .option("--password-stdin", readsPassword)
    .addHelpText(
      "after",
      examples("todo account delete", "echo \"$PASSWORD\" | todo account delete --yes --password-stdin")
    )
    .action(({ passwordStdin, yes }) =>
      run("accountDelete", { passwordStdin: passwordStdin === true, yes: yes === true }, globals())
    )
}
