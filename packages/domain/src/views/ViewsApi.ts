import { Schema } from "effect"
import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { Gone, IdTaken } from "../entity/EntityProblems.ts"
import { maxMoveBytes } from "../entity/Moves.ts"
import { InvalidFilter } from "../filter/FilterProblems.ts"
import { EntityTag } from "../http/EntityTag.ts"
import { write } from "../http/Idempotency.ts"
import { LimitReached } from "../http/LimitReached.ts"
import { tagged } from "../http/ListTag.ts"
import { operation } from "../http/openapi/Operation.ts"
import { readPreconditions, writePreconditions } from "../http/Preconditions.ts"
import { NameTaken, ReferenceNotFound } from "../http/ReferenceProblems.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { operationId } from "../operations/OperationId.ts"
import { NewView, View, ViewId, ViewPatch } from "./View.ts"
import { MovedViews, ViewMove } from "./ViewMove.ts"
import { ViewPage, ViewQuery } from "./ViewPage.ts"
import { ViewChanged, ViewNotFound } from "./ViewProblems.ts"

const params = { id: ViewId }

/** A filter of 2,000 characters, as JSON may escape them. */
const maxViewBytes = 32 * 1024

const location = Schema.String.annotate({
  description: "The path of the view.",
  examples: ["/api/v1/views/0198c0de-7a5c-7000-8000-0000000000d1"]
})

/** The lists that the user keeps by name. Another user's view does not exist here. */
export class ViewsApi extends HttpApiGroup.make("views")
  .add(
    HttpApiEndpoint.post(
      "create",
      "/views",
      write({
        payload: NewView,
        success: [
          HttpApiSchema.WithHeaders(View.pipe(HttpApiSchema.status(201)), {
            location,
            etag: EntityTag,
            ...operationId
          }),
          HttpApiSchema.WithHeaders(View, { location, etag: EntityTag })
        ],
        error: [InvalidFilter, LimitReached, IdTaken, NameTaken, Gone]
      })
    ).annotateMerge(operation({
      id: "createView",
      scope: "tasks:write",
      bodyLimit: maxViewBytes,
      summary: "Add a view",
      description:
        "Keeps a list by a name: `GET /api/v1/tasks?view=<id>` lists it. With an `id` of the client's own, the same request again answers the view as it is now.",
      responses: {
        200: "The view that an earlier request with this `id` made.",
        201: "The new view.",
        409:
          "Another view is called so, or there are as many as there may be, or the `id` is another's, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.get("list", "/views", { query: ViewQuery, ...tagged(ViewPage) }).annotateMerge(operation({
      id: "listViews",
      scope: "tasks:read",
      summary: "List views",
      description: "A page of the user's views, in their order. For the next page, send `nextCursor` as `cursor`.",
      responses: { 200: "A page of views.", 304: "The list is still as `If-None-Match` says." }
    })),
    HttpApiEndpoint.get("get", "/views/:id", {
      params,
      headers: readPreconditions,
      success: [
        HttpApiSchema.WithHeaders(View, { etag: EntityTag }),
        HttpApiSchema.Empty(304).annotate({ description: "The view is still as `If-None-Match` says." })
      ],
      error: [ViewNotFound, ViewChanged]
    }).annotateMerge(operation({
      id: "getView",
      scope: "tasks:read",
      summary: "Get a view",
      description: "One view, with its version as `ETag`.",
      responses: { 200: "The view.", 304: "The view is still as `If-None-Match` says." }
    })),
    HttpApiEndpoint.patch(
      "update",
      "/views/:id",
      write({
        params,
        headers: writePreconditions,
        payload: [
          ViewPatch.pipe(HttpApiSchema.asJson({ contentType: "application/merge-patch+json" })),
          ViewPatch
        ],
        success: HttpApiSchema.WithHeaders(View, { etag: EntityTag, ...operationId }),
        error: [InvalidFilter, ViewNotFound, ViewChanged, NameTaken, Gone]
      })
    ).annotateMerge(operation({
      id: "updateView",
      scope: "tasks:write",
      bodyLimit: maxViewBytes,
      summary: "Change a view",
      description: "Applies a merge-patch (RFC 7396).",
      responses: {
        200: "The view as it is now.",
        409: "Another view is called so, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.post(
      "move",
      "/views/move",
      write({
        payload: ViewMove,
        success: HttpApiSchema.WithHeaders(MovedViews, operationId),
        error: [ReferenceNotFound, LimitReached]
      })
    ).annotateMerge(operation({
      id: "moveViews",
      scope: "tasks:write",
      bodyLimit: maxMoveBytes,
      summary: "Move views",
      description:
        "Puts views right before or after another, or at an end, in the order of `ids`, as one operation. Others keep their versions.",
      responses: {
        200: "Where the views stand now.",
        409: "A request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.delete(
      "remove",
      "/views/:id",
      write({
        params,
        headers: writePreconditions,
        success: HttpApiSchema.WithHeaders(HttpApiSchema.NoContent, operationId),
        error: [ViewNotFound, ViewChanged, Gone]
      })
    ).annotateMerge(operation({
      id: "deleteView",
      scope: "tasks:write",
      summary: "Delete a view",
      description:
        "Deletes a view, and none of the tasks that it lists. There is no trash of views: undo brings it back.",
      responses: { 204: "The view is gone." }
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(
    OpenApi.annotations({ title: "Views", description: "The lists that the signed-in user keeps by name." })
  )
{}
