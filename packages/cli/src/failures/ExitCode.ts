/** What the process ends with; scripts branch on it, so a number never changes its meaning. */
export const ExitCode = {
  done: 0,
  unexpected: 1,
  usage: 2,
  notFound: 3,
  refused: 4,
  conflict: 5,
  rateLimited: 6,
  /** Worth a retry. */
  unavailable: 7,
  /** What shells report for Ctrl-C: 128 + SIGINT. */
  interrupted: 130,
  /** The same for SIGTERM: 128 + 15. */
  terminated: 143
} as const
export type ExitCode = typeof ExitCode[keyof typeof ExitCode]

/** The exit code for an HTTP status that is not a success. */
export const exitCodeOfStatus = (status: number): ExitCode => {
  switch (status) {
    case 400:
    case 413:
    case 415:
    case 422:
      return ExitCode.usage
    case 401:
    case 403:
      return ExitCode.refused
    case 404:
      return ExitCode.notFound
    case 409:
    case 410:
    case 412:
    case 428:
      return ExitCode.conflict
    case 429:
      return ExitCode.rateLimited
    case 502:
    case 503:
    case 504:
      return ExitCode.unavailable
    default:
      return ExitCode.unexpected
  }
}
