import { type Operation, OperationId } from "@todo/domain/operations/Operation"
import { DateTime, Effect } from "effect"
import { ApiClient } from "../client/ApiClient.ts"
import { makeResolver } from "../refs/Resolver.ts"
import type { Settings } from "../Settings.ts"
import { allOperations } from "./AllOperations.ts"
import { verbOf } from "./OperationWords.ts"

/** So many of the newest are looked through for the beginning of an id; those before go by their whole id. */
const searched = 2000

/** Makes a function that finds the operation whose id, or the beginning of it, is given. */
export const makeOperationResolver = Effect.gen(function*() {
  const { operations } = yield* ApiClient
  return yield* makeResolver<Pick<Operation, "id" | "kind" | "at">, ApiClient | Settings>({
    word: "operation",
    lister: "todo history",
    label: (operation) => `${verbOf({ ...operation, changes: [], count: 1 })}, ${DateTime.formatIso(operation.at)}`,
    all: allOperations(searched),
    byId: (id) => operations.get({ params: { id: OperationId.make(id) }, query: { limit: 1 } })
  })
})
