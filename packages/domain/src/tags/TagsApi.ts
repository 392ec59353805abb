import { HttpApiEndpoint, HttpApiGroup, HttpApiSchema, OpenApi } from "effect/http-api"
import { Authorization } from "../auth/Authorization.ts"
import { Gone } from "../entity/EntityProblems.ts"
import { EntityTag } from "../http/EntityTag.ts"
import { write } from "../http/Idempotency.ts"
import { LimitReached } from "../http/LimitReached.ts"
import { tagged } from "../http/ListTag.ts"
import { operation } from "../http/openapi/Operation.ts"
import { writePreconditions } from "../http/Preconditions.ts"
import { NameTaken } from "../http/ReferenceProblems.ts"
import { RequestContract } from "../http/RequestContract.ts"
import { operationId } from "../operations/OperationId.ts"
import { Tag, TagPatch } from "./Tag.ts"
import { TagParameter } from "./TagName.ts"
import { TagPage, TagQuery } from "./TagPage.ts"
import { TagChanged, TagNotFound } from "./TagProblems.ts"

const params = { name: TagParameter }

/** The operations on the user's own tags, which tasks make by using them. */
export class TagsApi extends HttpApiGroup.make("tags")
  .add(
    HttpApiEndpoint.get("list", "/tags", { query: TagQuery, ...tagged(TagPage) }).annotateMerge(operation({
      id: "listTags",
      scope: "tasks:read",
      summary: "List tags",
      description:
        "A page of the user's tags, by name, with how many tasks have each. For the next page, send `nextCursor` as `cursor`.",
      responses: { 200: "A page of tags.", 304: "The list is still as `If-None-Match` says." }
    })),
    HttpApiEndpoint.patch(
      "update",
      "/tags/:name",
      write({
        params,
        headers: writePreconditions,
        payload: [TagPatch.pipe(HttpApiSchema.asJson({ contentType: "application/merge-patch+json" })), TagPatch],
        success: HttpApiSchema.WithHeaders(Tag, { etag: EntityTag, ...operationId }),
        error: [TagNotFound, TagChanged, NameTaken, LimitReached, Gone]
      })
    ).annotateMerge(operation({
      id: "updateTag",
      scope: "tasks:write",
      summary: "Change a tag",
      description:
        "Renames a tag on every task that has it, also in the trash, as one operation; onto one that there is only with `merge: true`.",
      responses: {
        200: "The tag as it is now; after a merge, the other.",
        409:
          "There is a tag of the new name, or more than 10,000 tasks have this one, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    })),
    HttpApiEndpoint.delete(
      "remove",
      "/tags/:name",
      write({
        params,
        headers: writePreconditions,
        success: HttpApiSchema.WithHeaders(HttpApiSchema.NoContent, operationId),
        error: [TagNotFound, TagChanged, LimitReached]
      })
    ).annotateMerge(operation({
      id: "deleteTag",
      scope: "tasks:write",
      summary: "Delete a tag",
      description: "Takes a tag off every task that has it, as one operation. Undo brings it back.",
      responses: {
        204: "There is no such tag any more.",
        409:
          "More than 10,000 tasks have it, or a request with this `Idempotency-Key` is being answered at this moment."
      }
    }))
  )
  .middleware(RequestContract)
  .middleware(Authorization)
  .prefix("/api/v1")
  .annotateMerge(
    OpenApi.annotations({ title: "Tags", description: "Words that the signed-in user's tasks have in common." })
  )
{}
