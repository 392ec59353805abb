/** What a command does, and command lines of it that work as they are. */
export const withExamples = (what: string, ...lines: ReadonlyArray<string>): string =>
  [what, "", "Examples:", ...lines.map((line) => `  $ ${line}`)].join("\n")

export const refs = "a task's number (7), its id, or the first 6 or more characters of its id"

export const readsPassword = "read the password from the first line of stdin"

export const ids = "an id as the list shows it, or the first 6 or more characters that only one has"

const environment = `Environment:
  TODO_API_URL      the service (default: that of the last sign-in, or else
                    http://localhost:4000)
  TODO_TOKEN        a token for scripts (todo token create), a session token or
                    a JWT, used instead of a stored session
  TODO_CONFIG_DIR   where sessions are stored
  TODO_TIMEOUT      seconds to wait for an answer (default: 30)
  VISUAL, EDITOR    your editor, for todo edit
  BROWSER           your browser, for todo login
  CI                set, and not false: never ask, as with --no-input
  NO_COLOR          no colors
  FORCE_COLOR       colors, also where stdout is no terminal
  HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY
                    proxies, as for curl
  NODE_EXTRA_CA_CERTS
                    a file of certificates to trust
  NODE_USE_SYSTEM_CA
                    1: trust the certificates of the machine (Node 22.19, 24.6)
  TODO_DEBUG        1: details of unexpected errors
`

const exitCodes = `Exit codes:
    0  done
    1  unexpected
    2  usage or invalid input
    3  not found
    4  not signed in or refused
    5  conflict
    6  rate limited
    7  service unreachable or unavailable: worth a retry
  130  Ctrl-C
  143  SIGTERM, of todo watch
`

/** What `todo help` tells that is no command. */
export const topics: Readonly<Record<string, string>> = { environment, "exit-codes": exitCodes }
