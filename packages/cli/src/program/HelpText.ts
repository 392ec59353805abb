/** The end of a help text: command lines that work as they are. */
export const examples = (...lines: ReadonlyArray<string>): string =>
  ["", "Examples:", ...lines.map((line) => `  $ ${line}`)].join("\n")

export const aboutRefs = `
A <ref> is a task's number (7), its id, or the first 6 or more characters of its id.`

export const aboutIds = `
An <id> is what the list shows: an id, or the first 6 or more characters of it that only one has.`

export const environment = `

Environment:
  TODO_API_URL      the service (default: http://localhost:4000)
  TODO_TOKEN        a token for scripts (todo token create), a session token or a JWT,
                    used instead of a stored session
  TODO_CONFIG_DIR   where sessions are stored
  TODO_TIMEOUT      seconds to wait for an answer (default: 30)
  NO_COLOR          no colors
  TODO_DEBUG        1: details of unexpected errors

Exit codes:
  0 done, 1 unexpected, 2 usage or invalid input, 3 not found, 4 not signed in or refused,
  5 conflict, 6 rate limited, 7 service unreachable or unavailable (worth a retry)`
