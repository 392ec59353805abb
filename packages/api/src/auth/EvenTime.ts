import { Effect } from "effect"

/**
 * How long an answer takes at least that must not tell, by its time, whether
 * an address has an account. The work behind it takes about a tenth.
 */
const floor = "300 millis"

/**
 * Answers no sooner than every other request of its kind, where the operation
 * writes to the owner of an address if there is one. Sign-up makes one, and
 * says so unless `verifiesEmail`. Better Auth itself delays what is missing here.
 */
export const makeEvenTime = (verifiesEmail: boolean) => {
  const telling = new Set([
    "/api/auth/request-password-reset",
    "/api/auth/change-email",
    ...(verifiesEmail ? ["/api/auth/sign-up/email"] : [])
  ])
  return <A, E, R>(path: string, answer: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    telling.has(path)
      ? Effect.map(Effect.all([answer, Effect.sleep(floor)], { concurrency: 2 }), ([answered]) => answered)
      : answer
}
