import { Effect, Redacted } from "effect"
import { ExitCode } from "../failures/ExitCode.ts"
import { Failure } from "../failures/Failure.ts"
import { Settings } from "../Settings.ts"
import { Output } from "../terminal/Output.ts"
import { type KeyringTool, keyringToolOf, mayAnswer } from "./KeyringTool.ts"
import { type Ended, runTool } from "./RunTool.ts"

/** What stands in the file for a token that is in the keyring, with its id there behind it. */
const mark = "keyring:"

/** Whether a token is in the keyring, by what stands for it. */
export const isInKeyring = (kept: string): boolean => kept.startsWith(mark)

const idOf = (kept: string): string => kept.slice(mark.length)

/** So long nobody has to wait for it; where somebody is there they may have to unlock it. */
const patienceMillis = 3000
const personsPatienceMillis = 30_000

const isToken = (text: string): boolean => /^[!-~]+$/.test(text)

const unavailable = (message: string, ...hints: ReadonlyArray<string>): Failure =>
  new Failure({ exitCode: ExitCode.unexpected, code: "keyring_unavailable", message, status: null, hints })

/** What a tool says that is in the way, on a line. */
const trouble = ({ errors, status }: Ended): string => errors.trim().split("\n")[0] || `it ended with status ${status}`

const missing = new Failure({
  exitCode: ExitCode.refused,
  code: "not_in_keyring",
  message: "The session is not in the keyring any more",
  status: null,
  hints: ["Sign in again with `todo login`."]
})

const withoutLineBreak = (text: string): string => text.replace(/\r?\n$/, "")

/**
 * The keyring of the system, for the tokens of sessions. What stands for a token is the token itself where there is no
 * keyring, nobody may wait for one (`CI`), or it fails.
 */
export const keyring = Effect.gen(function*() {
  const { apiUrl, interactive, keyring: use } = yield* Settings
  const output = yield* Output
  const tool = keyringToolOf(process.platform)
  const patience = interactive ? personsPatienceMillis : patienceMillis

  const lookUp = (tool: KeyringTool, id: string) =>
    Effect.flatMap(runTool(tool.lookUp(id), patience), (ended) => {
      const secret = withoutLineBreak(ended.output)
      if (ended.status === 0 && isToken(secret)) return Effect.succeed(secret)
      if (ended.status === 0) return Effect.fail("it answers what is no token")
      return tool.isMissing(ended.status ?? 0, ended.errors) ? Effect.undefined : Effect.fail(trouble(ended))
    })

  /** Puts it there and looks whether it is. Fails with what is in the way. */
  const stored = Effect.fnUntraced(function*(tool: KeyringTool, id: string, token: string) {
    const call = tool.store(id, token, `todo at ${apiUrl}`)
    if (call === undefined) return yield* Effect.fail("it does not take such a token")
    const ended = yield* runTool(call, patience)
    if (ended.status !== 0) return yield* Effect.fail(trouble(ended))
    if ((yield* lookUp(tool, id)) !== token) return yield* Effect.fail("it does not keep what it is given")
  })

  const clear = (tool: KeyringTool, id: string) => runTool(tool.clear(id), patience)

  return {
    /** Keeps a token; answers what stands for it. */
    keep: Effect.fnUntraced(function*(token: string): Effect.fn.Return<string, Failure> {
      if (!isToken(token) || isInKeyring(token)) {
        return yield* unavailable(`${apiUrl} answers a token that is none`)
      }
      if (use === undefined || use === "never") return token
      if (tool === undefined || !mayAnswer(process.platform, process.env)) {
        if (use === "offered") return token
        return yield* unavailable("TODO_KEYRING is 1, and there is no keyring", "Unset it to use a file.")
      }
      const id = crypto.randomUUID()
      const problem = yield* Effect.match(stored(tool, id, token), {
        onSuccess: () => undefined,
        onFailure: (problem) => problem
      })
      if (problem === undefined) return mark + id
      yield* clear(tool, id)
      const said = `The keyring cannot be used: ${problem}.`
      if (use === "required") return yield* unavailable(said, "TODO_KEYRING is 1: unset it to use a file.")
      if (!problem.includes("ENOENT")) yield* output.note(`${said} A file keeps the session.`)
      return token
    }),
    /** The token that something stands for. */
    read: Effect.fnUntraced(function*(kept: string): Effect.fn.Return<Redacted.Redacted, Failure> {
      if (!isInKeyring(kept)) return Redacted.make(kept)
      if (use === "never") {
        return yield* unavailable("The session is in the keyring, which TODO_KEYRING=0 leaves alone", otherwise)
      }
      if (tool === undefined) {
        return yield* unavailable("The session is in a keyring, and there is none here", otherwise)
      }
      const token = yield* Effect.mapError(
        lookUp(tool, idOf(kept)),
        (problem) => unavailable(`The session is in the keyring, which cannot be used: ${problem}`, otherwise)
      )
      return token === undefined ? yield* missing : Redacted.make(token)
    }),
    /** Takes a token out again. Where that does not work it stays there, of no use to anybody. */
    remove: (kept: string): Effect.Effect<void> =>
      isInKeyring(kept) && tool !== undefined && use !== "never" ? clear(tool, idOf(kept)) : Effect.void
  }
})

const otherwise = "`TODO_KEYRING=0 todo login` keeps one in a file; scripts and cron take TODO_TOKEN."
