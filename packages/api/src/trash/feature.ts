import { Authorization } from "@todo/domain/auth/Authorization"
import { RequestContract } from "@todo/domain/http/RequestContract"
import { Layer } from "effect"
import { trashFunctions } from "../database/functions/trash.sql.ts"
import type { Feature } from "../Feature.ts"
import { knowing } from "../http/NarrowContext.ts"
import { Trash } from "./Trash.ts"
import { TrashHandlers } from "./TrashHandlers.ts"

/** Where tasks are for a while that were deleted. */
export const trash = {
  functions: (_nouns, trashed) => trashFunctions(trashed),
  handlers: knowing(Trash, RequestContract, Authorization)(TrashHandlers).pipe(Layer.provide(Trash.layer))
} satisfies Feature
