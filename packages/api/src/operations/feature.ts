import { Layer } from "effect"
import { recordFunctions } from "../database/functions/record.sql.ts"
import { mostChanges } from "../database/functions/Write.sql.ts"
import type { Feature } from "../Feature.ts"
import { Operations } from "./Operations.ts"
import { OperationsHandlers } from "./OperationsHandlers.ts"
import { undoFunctions } from "./undo.sql.ts"

/** What is on record of the writes of all nouns, and its undoing. */
export const operations = {
  functions: (nouns) => [...recordFunctions(nouns), ...undoFunctions(nouns)],
  limits: [{ limit: "changes", max: mostChanges }],
  handlers: Layer.provide(OperationsHandlers, Operations.layer)
} satisfies Feature
