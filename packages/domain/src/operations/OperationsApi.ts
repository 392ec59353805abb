import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { Gone } from "../entity/EntityProblems.ts"
import { write } from "../http/Idempotency.ts"
import { operation } from "../http/openapi/Operation.ts"
import { RequestContract } from "../http/RequestContract.ts"
import {
  Operation,
  OperationId,
  OperationPage,
  OperationQuery,
  OperationWithChanges,
  RecordedChangeQuery,
  Undo
} from "./Operation.ts"
import { operationId } from "./OperationId.ts"
import { ChangedSince, NothingToUndo, NotUndoable, OperationNotFound, UndoExpired } from "./OperationProblems.ts"

const params = { id: OperationId }

const undoing = {
  // Without a body, too.
  payload: [Undo, Schema.Null],
  success: HttpApiSchema.WithHeaders(Operation, operationId)
}

const undone = {
  200: "The undo, which is an operation, too.",
  409:
    "What the operation changed was changed since (see `changes`), or there is nothing to undo, or a request with this `Idempotency-Key` is being answered at this moment."
}

/** The record of all that the user's sessions and tokens have written. */
export class OperationsApi extends HttpApiGroup.make("operations")
  .add(
    HttpApiEndpoint.get("list", "/operations", {
      query: OperationQuery,
      success: OperationPage
    }).annotateMerge(operation({
      id: "listOperations",
      scope: "tasks:read",
      summary: "List operations",
      description:
        "What was written, by all sessions and tokens of the user, newest first. The record goes back 90 days.",
      responses: { 200: "A page of operations." }
    })),
    HttpApiEndpoint.get("get", "/operations/:id", {
      params,
      query: RecordedChangeQuery,
      success: OperationWithChanges,
      error: OperationNotFound
    }).annotateMerge(operation({
      id: "getOperation",
      scope: "tasks:read",
      summary: "Get an operation",
      description: "One operation, with each thing that it changed as it left it.",
      responses: { 200: "The operation, with a page of its changes." }
    })),
    HttpApiEndpoint.post(
      "undo",
      "/operations/:id/undo",
      write({
        params,
        ...undoing,
        error: [OperationNotFound, ChangedSince, NotUndoable, UndoExpired, Gone]
      })
    ).annotateMerge(operation({
      id: "undoOperation",
      scope: "tasks:write",
      summary: "Undo an operation",
      description:
        "Restores what the operation changed, as one operation, which can be undone, too. A change is undone where each member that it wrote still has the value that it wrote, and each thing that it made is as it made it. Operations of the last 30 days.",
      responses: {
        ...undone,
        410: "The operation was done more than 30 days ago, or the answer to this `Idempotency-Key` is gone."
      }
    })),
    HttpApiEndpoint.post(
      "undoLatest",
      "/undo",
      write({
        ...undoing,
        error: [NothingToUndo, ChangedSince, Gone]
      })
    ).annotateMerge(operation({
      id: "undoLatest",
      scope: "tasks:write",
      summary: "Undo the latest operation",
      description:
        "Undoes the latest operation of the same session or token that is neither an undo nor undone; sent again, the one before it.",
      responses: undone
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(OpenApi.annotations({ title: "Operations", description: "What was written, and its undoing." }))
{}
