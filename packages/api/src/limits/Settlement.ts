import type { RateLimitKind } from "@todo/domain/auth/RateLimit"
import { Cause, Exit } from "effect"
import type { Bucket } from "./Buckets.ts"

/** The status of a wrong password, or of a wrong user code: the one that counts as a guess. */
const wrongStatus = (kind: RateLimitKind) => kind === "userCode" ? 400 : 401

/**
 * Of the buckets that a request has taken from, those that it gets back, by how it ended. A guess that was not wrong
 * counts as none: 401 alone is a wrong password, and not what the service could not answer. Nor does a mail count where
 * the request was refused; that the answer does not tell whether one was written makes no difference. After 503 nothing
 * counts but the first, the client's own, which is for requests. Where the client went away, or the service broke, the
 * work may have been done, and only guesses do not count, of which nobody has learnt anything.
 */
export const uncounted = (
  kind: RateLimitKind,
  taken: ReadonlyArray<Bucket>,
  exit: Exit.Exit<{ readonly status: number }, unknown>
): ReadonlyArray<Bucket> => {
  if (Exit.isFailure(exit)) {
    const unavailable = Cause.hasFails(exit.cause)
    return taken.filter(({ counts }, index) => counts === "guesses" || (unavailable && index > 0))
  }
  const { status } = exit.value
  const isRefused = status >= 400 && status < 500
  return taken.filter(({ counts }) =>
    counts === "guesses" ? status !== wrongStatus(kind) : counts === "mails" && isRefused
  )
}
