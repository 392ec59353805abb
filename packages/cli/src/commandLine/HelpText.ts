/** What a command does, and command lines of it that work as they are. */
export const withExamples = (what: string, ...lines: ReadonlyArray<string>): string =>
  [what, "", "Examples:", ...lines.map((line) => `  $ ${line}`)].join("\n")

export const refs =
  "a task's number (7), several (3-7,9), a part of its title that no other has (3 characters or more, or a word), its id, or the beginning of that"

export const viewRefs = "its name, its id, or the first 6 or more characters of its id, if only one has it"

export const readsPassword = "read the password from the first line of stdin"

export const ids = "an id as the list shows it, or the first 6 or more characters that only one has"

const environment = `Environment:
  TODO_API_URL      the service (default: that of the last sign-in, or else
                    http://localhost:4000)
  TODO_ACCOUNT      the account to use, as with --account: its e-mail address,
                    that with the host of its service behind it, or its name
  TODO_TOKEN        a token for scripts (todo token create), a session token or
                    a JWT, used instead of a stored session
  TODO_CONFIG_DIR   where sessions are stored
  TODO_KEYRING      0: keep sessions in a file and not in the system's keyring;
                    1: in the keyring, and nowhere else
  TODO_TIMEOUT      seconds to wait for an answer (default: 30)
  TODO_WORDS        off: todo add reads no dates in titles, as with --literal
  TODO_QUEUE        1: queue what is done while the service is away; 0: fail, as
                    with --no-queue (default: queue where somebody looks on)
  TODO_PAGER, PAGER what shows lists that are longer than the screen (default:
                    less); cat is none, as with --no-pager
  VISUAL, EDITOR    your editor, for todo edit
  BROWSER           your browser, for todo login and todo open
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

const filters = `Filters say which tasks \`todo list\` and views have.

  today, tomorrow, overdue       due or starting on that day; what is late
  upcoming 7 days                from tomorrow on
  due before next friday         due, start, created, changed or completed;
                                 before, until, on, after, from, or < <= = > >=,
                                 and a day: in 3 days, oct 5, 2 weeks ago
  no date, no tags, no priority
  repeating, blocked, ready      what comes again; waits; can be begun
  in:Home, in:=Home, in:inbox    of a project and those below it; of it alone
  @shopping, @wait*, p1          with a tag, or one that begins so; a priority
  title:milk, number >= 7        a member that has a text, or compares
  search:milk, "oat milk"        with these words in whatever is said of it
  open, done, all, trash         open tasks, where none of them is said

  Terms beside each other all have to be so; between them also \`or\`, before
  one \`not\`, and around several brackets, which the shell wants in quotes:

  $ todo list "(today or overdue) and not @work"
  $ todo view add Now "p1 or due <= tomorrow" --sort due,priority

Keys of --sort: due, start, priority, position, title, number, created, changed,
completed, relevance. - before one turns it round.
`

const signs = `Signs of lists on a terminal. Each says what no colour has to; in a pipe the
state is a word.

  ○   open
  ◌   open, and waits for others
  ✓   done
  !   late
  ↻   repeats; ↻! from when it is done
  …   cut: \`todo show\` has all of it

Where the locale says that the terminal shows no UTF-8 they are o, w, x, !, *
and ~.
`

/** What `todo help` tells that is no command. */
export const topics: Readonly<Record<string, string>> = { filters, signs, environment, "exit-codes": exitCodes }

/** How a project is named, for the help of commands. */
export const projectRefs =
  "a project's name (Work), its path (Work/Misc), its id, or the first 6 or more characters of its id"
