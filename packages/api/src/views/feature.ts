import { Authorization } from "@todo/domain/auth/Authorization"
import { RequestContract } from "@todo/domain/http/RequestContract"
import { Layer } from "effect"
import { entityFunctions } from "../database/functions/entity.sql.ts"
import { removeForGood } from "../database/functions/remove.sql.ts"
import { recordedFunction } from "../database/functions/Write.sql.ts"
import { moveOf } from "../database/order/move.sql.ts"
import { placeFunctions } from "../database/order/place.sql.ts"
import type { Feature } from "../Feature.ts"
import { knowing } from "../http/NarrowContext.ts"
import { views as noun } from "./table.ts"
import { Views } from "./Views.ts"
import { ViewsHandlers } from "./ViewsHandlers.ts"

/** Lists that are kept by their names. */
export const views = {
  noun,
  functions: () => [
    ...placeFunctions(noun, noun.order!),
    ...entityFunctions(noun),
    ...[removeForGood(noun), moveOf(noun, {})].map(recordedFunction)
  ],
  handlers: knowing(Views, RequestContract, Authorization)(ViewsHandlers).pipe(Layer.provide(Views.layer))
} satisfies Feature
