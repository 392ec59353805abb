/** Options of what is done with several tasks. */
export interface Selection {
  readonly filter?: string | undefined
  readonly dryRun?: boolean | undefined
}

/** How they are written: `--filter <filter>`, and `--dry-run`. */
export const selectionOptions = {
  filter: ["--filter <filter>", "all that a filter lists, as `todo help filters` says"],
  dryRun: ["--dry-run", "say of which tasks, and do nothing"]
} as const
