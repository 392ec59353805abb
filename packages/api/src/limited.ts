import { mostChanges } from "./database/functions/Write.sql.ts"
import { nouns } from "./nouns.ts"
import { sessionsLimited } from "./sessions/limited.ts"
import { tokensLimited } from "./tokens/limited.ts"
import type { Limited } from "./usage/Limited.ts"

/** Of what of all features a user may have so many. */
export const limited: ReadonlyArray<Limited> = [
  ...nouns.map(({ most, name }) => ({
    limit: name,
    max: most,
    count: `SELECT c.${name} FROM todo.counters c WHERE c.user_id = me.uid`
  })),
  ...tokensLimited,
  ...sessionsLimited,
  { limit: "changes", max: mostChanges }
]
