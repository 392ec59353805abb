import { Api } from "@todo/domain/Api"
import { NothingToUndo, OperationNotFound } from "@todo/domain/operations/OperationProblems"
import { Effect } from "effect"
import { HttpApiBuilder } from "effect/http-api"

const absent = () => Effect.fail(new OperationNotFound({ detail: "There is no operation of this id" }))

/** It keeps no record. */
export const OperationsHandlers = HttpApiBuilder.group(Api, "operations", (handlers) =>
  handlers.handleAll({
    list: () => Effect.succeed({ items: [], nextCursor: null }),
    get: absent,
    undo: absent,
    undoLatest: () => Effect.fail(new NothingToUndo({ detail: "Nothing is on record" }))
  }))
