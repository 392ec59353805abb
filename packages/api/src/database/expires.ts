import type { Expiry } from "../sweeper/Expiry.ts"

/** The answers that are kept for requests which are sent again. */
export const keptAnswersExpire: ReadonlyArray<Expiry> = [{ table: "todo.idempotency_keys" }]
