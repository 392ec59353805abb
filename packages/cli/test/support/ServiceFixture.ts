import { afterAll, beforeAll, beforeEach, expect, inject } from "@effect/vitest"
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Account, isSession } from "./Account.ts"
import { buildCli, type Cli, type Outcome, type RunOptions } from "./Cli.ts"
import { codeTo, mailsTo } from "./Mail.ts"
import { type Recorder, startRecorder } from "./Recorder.ts"

/** The service of the run, for what runs in the process of the test. A file that imports from here has one. */
export const serviceOfRun = () => inject("service")

/**
 * The built client against the service itself, which a run shares: every test begins with an account of its own, signed
 * in, and with no request received.
 */
export const useService = () => {
  const { mail, url: service } = serviceOfRun()
  let recorder: Recorder
  let cli: Cli
  let account: Account

  const todo = (line: string | ReadonlyArray<string>, options?: RunOptions): Promise<Outcome> =>
    cli.run(typeof line === "string" ? line.split(" ") : line, options)

  /** Runs what has to succeed without a word on stderr, and answers stdout. */
  const succeed = async (line: string | ReadonlyArray<string>, options?: RunOptions): Promise<string> => {
    const { exitCode, stderr, stdout } = await todo(line, options)
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" })
    return stdout
  }

  beforeAll(async () => {
    recorder = await startRecorder(service)
    cli = await buildCli(recorder.url)
  })
  afterAll(() => {
    cli.remove()
    recorder.close()
  })
  /** Signs in as somebody new. */
  const signIn = async () => {
    rmSync(cli.configDirectory, { recursive: true, force: true })
    account = await Account.make(service)
    // As `todo login` leaves it.
    mkdirSync(cli.configDirectory, { mode: 0o700 })
    const credentials = JSON.stringify({ [recorder.url]: account.entry })
    writeFileSync(join(cli.configDirectory, "credentials.json"), credentials, { mode: 0o600 })
  }
  beforeEach(async () => {
    await signIn()
    recorder.received.length = 0
    recorder.instead = () => undefined
  })

  return {
    todo,
    succeed,
    get url() {
      return recorder.url
    },
    get program() {
      return cli
    },
    get account() {
      return account
    },
    /** What the service answered if this were it; where this answers nothing it does itself. */
    set instead(answer: Recorder["instead"]) {
      recorder.instead = answer
    },
    /** The requests of the client since it was signed in. */
    get received() {
      return recorder.received
    },
    /** What is stored here of services. */
    credentials: () => JSON.parse(readFileSync(join(cli.configDirectory, "credentials.json"), "utf8")),
    /** Whether a session has not ended. */
    isSession: (token: string) => isSession(service, token),
    /** The code of the last mail of this subject, when it has come. */
    codeTo: (address: string, subject: string) => codeTo(mail, address, subject),
    mailsTo: (address: string) => mailsTo(mail, address),
    /** Forgets the session, as on another machine. */
    signOut: () => rmSync(cli.configDirectory, { recursive: true }),
    /** Signs in as somebody else, who has nothing. */
    signInAsAnother: signIn,
    /** Somebody else. */
    another: () => Account.make(service),
    /** What a command prints with `--json`. */
    json: async (line: string) => JSON.parse(await succeed(`${line} --json`)),
    /** Adds tasks with the client, of the numbers 1, 2, 3 … in a new account. */
    add: (...titles: ReadonlyArray<string>) => succeed("add - --literal", { stdin: titles.join("\n") })
  }
}
