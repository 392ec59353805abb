import { type Command, Option } from "@commander-js/extra-typings"
import { withExamples } from "../commandLine/HelpText.ts"
import type { Run } from "../commandLine/Run.ts"

/** Signing up, in and out. */
export const addSignInCommands = (program: Command, run: Run): void => {
  program.command("signup")
    .description(withExamples(
      "Make an account and sign in",
      "todo signup",
      "echo \"$PASSWORD\" | todo signup --name Ada --email ada@example.com --password-stdin"
    ))
    .option("--name <name>", "the name to greet you by")
    .option("--email <address>", "the address to sign in with")
    .option("--password-stdin", "read the password from the first line of stdin")
    .action(({ email, name, passwordStdin }) => run("signup", { email, name, passwordStdin: passwordStdin === true }))

  program.command("login")
    .description(withExamples(
      "Sign in: with your browser, or by --email with the password",
      "todo login",
      "todo login --email ada@example.com",
      "echo \"$PASSWORD\" | todo login --email ada@example.com --password-stdin",
      "todo login --device --json"
    ))
    .option("--email <address>", "the address you signed up with")
    .option("--password-stdin", "read the password from the first line of stdin")
    .addOption(
      new Option("--device", "print the address of a page to approve on, also without a terminal")
        .conflicts(["email", "passwordStdin"])
    )
    .option("--no-browser", "do not open the page, only print its address")
    .action(({ browser, device, email, passwordStdin }) =>
      run("login", { browser, device: device === true, email, passwordStdin: passwordStdin === true })
    )

  program.command("logout")
    .description(withExamples("End the session and forget it", "todo logout", "todo logout --local"))
    .option("--local", "forget it here without telling the service, which keeps it until it expires")
    .action(({ local }) => run("logout", { local: local === true }))

  program.command("whoami")
    .description(withExamples("Print who is signed in", "todo whoami", "todo whoami --json"))
    .action(() => run("whoami", {}))
}
