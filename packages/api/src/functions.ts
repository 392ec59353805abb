import { Layer } from "effect"
import { createHash } from "node:crypto"
import credentials from "./accounts/credentials.sql.ts"
import batch from "./batch/batch.sql.ts"
import changes from "./changes/changes.sql.ts"
import door from "./database/functions/door.sql.ts"
import idempotency from "./database/functions/idempotency.sql.ts"
import record from "./database/functions/record.sql.ts"
import { SqlFunctions } from "./database/functions/SqlFunctions.ts"
import * as present from "./functionsVersion.ts"
import limits from "./limits/limits.sql.ts"
import { nouns } from "./nouns.ts"
import { undoFunctions } from "./operations/undo.sql.ts"
import sessions from "./sessions/sessions.sql.ts"
import tasks from "./tasks/tasks.sql.ts"
import tokens from "./tokens/tokens.sql.ts"

/** The present text of every function and trigger of the database, in an order in which they can be made. */
export const functions: ReadonlyArray<string> = [
  ...door,
  ...idempotency,
  ...record,
  ...changes,
  ...credentials,
  ...sessions,
  ...limits,
  ...tokens,
  ...tasks,
  ...batch,
  ...undoFunctions(nouns)
]

/** What tells these texts from others. */
export const functionsHash = createHash("sha256").update(functions.join("\n")).digest("hex")

/** They, for the database to have. */
export const FunctionsLive = Layer.succeed(SqlFunctions, { texts: functions, ...present })
