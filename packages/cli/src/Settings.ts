import { Context, Effect, Redacted } from "effect"
import { accountsLike, type ChosenAccount, type NamedAccount, noSuchAccount } from "./accounts/AccountRef.ts"
import { defaultApiUrl, plainAddress } from "./ApiUrl.ts"
import { ExitCode } from "./failures/ExitCode.ts"
import { Failure, usage } from "./failures/Failure.ts"
import { fieldsOf, type Format, templateOf } from "./format/Format.ts"

/** The options that every command takes, before its name or after it. */
export interface GlobalOptions {
  readonly json: boolean
  readonly quiet: boolean
  readonly apiUrl: string | undefined
  readonly account?: string | undefined
  readonly input: boolean
  readonly color: boolean
  readonly pager: boolean
  readonly queue: boolean
  /** One line of JSON for each thing. */
  readonly ndjson: boolean
  /** Which members to print, as `Format` has them. */
  readonly fields: string | undefined
  readonly template: string | undefined
}

/** How this run of the client behaves: from options first, then the environment. */
export class Settings extends Context.Service<Settings, {
  /** Without a trailing slash. Unless one is given, it is that of the account, or of the last sign-in. */
  readonly apiUrl: string
  /** The account of that service that was named; without one it is the one in use. Only `TODO_ACCOUNT` may name none. */
  readonly account?: ChosenAccount | undefined
  /** `TODO_TOKEN`, which takes the place of stored credentials. */
  readonly token: Redacted.Redacted | undefined
  readonly configDirectory: string
  /** Whether tokens of new sessions go into the keyring; where it does not say, as in CI, they do not. */
  readonly keyring?: "never" | "offered" | "required" | undefined
  readonly timeoutSeconds: number
  /** Whether what is typed is read for dates, unless a command says otherwise. */
  readonly words: boolean
  /** Whether a result is for programs, in any format. */
  readonly json: boolean
  /** How it is printed then. */
  readonly format: Format
  readonly quiet: boolean
  readonly color: boolean
  /** Whether the terminal shows ASCII alone. */
  readonly ascii?: boolean
  /** Whether somebody looks on who may wonder why nothing happens. */
  readonly showsProgress: boolean
  /** Whether what cannot be sent is queued, and what cannot be asked is as it was last known. */
  readonly queues: boolean
  /** Whether what was queued before is sent before what a command asks and does. */
  readonly sendsQueued: boolean
  /** Whether there is a person to ask. */
  readonly interactive: boolean
  /** Why there is nobody, where it is not for want of a terminal. */
  readonly whyUnasked?: string | undefined
  /** The command line that shows what is longer than the screen; undefined where nothing does. */
  readonly pager: string | undefined
  /** How `todo list` is where nothing else is said. */
  readonly listDefaults?: { readonly sort?: string; readonly limit?: number } | undefined
  /** Columns of the terminal that stdout is; undefined when it is none. */
  readonly columns: number | undefined
  /** Rows of that terminal, where it says how many. */
  readonly rows: number | undefined
}>()("todo/cli/Settings") {}

/** What settings are read from, other than options. */
export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly stdout: { readonly isTTY?: boolean; readonly columns?: number; readonly rows?: number }
  readonly stderr: { readonly isTTY?: boolean }
  /** Whether stdin and stderr are a terminal: somebody reads questions and can answer. */
  readonly hasPerson: () => boolean
  /** Where what `todo` remembers is kept. */
  readonly configDirectory: string
  /** The service of the last sign-in, where there was one. */
  readonly lastService: () => string | undefined
  readonly listDefaults?: Settings["Service"]["listDefaults"]
  /** The accounts that somebody has signed in to here. */
  readonly accounts?: () => ReadonlyArray<NamedAccount>
}

const defaultTimeoutSeconds = 30
const defaultColumns = 80

const isSet = (value: string | undefined): value is string => value !== undefined && value !== ""

/** Fails (exit code 2) on an address or a timeout that makes no sense. */
export const settingsFrom = Effect.fnUntraced(function*(
  options: GlobalOptions,
  environment: Environment
): Effect.fn.Return<Settings["Service"], Failure> {
  const { configDirectory, env, hasPerson, listDefaults, stderr, stdout } = environment
  const terminal = stdout.isTTY === true
  const canMove = env.TERM !== "dumb"
  const why = whyUnasked(options, env)
  const isTerminal = hasPerson()
  const isInteractive = why === undefined && isTerminal
  const queue = yield* parseQueue(env.TODO_QUEUE)
  const forced = isSet(env.FORCE_COLOR) && env.FORCE_COLOR !== "0"
  const token = yield* parseToken(env.TODO_TOKEN)
  return {
    ...yield* accountOf(options, environment, token !== undefined),
    token,
    configDirectory,
    keyring: yield* parseKeyring(env),
    timeoutSeconds: yield* parseTimeout(env.TODO_TIMEOUT),
    words: yield* parseWords(env.TODO_WORDS),
    json: isForPrograms(options),
    format: yield* formatOf(options),
    quiet: options.quiet,
    color: options.color && !isSet(env.NO_COLOR) && (forced || terminal && canMove),
    showsProgress: stderr.isTTY === true && canMove && !isCI(env.CI) && !isForPrograms(options) && !options.quiet,
    queues: options.queue && (queue ?? isInteractive),
    sendsQueued: options.queue && (queue ?? true),
    interactive: isInteractive,
    ascii: (terminal || stderr.isTTY === true) && isWithoutUtf8(env),
    whyUnasked: isTerminal ? why : undefined,
    pager: terminal && canMove && isTerminal && why === undefined && options.pager ? pagerOf(env) : undefined,
    listDefaults,
    columns: terminal ? stdout.columns || defaultColumns : undefined,
    rows: terminal ? stdout.rows || undefined : undefined
  }
})

const isForPrograms = ({ fields, json, ndjson, template }: GlobalOptions): boolean =>
  json || ndjson || fields !== undefined || template !== undefined

const formatOf = Effect.fnUntraced(function*(
  { fields: typed, json, ndjson, template }: GlobalOptions
): Effect.fn.Return<Format, Failure> {
  if (template !== undefined) {
    const parts = templateOf(template)
    return parts === undefined
      ? yield* usage(
        "--template has no member, or a {{ or a }} alone",
        "Members stand in two brackets each: {{number}} {{title}}"
      )
      : { kind: "template", parts }
  }
  const fields = typed === undefined ? undefined : fieldsOf(typed)
  if (typed !== undefined && fields === undefined) {
    return yield* usage(
      `--fields takes names with commas between them, such as number,title,due.date: ${JSON.stringify(typed)}`
    )
  }
  return { kind: ndjson ? "ndjson" : json || fields === undefined ? "json" : "fields", fields }
})

/** `TODO_PAGER` goes before `PAGER`; nothing, and `cat`, are none. */
const pagerOf = ({ PAGER, TODO_PAGER }: Environment["env"]): string | undefined => {
  const pager = (TODO_PAGER ?? PAGER ?? "less").trim()
  return pager === "" || pager === "cat" ? undefined : pager
}

const isCI = (text: string | undefined): boolean => isSet(text) && text !== "false"
/** Whether the locale says that a terminal shows no UTF-8; none says nothing, as on Windows and in containers. */
const isWithoutUtf8 = ({ LANG, LC_ALL, LC_CTYPE }: Environment["env"]): boolean => {
  const locale = [LC_ALL, LC_CTYPE, LANG].find((one) => one !== undefined && one !== "") ?? ""
  return /^(?:C|POSIX)$|\./.test(locale) && !/utf-?8/i.test(locale)
}

/** What was set so that nobody is asked. */
const whyUnasked = ({ input }: GlobalOptions, { CI }: Environment["env"]): string | undefined => {
  if (!input) return "Nothing is asked with --no-input."
  return isCI(CI) ? "Nothing is asked while CI is set." : undefined
}

/** The service that was named. */
const givenUrl = (options: GlobalOptions, env: Environment["env"]): Effect.Effect<string | undefined, Failure> => {
  if (options.apiUrl !== undefined) return parseApiUrl("--api-url", options.apiUrl)
  return isSet(env.TODO_API_URL) ? parseApiUrl("TODO_API_URL", env.TODO_API_URL) : Effect.undefined
}

/** The service in use, and the account there that was named; `--account` goes before the service that a variable names. */
const accountOf = Effect.fnUntraced(function*(
  options: GlobalOptions,
  { accounts = () => [], env, lastService }: Environment,
  hasToken: boolean
): Effect.fn.Return<{ readonly apiUrl: string; readonly account?: ChosenAccount }, Failure> {
  const given = yield* givenUrl(options, env)
  const service = Effect.suspend(() =>
    given === undefined
      ? parseApiUrl("The address of the last sign-in", lastService() ?? defaultApiUrl)
      : Effect.succeed(given)
  )
  if (hasToken && options.account !== undefined) {
    return yield* usage("TODO_TOKEN is set, and goes before every account", "Unset TODO_TOKEN to use --account.")
  }
  const text = options.account ?? env.TODO_ACCOUNT
  if (hasToken || !isSet(text)) return { apiUrl: yield* service }
  const all = accounts()
  const found = accountsLike(text, all)
  const there = found.filter(({ apiUrl }) => given === undefined || apiUrl === given)
  const isFree = options.account !== undefined && options.apiUrl === undefined
  const [account, ...others] = there.length === 0 && isFree ? found : there
  if (account !== undefined && others.length === 0) return { apiUrl: account.apiUrl, account: { text, found: account } }
  const failure = noSuchAccount(text, account === undefined ? [] : [account, ...others], all)
  // A variable stands there for long, and somebody may be about to sign in to what it names.
  return options.account === undefined ? { apiUrl: yield* service, account: { text, found: failure } } : yield* failure
})

/** Secrets come from files and forms, with white space around them that is no part of them. */
const parseToken = Effect.fnUntraced(function*(
  text: string | undefined
): Effect.fn.Return<Redacted.Redacted | undefined, Failure> {
  const token = text?.trim()
  if (!isSet(token)) return undefined
  if (/^[!-~]+$/.test(token)) return Redacted.make(token)
  return yield* new Failure({
    exitCode: ExitCode.usage,
    code: "malformed_token",
    message: "TODO_TOKEN has characters in it that no token has, such as a space or a line break",
    status: null,
    hints: ["Set it to the token alone, as `todo token create` printed it."]
  })
})

/** The address that somebody meant who left its scheme out. */
const schemeHint = (text: string): ReadonlyArray<string> => {
  if (text.includes("://") || !URL.canParse(`http://${text}`)) return []
  const isHere = /^(?:localhost|127\.[\d.]+|\[::1\])(?:[:/]|$)/.test(text)
  return [`(Did you mean ${isHere ? "http" : "https"}://${text}?)`]
}

const parseApiUrl = Effect.fnUntraced(function*(name: string, text: string): Effect.fn.Return<string, Failure> {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || url.protocol !== "http:" && url.protocol !== "https:") {
    return yield* usage(`${name} is not an http or https URL: ${JSON.stringify(text)}`, ...schemeHint(text))
  }
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    return yield* usage(`${name} takes a host and a path only, without user, query or fragment`)
  }
  return plainAddress(url)
})

const parseWords = Effect.fnUntraced(function*(text: string | undefined): Effect.fn.Return<boolean, Failure> {
  if (isSet(text) && text !== "on" && text !== "off") {
    return yield* usage(`TODO_WORDS is neither on nor off: ${JSON.stringify(text)}`)
  }
  return text !== "off"
})

const parseKeyring = Effect.fnUntraced(function*(
  { CI, TODO_KEYRING: text }: Environment["env"]
): Effect.fn.Return<Settings["Service"]["keyring"], Failure> {
  if (!isSet(text)) return isCI(CI) ? undefined : "offered"
  if (text === "0" || text === "1") return text === "0" ? "never" : "required"
  return yield* usage(`TODO_KEYRING is neither 0 nor 1: ${JSON.stringify(text)}`)
})

const parseQueue = Effect.fnUntraced(
  function*(text: string | undefined): Effect.fn.Return<boolean | undefined, Failure> {
    if (isSet(text) && text !== "1" && text !== "0") {
      return yield* usage(`TODO_QUEUE is neither 1 nor 0: ${JSON.stringify(text)}`)
    }
    return isSet(text) ? text === "1" : undefined
  }
)

const parseTimeout = Effect.fnUntraced(function*(text: string | undefined): Effect.fn.Return<number, Failure> {
  if (!isSet(text)) return defaultTimeoutSeconds
  const seconds = Number(text)
  if (!(seconds > 0 && seconds <= 3600)) {
    return yield* usage(`TODO_TIMEOUT is not a number of seconds above 0 and up to 3600: ${JSON.stringify(text)}`)
  }
  return seconds
})
