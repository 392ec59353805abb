import { Authorization } from "@todo/domain/auth/Authorization"
import { RequestContract } from "@todo/domain/http/RequestContract"
import { Layer } from "effect"
import type { Feature } from "../Feature.ts"
import { knowing } from "../http/NarrowContext.ts"
import { batchFunctions } from "./batch.sql.ts"
import { Batches } from "./Batches.ts"
import { BatchHandlers } from "./BatchHandlers.ts"

/** Many writes of any nouns at once. */
export const batch = {
  functions: batchFunctions,
  handlers: knowing(Batches, RequestContract, Authorization)(BatchHandlers).pipe(Layer.provide(Batches.layer))
} satisfies Feature
